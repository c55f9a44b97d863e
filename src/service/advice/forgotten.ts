import type { PurposeAdvice } from '../../generated/schema.ts';
import { mapBounded } from '../../platform/bounded.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { idsFrom } from '../../platform/ids.ts';
import type { Caller } from '../calls/caller.ts';
import { type Connection, listPage } from '../calls/page.ts';
import { costOf } from '../model/advice/price.ts';
import { purposeOf, SHORTEST_KEEP_DAYS } from '../model/advice/purposes.ts';
import { diskEntity } from '../model/disks/rows.ts';
import { pageOfPart } from '../model/listed/part.ts';
import { SNAPSHOT_LISTS } from '../model/listed/snapshot-lists.ts';
import { areListsWhole } from '../model/listed/whole.ts';
import { readSnapshots } from '../model/snapshots/find.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import { usageOf } from '../model/snapshots/rules.ts';
import { freedBytesWith } from '../model/trash/freed.ts';
import type { Service } from '../service.ts';
import { type AdviceList, type Freed, MOST_PREVIEWS, mapNodes, parse } from './lists.ts';
import { newestSnapshotId } from './newest.ts';

const DAY_MS = 86_400_000;
const IN_FLIGHT = 8;

export interface ForgottenSnapshot extends Freed {
  readonly snapshot: SnapshotRow;
  readonly purpose: PurposeAdvice;
  readonly ageDays: number;
}

export interface ForgottenPage extends Connection<ForgottenSnapshot> {
  readonly freedTogetherBytes: number | null;
  readonly freedTogetherCost: number | null;
}

/**
 * Rule 8.3. What the rows of snapshots say decides which are on a page; what their disks say can
 * make it shorter.
 */
export async function listForgotten(service: Service, caller: Caller, args: AdviceList): Promise<ForgottenPage> {
  const { price, region } = await parse(service, caller, args, MOST_PREVIEWS);
  const { catalogue, tree, clock } = service;
  const { accountId } = caller;
  const now = clock.now();
  const page = await pageOfEndless(catalogue, { accountId, region }, now - SHORTEST_KEEP_DAYS * DAY_MS, args);
  const found = await mapBounded(page.nodes, IN_FLIGHT, (snapshot) => judge(catalogue, snapshot, now));
  const edges = page.edges.flatMap(({ cursor }, at) => {
    const node = found[at];
    return node === undefined ? [] : [{ cursor, node }];
  });
  const rest = { edges, nodes: edges.map(({ node }) => node), pageInfo: page.pageInfo };
  const told = await mapNodes(rest, async (one) => {
    const freedBytes = await freedBytesWith(tree, accountId, [one.snapshot.id]);
    return { ...one, freedBytes, freedCost: costOf(freedBytes, price) };
  });
  const ids = told.nodes.map(({ snapshot }) => snapshot.id);
  const together = await freedBytesWith(tree, accountId, ids);
  return { ...told, freedTogetherBytes: together, freedTogetherCost: costOf(together, price) };
}

/**
 * Those without an end, oldest first. By the list of them, whose ids grow with time; by all
 * snapshots while that list is still being made.
 */
async function pageOfEndless(
  catalogue: Catalogue,
  place: { readonly accountId: string; readonly region: string },
  youngestMs: number,
  args: AdviceList,
): Promise<Connection<SnapshotRow>> {
  const youngest = isoTime(youngestMs);
  const isYoung = ({ createdAt }: SnapshotRow) => createdAt >= youngest;
  const matches = (row: SnapshotRow) => isLeftAlone(row) && !isYoung(row);
  if (!(await areListsWhole(catalogue))) {
    const sort = ['createdAt', 'id'] as const;
    const query = { entity: snapshotEntity, index: 'byCreation' as const, partition: place, sort };
    return listPage(catalogue, { ...query, beyond: isYoung, matches }, args);
  }
  const part = { list: SNAPSHOT_LISTS.ENDLESS };
  const wanted = { place, part, read: readSnapshots(catalogue), descending: false, matches };
  const end = idsFrom('s', youngestMs);
  return pageOfPart(catalogue, { ...wanted, beyond: ({ id }) => id >= end }, args);
}

/** Nobody gave it an end or pinned it, and nothing was made of it. */
function isLeftAlone(snapshot: SnapshotRow): boolean {
  const { status, expiresAt, pinnedAt } = snapshot;
  const isEndless = status === 'ACCOMPLISHED' && expiresAt === undefined && pinnedAt === undefined;
  return isEndless && usageOf(snapshot) === 'NONE';
}

/** Undefined for one that is still of use. */
async function judge(catalogue: Catalogue, snapshot: SnapshotRow, now: number) {
  const { accountId, id, diskId, diskKind, tags, createdAt } = snapshot;
  const disk = await catalogue.get(diskEntity, { accountId, id: diskId });
  const purpose = purposeOf(diskKind, tags, disk?.tags);
  const ageDays = Math.floor((now - Date.parse(createdAt)) / DAY_MS);
  if (ageDays < purpose.keepDays) return undefined;
  // The only way back that a disk has.
  if (disk !== undefined && (await newestSnapshotId(catalogue, { accountId, chainId: diskId })) === id)
    return undefined;
  return { snapshot, purpose, ageDays };
}
