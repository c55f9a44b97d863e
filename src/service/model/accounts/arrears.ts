import type { AccountStatus } from '../../../generated/schema.ts';
import type { Catalogue } from '../../../platform/catalogue/port.ts';
import { isoTime } from '../../../platform/clock.ts';
import { VarveError } from '../../../platform/errors.ts';
import { type AccountRow, accountEntity } from './rows.ts';

/** Rule 1.3: the course of an account that does not pay, from the instant it is marked. */
const HOUR_MS = 3600_000;
export const STOPPED_AFTER_MS = 24 * HOUR_MS;
export const DELETED_AFTER_MS = 15 * 24 * HOUR_MS;

/** Spreads accounts in arrears over the index that the janitor reads. */
export const ARREARS_SHARDS = 8;

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

/** An account's place among those that the janitor looks at, at this instant or later. */
export function placeOf(id: string, arrearsCheckAt: string): Partial<AccountRow> {
  const sum = [...id].reduce((total, char) => total + (char.codePointAt(0) ?? 0), 0);
  return { arrearsShard: sum % ARREARS_SHARDS, arrearsCheckAt };
}
