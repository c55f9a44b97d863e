import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import { isMeasured } from '../../engine/books/nodes.ts';
import type { NodeRow } from '../../engine/books/rows.ts';
import type { ChainCapacity, ContentSizes } from '../../generated/schema.ts';
import type { RowLoader } from '../calls/row-loader.ts';
import { parentOf } from './ancestry.ts';

/**
 * Null as long as the engine has not measured the node against the version before; also of a disk
 * that was written to beside an open draft, whose base stands between the two.
 */
export async function sizesOf(rows: RowLoader, node: NodeRow | undefined): Promise<ContentSizes | null> {
  if (node === undefined || !isMeasured(node)) return null;
  const own = await ownOf(rows, node);
  if (own === undefined) return null;
  return {
    ownBytes: own.ownBlocks * BLOCK_BYTES,
    ownStoredBytes: own.ownBytes,
    totalBytes: node.totalBlocks * BLOCK_BYTES,
    totalStoredBytes: node.totalBytes,
    sharedBytes: (node.totalBlocks - own.ownBlocks) * BLOCK_BYTES,
  };
}

/**
 * The base of a draft is no version of its own: what differs from the one before it belongs to
 * those below that are like it.
 */
async function ownOf(rows: RowLoader, node: NodeRow): Promise<NodeRow | undefined> {
  const above = await parentOf(rows, node);
  if (above?.kind !== 'BASE') return node;
  return node.root === above.root && isMeasured(above) ? ownOf(rows, above) : undefined;
}

/** Of a chain's snapshots, with the bases of drafts that they stand on. */
export function capacityOf(nodes: readonly NodeRow[]): ChainCapacity | null {
  if (!nodes.every(isMeasured)) return null;
  return {
    logicalBytes: nodes.reduce((sum, node) => sum + node.ownBlocks, 0) * BLOCK_BYTES,
    storedBytes: nodes.reduce((sum, node) => sum + node.ownBytes, 0),
  };
}
