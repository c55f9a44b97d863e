import type { ImageExportFilter } from '../../generated/schema.ts';
import type { Caller } from '../calls/caller.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { type ExportRow, exportEntity } from '../model/exports/rows.ts';
import type { Service } from '../service.ts';

interface ExportList extends PageArgs {
  readonly region?: string | null | undefined;
  readonly filter?: ImageExportFilter | null | undefined;
}

export function listExports(service: Service, caller: Caller, args: ExportList): Promise<Connection<ExportRow>> {
  const region = chooseRegion(service.regions, caller, args.region);
  const { imageId, status } = args.filter ?? {};
  const matches = (row: ExportRow): boolean =>
    (imageId == null || imageId === row.imageId) && (status == null || status.includes(row.status));
  const partition = { accountId: caller.accountId, region };
  const sort = ['createdAt', 'id'] as const;
  const listing = { entity: exportEntity, index: 'byCreation' as const, partition, sort, descending: true, matches };
  return listPage(service.catalogue, listing, args);
}
