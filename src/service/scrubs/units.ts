import { createHash } from 'node:crypto';
import { EMPTY, type ObjectId, type Root } from '../../engine/blocks/block.ts';
import type { AccountNodes } from '../../engine/books/account-nodes.ts';
import type { NodeRow } from '../../engine/books/rows.ts';
import type { ScrubRow } from '../model/scrubs/rows.ts';

/** One version's part of what a scrub reads: what `node` has and `base` has not. */
export interface Unit {
  readonly key: string;
  readonly node: NodeRow;
  readonly base: Root;
}

export const keyOf = ({ chainId, id }: Pick<NodeRow, 'chainId' | 'id'>): string => `${chainId}/${id}`;

/** What is left out leaves nothing out. */
interface Wanted extends Pick<ScrubRow, 'targetId' | 'chainId'> {
  readonly domainIds?: ReadonlySet<string> | undefined;
}

/**
 * What a scrub reads, in order. Within a chain each version is read against its parent; the first
 * of a chain, and a single target, whole, so that a chain that was read needs nothing of another
 * one that was not.
 */
export function unitsOf({ targetId, chainId, domainIds }: Wanted, { nodes }: Pick<AccountNodes, 'nodes'>): Unit[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const mine = nodes.filter(
    (node) =>
      (targetId === undefined || node.id === targetId) &&
      (chainId === undefined || node.chainId === chainId) &&
      (domainIds === undefined || domainIds.has(node.domainId)),
  );
  return mine.map((node) => {
    const parent = node.parentId === undefined ? undefined : byId.get(node.parentId);
    const within = targetId === undefined && parent?.chainId === node.chainId;
    return { key: keyOf(node), node, base: within ? (node.parentRoot as Root) : EMPTY };
  });
}

/**
 * Which blocks a sample has: about so many of a hundred, others with each `seed`. Ids are evenly
 * spread already.
 */
export function sampleOf(percent: number, seed: string): (id: ObjectId) => boolean {
  if (percent >= 100) return () => true;
  const mask = createHash('sha256').update(seed).digest().readUInt32BE(0);
  const below = (percent / 100) * 2 ** 32;
  return (id) => (Number.parseInt(id.slice(0, 8), 16) ^ mask) >>> 0 < below;
}
