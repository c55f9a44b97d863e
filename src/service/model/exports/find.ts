import type { Catalogue } from '../../../platform/catalogue/port.ts';
import type { Caller } from '../../calls/caller.ts';
import { requireId, requireOwned } from '../../calls/owned.ts';
import { type ExportRow, exportEntity } from './rows.ts';

export async function findExport(catalogue: Catalogue, caller: Caller, id: string): Promise<ExportRow> {
  requireId('x', 'Export', id);
  const row = await catalogue.get(exportEntity, { accountId: caller.accountId, id });
  return requireOwned(caller, 'Export', id, row);
}
