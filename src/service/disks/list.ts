import type { DiskFilter, DiskOrder } from '../../generated/schema.ts';
import { isoTime } from '../../platform/clock.ts';
import type { Caller } from '../calls/caller.ts';
import { parseNamedFilter, spanOf } from '../calls/filters.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { attachedTo, statusOf } from '../model/disks/rules.ts';
import type { Service } from '../service.ts';

export interface DiskList extends PageArgs {
  readonly region?: string | null | undefined;
  readonly filter?: DiskFilter | null | undefined;
  readonly orderBy: DiskOrder;
}

export function listDisks(service: Service, caller: Caller, args: DiskList): Promise<Connection<DiskRow>> {
  const region = chooseRegion(service.regions, caller, args.region);
  const filter = args.filter ?? {};
  const span = spanOf(args.orderBy, filter);
  const matches = matcher(filter, isoTime(service.clock.now()));
  const partition = { accountId: caller.accountId, region };
  return listPage(service.catalogue, { ...span, entity: diskEntity, partition, matches }, args);
}

function matcher(filter: DiskFilter, now: string): (disk: DiskRow) => boolean {
  const isNamed = parseNamedFilter(filter);
  const { status, kind, category, encrypted, originSnapshotId, instanceId, policyId } = filter;
  return (disk) =>
    isNamed(disk) &&
    (status == null || status.includes(statusOf(disk, now))) &&
    (kind == null || kind === disk.kind) &&
    (category == null || category.includes(disk.category)) &&
    (encrypted == null || encrypted === (disk.keyId !== undefined)) &&
    (originSnapshotId == null || originSnapshotId === disk.originSnapshotId) &&
    (policyId == null || policyId === disk.policyId) &&
    (instanceId == null || attachedTo(disk).includes(instanceId));
}
