import type { Catalogue } from '../../../platform/catalogue/port.ts';
import type { Caller } from '../../calls/caller.ts';
import { requireId, requireOwned } from '../../calls/owned.ts';
import { type DiskRow, diskEntity } from './rows.ts';

export async function findDisk(catalogue: Catalogue, caller: Caller, id: string): Promise<DiskRow> {
  requireId('d', 'Disk', id);
  const row = await catalogue.get(diskEntity, { accountId: caller.accountId, id });
  return requireOwned(caller, 'Disk', id, row);
}

/** Rows in the order of the keys. */
export const readDisks =
  (catalogue: Catalogue) =>
  (keys: readonly { readonly accountId: string; readonly id: string }[]): Promise<(DiskRow | undefined)[]> =>
    catalogue.getMany(diskEntity, keys);
