import { patch, type Write } from '../../platform/catalogue/port.ts';
import { VarveError } from '../../platform/errors.ts';
import { nodeKey, unchanged, visibleNode } from '../books/nodes.ts';
import { type NodeRow, nodeEntity } from '../books/rows.ts';
import type { HeadRef } from '../contract.ts';
import type { EngineDeps } from '../deps.ts';
import type { Decision } from './tree-transaction.ts';

/**
 * A head can have one writer of its own. Taking it, and taking it away, raises the number on the
 * head. Each change of the head's contents has the condition, in its own transaction, that the
 * number is still the writer's. So no clock is needed to keep out a writer that has slept:
 *
 *     A: hold → 7 ……… commit with 7: references taken … (sleeps) …………………………… switch: refused, as the head is at 8
 *     B:                                                     hold → 8 ……… commits with 8
 *
 * A head without a writer of its own takes commits without a number, as any number of clients may
 * send them.
 */
export async function decideHold(
  deps: EngineDeps,
  { accountId, headId }: HeadRef,
  also: (node: NodeRow) => readonly Write[],
): Promise<Decision<NodeRow>> {
  const head = await visibleNode(deps, accountId, headId, ['HEAD']);
  const set = { writerFence: nextFence(head), held: true };
  const value = { ...head, ...set };
  return { writes: [patch(nodeEntity, nodeKey(head), { set, when: unchanged(head) })], also: also(value), value };
}

export async function decideUnhold(
  deps: EngineDeps,
  { accountId, headId }: HeadRef,
  also: readonly Write[],
): Promise<Decision<NodeRow>> {
  const head = await visibleNode(deps, accountId, headId, ['HEAD']);
  const set = { writerFence: nextFence(head), held: false };
  return {
    writes: [patch(nodeEntity, nodeKey(head), { set, when: unchanged(head) })],
    also,
    value: { ...head, ...set },
  };
}

/**
 * What a change of the head by somebody else does to its writer: it has none any more. Nothing for
 * a head that never had one.
 */
export function withoutWriter(head: NodeRow): Pick<NodeRow, 'writerFence' | 'held'> {
  return head.writerFence === undefined ? {} : { writerFence: nextFence(head), held: false };
}

function nextFence({ writerFence = 0 }: NodeRow): number {
  return writerFence + 1;
}

/**
 * Refuses who is not the writer of a head that has one, and who no longer is. Drafts are their
 * owner's alone.
 */
export function requireWriter({ id, kind, held = false, writerFence }: NodeRow, fence: number | undefined): void {
  if (kind !== 'HEAD') return;
  if (fence === undefined && held) throw new VarveError('DiskLocked', `${id} has a writer of its own`, { diskId: id });
  if (fence === undefined || (held && fence === writerFence)) return;
  throw new VarveError('LeaseLost', `fence ${fence} is not that of the present writer of ${id}`, { diskId: id });
}
