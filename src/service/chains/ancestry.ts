import { isVisible } from '../../engine/books/nodes.ts';
import { type NodeRow, nodeEntity } from '../../engine/books/rows.ts';
import type { SnapshotType } from '../../generated/schema.ts';
import type { RowLoader } from '../calls/row-loader.ts';

/**
 * The nearest node above that users can see. Others in between are in the recycle bin, of which a
 * chain has no more than it may have nodes. Or they are hidden: deleted snapshots that several
 * still stand on, and bases of drafts. Each of those has at least two children, so there are fewer
 * of them than of visible nodes.
 */
export async function visibleAncestor(rows: RowLoader, node: NodeRow): Promise<NodeRow | undefined> {
  let above = await parentOf(rows, node);
  while (above !== undefined && !isVisible(above)) above = await parentOf(rows, above);
  return above;
}

/** Rule 4.5: full is the one under which no snapshot of the same disk is. */
export async function typeOfSnapshot(rows: RowLoader, node: NodeRow | undefined): Promise<SnapshotType> {
  if (node === undefined) return 'FULL';
  let above = await parentOf(rows, node);
  while (above?.kind === 'BASE') above = await parentOf(rows, above);
  return above?.chainId === node.chainId ? 'INCREMENTAL' : 'FULL';
}

export async function parentOf(rows: RowLoader, { accountId, parentId }: NodeRow): Promise<NodeRow | undefined> {
  return parentId === undefined ? undefined : rows.load(nodeEntity, { accountId, id: parentId });
}
