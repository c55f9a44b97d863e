import type { InstanceFilter, InstanceOrder } from '../../generated/schema.ts';
import type { Caller } from '../calls/caller.ts';
import { parseNamedFilter, spanOf } from '../calls/filters.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { allDiskIds } from '../model/instances/find.ts';
import { type InstanceRow, instanceEntity } from '../model/instances/rows.ts';
import type { Service } from '../service.ts';

export interface InstanceList extends PageArgs {
  readonly region?: string | null | undefined;
  readonly filter?: InstanceFilter | null | undefined;
  readonly orderBy: InstanceOrder;
}

export function listInstances(service: Service, caller: Caller, args: InstanceList): Promise<Connection<InstanceRow>> {
  const region = chooseRegion(service.regions, caller, args.region);
  const filter = args.filter ?? {};
  const span = spanOf(args.orderBy, filter);
  const isNamed = parseNamedFilter(filter);
  const { status, kind, diskId } = filter;
  const matches = (row: InstanceRow): boolean =>
    isNamed(row) &&
    (status == null || status.includes(row.status)) &&
    (kind == null || kind === (row.kind ?? 'MACHINE')) &&
    (diskId == null || allDiskIds(row).includes(diskId));
  const partition = { accountId: caller.accountId, region };
  return listPage(service.catalogue, { ...span, entity: instanceEntity, partition, matches }, args);
}
