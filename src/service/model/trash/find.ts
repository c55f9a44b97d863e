import type { Catalogue } from '../../../platform/catalogue/port.ts';
import { notFound } from '../../../platform/errors.ts';
import type { Caller } from '../../calls/caller.ts';
import { idPrefix, requireOwned } from '../../calls/owned.ts';
import { type TrashRow, trashEntity } from './rows.ts';

const PREFIXES: ReadonlySet<string> = new Set(['s', 'd', 'm']);
const WHAT = 'Item of the recycle bin';

export async function findTrashed(catalogue: Catalogue, caller: Caller, id: string): Promise<TrashRow> {
  if (!PREFIXES.has(idPrefix(id) ?? '')) throw notFound(WHAT, id.slice(0, 64));
  const row = await catalogue.get(trashEntity, { accountId: caller.accountId, id });
  return requireOwned(caller, WHAT, id, row);
}
