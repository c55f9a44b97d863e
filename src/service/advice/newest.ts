import { isVisible } from '../../engine/books/nodes.ts';
import { nodeEntity } from '../../engine/books/rows.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import type { ChainKey } from '../model/chains/members.ts';

/** The newest nodes are looked at first; few are heads, drafts, or deleted and still stood on. */
const PAGE = 8;

/** The id of the newest snapshot of a disk; ids grow with time. */
export async function newestSnapshotId(catalogue: Catalogue, partition: ChainKey): Promise<string | undefined> {
  const query = { index: 'byChain' as const, partition, descending: true, pageSize: PAGE };
  for await (const node of rowsOf(catalogue, nodeEntity, query)) {
    if (node.kind === 'SNAPSHOT' && isVisible(node)) return node.id;
  }
  return undefined;
}
