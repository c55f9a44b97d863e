import { patch } from '../../platform/catalogue/port.ts';
import { VarveError } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { parseWhole } from '../calls/numbers.ts';
import { type AccountRow, accountEntity } from '../model/accounts/rows.ts';
import { TRASH_HOURS } from '../model/accounts/trash-hours.ts';
import type { Service } from '../service.ts';
import { getAccount } from './accounts.ts';
import { accountSubject } from './manifest-subject.ts';

/** Rule 10.1: of what is deleted from now on. What was deleted before keeps its time. */
export async function setTrashRetention(service: Service, caller: Caller, hours: number): Promise<AccountRow> {
  const trashHours = parseWhole('hours', hours, TRASH_HOURS);
  if (caller.regions !== undefined) {
    const message = 'The time is the whole account’s, and this credential is limited to regions.';
    throw new VarveError('Forbidden', message);
  }
  const { catalogue, tree, regions } = service;
  const { accountId: id } = caller;
  await catalogue.transact([
    patch(accountEntity, { id }, { set: { trashHours } }),
    tree.noted(accountSubject(regions, id)),
  ]);
  return getAccount(catalogue, caller);
}
