import type { SnapshotFilter, SnapshotOrder } from '../../generated/schema.ts';
import { VarveError } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { isFilter, parseNamedFilter, spanOf } from '../calls/filters.ts';
import { idPrefix } from '../calls/owned.ts';
import { type Connection, listPage, type PageArgs, slicePage } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { chainMembers } from '../model/chains/members.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { pageOfPart } from '../model/listed/part.ts';
import { areListsWhole } from '../model/listed/whole.ts';
import { readSnapshots } from '../model/snapshots/find.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import { usageOf } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';
import { pageByEnd } from './list-by-end.ts';
import { pageOfInstance } from './list-of-instance.ts';
import { listForSnapshots } from './which-list.ts';

export interface SnapshotList extends PageArgs {
  readonly region?: string | null | undefined;
  readonly filter?: SnapshotFilter | null | undefined;
  readonly orderBy: SnapshotOrder;
}

/** docs/api.md has the table of what goes by which index. */
export async function listSnapshots(
  service: Service,
  caller: Caller,
  args: SnapshotList,
): Promise<Connection<SnapshotRow>> {
  const { catalogue } = service;
  const { orderBy } = args;
  const place = { accountId: caller.accountId, region: chooseRegion(service.regions, caller, args.region) };
  const filter = args.filter ?? {};
  const matches = matcher(filter);
  const descending = orderBy.direction === 'DESC';
  if (filter.instanceId != null) {
    requireCreationOrder(orderBy, 'instanceId');
    return pageOfInstance(catalogue, { ...place, instanceId: filter.instanceId }, { descending, matches }, args);
  }
  if (orderBy.field === 'EXPIRES_AT') {
    if (filter.diskId == null) return pageByEnd(catalogue, place, { descending, matches, filter }, args);
    return pageOfDisk(
      service,
      { ...place, diskId: filter.diskId },
      { sort: ['expiresAt', 'id'], descending, matches },
      args,
    );
  }
  const span = spanOf({ field: orderBy.field, direction: orderBy.direction }, filter);
  if (filter.diskId != null) {
    const { sort } = span;
    return pageOfDisk(service, { ...place, diskId: filter.diskId }, { sort, descending, matches }, args);
  }
  const sieve = { matches, refuseSparse: true };
  const part = span.index === 'byCreation' ? listForSnapshots(filter) : undefined;
  if (part !== undefined && (await areListsWhole(catalogue)))
    return pageOfPart(catalogue, { place, part, read: readSnapshots(catalogue), descending, ...sieve }, args);
  const selected = isFilter(filter) ? sieve : {};
  return listPage(catalogue, { ...span, ...selected, entity: snapshotEntity, partition: place }, args);
}

function requireCreationOrder({ field }: SnapshotOrder, filter: string): void {
  if (field === 'CREATED_AT') return;
  const message = `With ${filter} the order is CREATED_AT.`;
  throw new VarveError('NoIndexForFilter', message, { field: 'orderBy.field' });
}

interface OfDisk {
  readonly accountId: string;
  readonly region: string;
  readonly diskId: string;
}

interface InOrder {
  readonly sort: readonly (keyof SnapshotRow & string)[];
  readonly descending: boolean;
  readonly matches: (row: SnapshotRow) => boolean;
}

/** One disk's snapshots are few (1.4) and have an index of their own. */
async function pageOfDisk(
  service: Service,
  { accountId, region, diskId }: OfDisk,
  { sort, descending, matches }: InOrder,
  args: PageArgs,
): Promise<Connection<SnapshotRow>> {
  const all = idPrefix(diskId) === 'd' ? await snapshotsOfDisk(service, accountId, diskId) : [];
  const hasPlace = (row: SnapshotRow) => sort.every((attribute) => row[attribute] !== undefined);
  const rows = all.filter((row) => row.region === region && hasPlace(row) && matches(row));
  return slicePage(rows, sort, args, descending);
}

/**
 * With the one that is PROGRESSING, which has no node yet; one that is finished in this very moment
 * once.
 */
async function snapshotsOfDisk({ catalogue }: Service, accountId: string, diskId: string): Promise<SnapshotRow[]> {
  const chain = await catalogue.get(chainEntity, { accountId, id: diskId });
  const inProgress =
    chain?.inProgressId && (await catalogue.get(snapshotEntity, { accountId, id: chain.inProgressId }));
  const members = await chainMembers(catalogue, { accountId, chainId: diskId });
  const rows = members.map(({ snapshot }) => snapshot);
  return inProgress && !rows.some(({ id }) => id === inProgress.id) ? [...rows, inProgress] : rows;
}

function matcher(filter: SnapshotFilter): (snapshot: SnapshotRow) => boolean {
  const isNamed = parseNamedFilter(filter);
  const { status, kind, diskId, usage, encrypted, expiresFrom, expiresBefore } = filter;
  return (snapshot) =>
    isNamed(snapshot) &&
    (status == null || status.includes(snapshot.status)) &&
    (kind == null || kind === snapshot.kind) &&
    (diskId == null || diskId === snapshot.diskId) &&
    (usage == null || usage.includes(usageOf(snapshot))) &&
    (encrypted == null || encrypted === (snapshot.keyId !== undefined)) &&
    (expiresFrom == null || (snapshot.expiresAt ?? '') >= expiresFrom) &&
    (expiresBefore == null || (snapshot.expiresAt !== undefined && snapshot.expiresAt < expiresBefore));
}
