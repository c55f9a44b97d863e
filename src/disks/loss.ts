import type { RowLoader } from '../calls/row-loader.ts';
import { visibleAncestor } from '../chains/ancestry.ts';
import { BLOCK_BYTES, EMPTY, type Root } from '../engine/block.ts';
import type { NodeRow } from '../engine/rows.ts';
import type { RollbackLoss } from '../generated/schema.ts';
import type { Service } from '../regions/service.ts';
import { snapshotEntity } from '../snapshots/rows.ts';
import type { DiskRow } from './rows.ts';

const RANGES_A_PAGE = 1024;
const MAX_PAGES = 8; // a figure for people, to be had in well under a second

/** What a rollback throws away: how the head differs from the snapshot below it (4.9). */
export async function measureLoss(
  service: Service,
  rows: RowLoader,
  disk: DiskRow,
  head: NodeRow,
): Promise<RollbackLoss> {
  const below = await visibleAncestor(rows, head);
  const since = await lossSince(rows, disk, below);
  const at = { domainId: head.domainId, regionId: head.regionId, root: head.root as Root };
  const from = (below?.root ?? EMPTY) as Root;
  let blocks = 0;
  let start: number | undefined = 0;
  for (let page = 0; page < MAX_PAGES && start !== undefined; page++) {
    const changes = await service.contents.changes(at, from, start, RANGES_A_PAGE);
    blocks += changes.ranges.reduce((sum, { count }) => sum + count, 0);
    start = changes.next;
  }
  return { since, changedBytes: blocks * BLOCK_BYTES, complete: start === undefined };
}

async function lossSince(rows: RowLoader, disk: DiskRow, below: NodeRow | undefined): Promise<string> {
  const isOwn = below !== undefined && below.chainId === disk.id;
  const snapshot = isOwn ? await rows.load(snapshotEntity, { accountId: disk.accountId, id: below.id }) : undefined;
  const instants = [disk.createdAt, disk.rolledBackAt, snapshot?.createdAt].filter((instant) => instant !== undefined);
  return instants.reduce((latest, instant) => (instant > latest ? instant : latest));
}
