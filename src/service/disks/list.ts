import type { DiskFilter, DiskOrder } from '../../generated/schema.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import type { Caller } from '../calls/caller.ts';
import { isFilter, parseNamedFilter, spanOf } from '../calls/filters.ts';
import { idPrefix } from '../calls/owned.ts';
import { type Connection, listPage, listThrough, type PageArgs, slicePage } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { readDisks } from '../model/disks/find.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { attachedTo, statusOf } from '../model/disks/rules.ts';
import { allDiskIds } from '../model/instances/find.ts';
import { instanceEntity } from '../model/instances/rows.ts';
import { DISK_LISTS, isBare } from '../model/listed/disk-lists.ts';
import { listOfTags, type Part, pageOfPart } from '../model/listed/part.ts';
import { areListsWhole } from '../model/listed/whole.ts';
import { coverEntity } from '../model/policies/rows.ts';
import type { Service } from '../service.ts';

export interface DiskList extends PageArgs {
  readonly region?: string | null | undefined;
  readonly filter?: DiskFilter | null | undefined;
  readonly orderBy: DiskOrder;
}

/** docs/api.md has the table of what goes by which index. */
export async function listDisks(service: Service, caller: Caller, args: DiskList): Promise<Connection<DiskRow>> {
  const { catalogue } = service;
  const region = chooseRegion(service.regions, caller, args.region);
  const filter = args.filter ?? {};
  const { accountId } = caller;
  const place = { accountId, region };
  const span = spanOf(args.orderBy, filter);
  const { descending, sort } = span;
  const isWanted = matcher(filter, isoTime(service.clock.now()));
  const matches = (disk: DiskRow) => disk.region === region && isWanted(disk);
  if (filter.instanceId != null) {
    const rows = await disksOf(catalogue, accountId, filter.instanceId);
    return slicePage(rows.filter(matches), sort, args, descending);
  }
  if (filter.policyId != null && span.index === 'byCreation')
    return pageOfPolicy(catalogue, { accountId, policyId: filter.policyId }, { descending, matches }, args);
  const sieve = { matches, refuseSparse: true };
  const part = span.index === 'byCreation' ? listFor(filter) : undefined;
  if (part !== undefined && (await areListsWhole(catalogue)))
    return pageOfPart(catalogue, { place, part, read: readDisks(catalogue), descending, ...sieve }, args);
  const selected = isFilter(filter) ? sieve : {};
  return listPage(catalogue, { ...span, ...selected, entity: diskEntity, partition: place }, args);
}

function listFor({ withoutPolicy, tags }: DiskFilter): Part | undefined {
  return listOfTags('disk', tags) ?? (withoutPolicy === true ? { list: DISK_LISTS.BARE } : undefined);
}

/** There are 65 at most. */
async function disksOf(catalogue: Catalogue, accountId: string, id: string): Promise<DiskRow[]> {
  const instance = idPrefix(id) === 'i' ? await catalogue.get(instanceEntity, { accountId, id }) : undefined;
  if (instance === undefined) return [];
  const keys = allDiskIds(instance).map((diskId) => ({ accountId, id: diskId }));
  return (await readDisks(catalogue)(keys)).filter((row) => row !== undefined);
}

interface Wanted {
  readonly descending: boolean;
  readonly matches: (disk: DiskRow) => boolean;
}

function pageOfPolicy(
  catalogue: Catalogue,
  { accountId, policyId }: { readonly accountId: string; readonly policyId: string },
  wanted: Wanted,
  args: PageArgs,
): Promise<Connection<DiskRow>> {
  // No policy has such an id, and a store takes only so long a key.
  const partition = { accountId, policyId: idPrefix(policyId) === 'sp' ? policyId : '-' };
  return listThrough(
    catalogue,
    { entity: coverEntity, partition, sort: ['diskId'], refuseSparse: true, ...wanted },
    args,
    (rows) => readDisks(catalogue)(rows.map(({ diskId: id }) => ({ accountId, id }))),
  );
}

function matcher(filter: DiskFilter, now: string): (disk: DiskRow) => boolean {
  const isNamed = parseNamedFilter(filter);
  const { status, kind, category, encrypted, originSnapshotId, instanceId, policyId, withoutPolicy } = filter;
  return (disk) =>
    isNamed(disk) &&
    (status == null || status.includes(statusOf(disk, now))) &&
    (kind == null || kind === disk.kind) &&
    (category == null || category.includes(disk.category)) &&
    (encrypted == null || encrypted === (disk.keyId !== undefined)) &&
    (originSnapshotId == null || originSnapshotId === disk.originSnapshotId) &&
    (policyId == null || policyId === disk.policyId) &&
    (withoutPolicy == null || withoutPolicy === isBare(disk)) &&
    (instanceId == null || attachedTo(disk).includes(instanceId));
}
