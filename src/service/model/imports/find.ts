import type { Catalogue } from '../../../platform/catalogue/port.ts';
import type { Caller } from '../../calls/caller.ts';
import { requireId, requireOwned } from '../../calls/owned.ts';
import { type ImportRow, importEntity } from './rows.ts';

export async function findImport(catalogue: Catalogue, caller: Caller, id: string): Promise<ImportRow> {
  requireId('im', 'Import', id);
  const row = await catalogue.get(importEntity, { accountId: caller.accountId, id });
  return requireOwned(caller, 'Import', id, row);
}
