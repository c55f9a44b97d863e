import type { ImageImportFilter } from '../../generated/schema.ts';
import type { Caller } from '../calls/caller.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { type ImportRow, importEntity } from '../model/imports/rows.ts';
import type { Service } from '../service.ts';

interface ImportList extends PageArgs {
  readonly region?: string | null | undefined;
  readonly filter?: ImageImportFilter | null | undefined;
}

export function listImports(service: Service, caller: Caller, args: ImportList): Promise<Connection<ImportRow>> {
  const region = chooseRegion(service.regions, caller, args.region);
  const { status } = args.filter ?? {};
  const matches = (row: ImportRow): boolean => status == null || status.includes(row.status);
  const partition = { accountId: caller.accountId, region };
  const sort = ['createdAt', 'id'] as const;
  const listing = { entity: importEntity, index: 'byCreation' as const, partition, sort, descending: true, matches };
  return listPage(service.catalogue, listing, args);
}
