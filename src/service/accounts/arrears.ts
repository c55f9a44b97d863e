import type { SettleAccountInput } from '../../generated/schema.ts';
import { absent, type Catalogue, equal, patch } from '../../platform/catalogue/port.ts';
import { type Clock, isoTime } from '../../platform/clock.ts';
import { invalid, notFound } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { DELETED_AFTER_MS, placeOf } from '../model/accounts/arrears.ts';
import { type AccountRow, accountEntity } from '../model/accounts/rows.ts';
import { getAccount } from './accounts.ts';

interface Deps {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
}

/**
 * The operator's word: an account is in arrears since now or an earlier instant. A repetition
 * leaves the first one standing.
 */
export async function markInArrears(deps: Deps, input: { readonly account?: unknown; readonly since?: unknown }) {
  const { account: id, since } = input;
  if (typeof id !== 'string') throw invalid('account', 'must be the id of an account');
  const arrearsSince = parseSince(since, deps.clock.now());
  const row = await deps.catalogue.get(accountEntity, { id });
  if (row === undefined) throw notFound('Account', id);
  const set = { id, arrearsSince, ...placeOf(id, isoTime(Date.parse(arrearsSince) + DELETED_AFTER_MS)) };
  await deps.catalogue.transact([patch(accountEntity, { id }, { set, when: [absent('arrearsSince')] })]);
  const marked = await deps.catalogue.get(accountEntity, { id });
  return { accountId: id, arrearsSince: marked?.arrearsSince ?? null };
}

/** The operator's word that an account has paid. */
export async function settleByOperator(deps: Deps, input: { readonly account?: unknown }) {
  const { account: id } = input;
  if (typeof id !== 'string') throw invalid('account', 'must be the id of an account');
  const row = await deps.catalogue.get(accountEntity, { id });
  if (row === undefined) throw notFound('Account', id);
  await settle(deps, row);
  return { accountId: id, arrearsSince: null };
}

/**
 * What an account pays for is named by its beginning, so that a late repetition does not settle
 * later arrears.
 */
export async function settleAccount(deps: Deps, caller: Caller, input: SettleAccountInput): Promise<AccountRow> {
  const account = await getAccount(deps.catalogue, caller);
  if (account.arrearsSince === undefined) return account;
  if (Date.parse(input.arrearsSince) !== Date.parse(account.arrearsSince)) {
    throw invalid('arrearsSince', `must be ${account.arrearsSince}, since when the account is in arrears`);
  }
  await settle(deps, account);
  return getAccount(deps.catalogue, caller);
}

async function settle({ catalogue }: Deps, { id, arrearsSince }: AccountRow): Promise<void> {
  if (arrearsSince === undefined) return;
  const change = {
    remove: ['arrearsSince', 'arrearsShard', 'arrearsCheckAt'] as const,
    when: [equal('arrearsSince', arrearsSince)],
  };
  await catalogue.transact([patch(accountEntity, { id }, change)]); // refused: settled by somebody else
}

function parseSince(since: unknown, nowMs: number): string {
  if (since === undefined) return isoTime(nowMs);
  const at = typeof since === 'string' ? Date.parse(since) : Number.NaN;
  if (!(at <= nowMs)) throw invalid('since', 'must be an instant that is not in the future');
  return isoTime(at);
}
