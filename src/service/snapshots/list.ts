import type { SnapshotFilter, SnapshotOrder } from '../../generated/schema.ts';
import type { Caller } from '../calls/caller.ts';
import { parseNamedFilter, spanOf } from '../calls/filters.ts';
import { idPrefix } from '../calls/owned.ts';
import { type Connection, listPage, type PageArgs, slicePage } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { chainMembers } from '../model/chains/members.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import { usageOf } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';

export interface SnapshotList extends PageArgs {
  readonly region?: string | null | undefined;
  readonly filter?: SnapshotFilter | null | undefined;
  readonly orderBy: SnapshotOrder;
}

export async function listSnapshots(
  service: Service,
  caller: Caller,
  args: SnapshotList,
): Promise<Connection<SnapshotRow>> {
  const region = chooseRegion(service.regions, caller, args.region);
  const filter = args.filter ?? {};
  const span = spanOf(args.orderBy, filter);
  const matches = matcher(filter);
  const { accountId } = caller;
  if (filter.diskId == null) {
    return listPage(
      service.catalogue,
      { ...span, entity: snapshotEntity, partition: { accountId, region }, matches },
      args,
    );
  }
  // One disk's snapshots are few (1.4) and have an index of their own.
  const all = idPrefix(filter.diskId) === 'd' ? await snapshotsOfDisk(service, accountId, filter.diskId) : [];
  const rows = all.filter((row) => row.region === region && matches(row));
  return slicePage(rows, span.sort, args, span.descending);
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
  const { status, kind, diskId, usage, encrypted } = filter;
  return (snapshot) =>
    isNamed(snapshot) &&
    (status == null || status.includes(snapshot.status)) &&
    (kind == null || kind === snapshot.kind) &&
    (diskId == null || diskId === snapshot.diskId) &&
    (usage == null || usage.includes(usageOf(snapshot))) &&
    (encrypted == null || encrypted === (snapshot.keyId !== undefined));
}
