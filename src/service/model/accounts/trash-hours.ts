import type { Catalogue } from '../../../platform/catalogue/port.ts';
import { type AccountRow, accountEntity } from './rows.ts';

const HOUR_MS = 3600_000;

/** Rule 10.1: up to 365 days. With 0, what is deleted is gone at once. */
export const TRASH_HOURS = { min: 0, max: 365 * 24 };
const DEFAULT_TRASH_HOURS = 24;

/** Of an account that was never given another. */
export const trashHoursOf = ({ trashHours = DEFAULT_TRASH_HOURS }: Pick<AccountRow, 'trashHours'>): number =>
  trashHours;

/** How long what is deleted now lies in the recycle bin. */
export async function trashMsOf(catalogue: Catalogue, accountId: string): Promise<number> {
  return trashHoursOf((await catalogue.get(accountEntity, { id: accountId })) ?? {}) * HOUR_MS;
}
