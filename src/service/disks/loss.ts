import { BLOCK_BYTES, EMPTY, type Root } from '../../engine/blocks/block.ts';
import type { NodeRow } from '../../engine/books/rows.ts';
import type { Contents } from '../../engine/contract.ts';
import type { RollbackLoss } from '../../generated/schema.ts';
import type { RowLoader } from '../calls/row-loader.ts';
import { visibleAncestor } from '../chains/ancestry.ts';
import type { Lost } from '../model/disks/rollback-result.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import { snapshotEntity } from '../model/snapshots/rows.ts';

const RANGES_A_PAGE = 1024;
const MAX_PAGES = 8; // a figure for people, to be had in well under a second

export async function findLoss(rows: RowLoader, disk: DiskRow, head: NodeRow): Promise<Lost> {
  const below = await visibleAncestor(rows, head);
  const { domainId, regionId, root } = head;
  return { domainId, regionId, root, kept: below?.root ?? EMPTY, since: await lossSince(rows, disk, below) };
}

/** Counted only for those who ask: it costs what the loss is large. */
export async function measureLoss(contents: Contents, { since, kept, ...at }: Lost): Promise<RollbackLoss> {
  let blocks = 0;
  let start: number | undefined = 0;
  for (let page = 0; page < MAX_PAGES && start !== undefined; page++) {
    const changes = await contents.changes({ ...at, root: at.root as Root }, kept as Root, start, RANGES_A_PAGE);
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
