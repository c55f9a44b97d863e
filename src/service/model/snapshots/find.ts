import type { Catalogue } from '../../../platform/catalogue/port.ts';
import type { Caller } from '../../calls/caller.ts';
import { requireId, requireOwned } from '../../calls/owned.ts';
import { type SnapshotRow, snapshotEntity } from './rows.ts';

export async function findSnapshot(catalogue: Catalogue, caller: Caller, id: string): Promise<SnapshotRow> {
  requireId('s', 'Snapshot', id);
  const row = await catalogue.get(snapshotEntity, { accountId: caller.accountId, id });
  return requireOwned(caller, 'Snapshot', id, row);
}

/** Rows in the order of the keys. */
export const readSnapshots =
  (catalogue: Catalogue) =>
  (keys: readonly { readonly accountId: string; readonly id: string }[]): Promise<(SnapshotRow | undefined)[]> =>
    catalogue.getMany(snapshotEntity, keys);
