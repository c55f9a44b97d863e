import type { Catalogue } from '../../platform/catalogue/port.ts';
import { impossible } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { type AccountRow, accountEntity } from '../model/accounts/rows.ts';

export async function getAccount(catalogue: Catalogue, caller: Caller): Promise<AccountRow> {
  const row = await catalogue.get(accountEntity, { id: caller.accountId });
  if (row === undefined) throw impossible(`account ${caller.accountId} has a key but no row`);
  return row;
}
