import type { Catalogue } from '../../../platform/catalogue/port.ts';
import type { Caller } from '../../calls/caller.ts';
import { requireId, requireOwned } from '../../calls/owned.ts';
import { type ImageRow, imageEntity, imageShareEntity } from './rows.ts';

/** An image of the caller's own. */
export async function findOwnImage(catalogue: Catalogue, caller: Caller, id: string): Promise<ImageRow> {
  requireId('m', 'Image', id);
  const row = await catalogue.get(imageEntity, { accountId: caller.accountId, id });
  return requireOwned(caller, 'Image', id, row);
}

/** An image that the caller may use: its own, or one that is shared with it at this moment. */
export async function findImage(catalogue: Catalogue, caller: Caller, id: string): Promise<ImageRow> {
  requireId('m', 'Image', id);
  const own = await catalogue.get(imageEntity, { accountId: caller.accountId, id });
  const row = own ?? (await findShared(catalogue, caller, id));
  return requireOwned(caller, 'Image', id, row);
}

async function findShared(catalogue: Catalogue, caller: Caller, imageId: string): Promise<ImageRow | undefined> {
  const share = await catalogue.get(imageShareEntity, { toAccountId: caller.accountId, imageId });
  if (share === undefined) return undefined;
  const row = await catalogue.get(imageEntity, { accountId: share.ownerAccountId, id: imageId });
  return row?.sharedWith.includes(caller.accountId) ? row : undefined;
}
