import type { Caller } from '../calls/caller.ts';
import type { AccountStatus, SettleAccountInput } from '../generated/schema.ts';
import { absent, type Catalogue, equal, patch } from '../platform/catalogue/port.ts';
import { type Clock, isoTime } from '../platform/clock.ts';
import { invalid, notFound, VarveError } from '../platform/errors.ts';
import { getAccount } from './accounts.ts';
import { type AccountRow, accountEntity } from './rows.ts';

/** Rule 1.3: the course of an account that does not pay, from the instant it is marked. */
const HOUR_MS = 3600_000;
export const STOPPED_AFTER_MS = 24 * HOUR_MS;
export const DELETED_AFTER_MS = 15 * 24 * HOUR_MS;

/** Spreads accounts in arrears over the index that the janitor reads. */
export const ARREARS_SHARDS = 8;

interface Deps {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
}

export function statusOfAccount({ arrearsSince }: AccountRow): AccountStatus {
  return arrearsSince === undefined ? 'NORMAL' : 'IN_ARREARS';
}

export async function isInArrears(catalogue: Catalogue, id: string): Promise<boolean> {
  return (await catalogue.get(accountEntity, { id }))?.arrearsSince !== undefined;
}

/** When the service stops, or has stopped, for an account in arrears. */
export function stopsAt({ arrearsSince }: AccountRow): string | null {
  return arrearsSince === undefined ? null : isoTime(Date.parse(arrearsSince) + STOPPED_AFTER_MS);
}

/** When its snapshots are deleted. */
export function deletesAt({ arrearsSince }: AccountRow): string | null {
  return arrearsSince === undefined ? null : isoTime(Date.parse(arrearsSince) + DELETED_AFTER_MS);
}

/** Throws `AccountInArrears` for an account that snapshots are no longer created for. */
export function requireAble(account: AccountRow, now: string): void {
  const { arrearsSince = null } = account;
  const stopped = stopsAt(account);
  if (stopped === null || now < stopped) return;
  const message = `Account ${account.id} is in arrears since ${arrearsSince}: no snapshots are created since ${stopped}.`;
  throw new VarveError('AccountInArrears', message, { accountId: account.id, arrearsSince });
}

/** The operator's word: an account is in arrears since now or an earlier instant. A repetition leaves the first one standing. */
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

/** What an account pays for is named by its beginning, so that a late repetition does not settle later arrears. */
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

/** An account's place among those that the janitor looks at, at this instant or later. */
export function placeOf(id: string, arrearsCheckAt: string): Partial<AccountRow> {
  const sum = [...id].reduce((total, char) => total + (char.codePointAt(0) ?? 0), 0);
  return { arrearsShard: sum % ARREARS_SHARDS, arrearsCheckAt };
}

function parseSince(since: unknown, nowMs: number): string {
  if (since === undefined) return isoTime(nowMs);
  const at = typeof since === 'string' ? Date.parse(since) : Number.NaN;
  if (!(at <= nowMs)) throw invalid('since', 'must be an instant that is not in the future');
  return isoTime(at);
}
