import { isCalendarDay, isoTime } from '../../../platform/clock.ts';
import { invalid } from '../../../platform/errors.ts';

export const HOUR_MS = 3600_000;
export const DAY_MS = 24 * HOUR_MS;

/** A calendar month in UTC, such as `2027-01`. */
export type Month = string;

export function parseMonth(field: string, text: unknown): Month {
  if (typeof text === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw invalid(field, 'must be a month such as 2027-01');
}

export const monthStart = (month: Month): number => Date.parse(`${month}-01T00:00:00Z`);

export function monthEnd(month: Month): number {
  const start = new Date(monthStart(month));
  return start.setUTCMonth(start.getUTCMonth() + 1);
}

export const monthOf = (epochMs: number): Month => isoTime(epochMs).slice(0, 7);

/** 672 to 744: a GiB-month is one GiB for so many hours. */
export const hoursIn = (month: Month): number => (monthEnd(month) - monthStart(month)) / HOUR_MS;

export const hourStart = (epochMs: number): number => Math.floor(epochMs / HOUR_MS) * HOUR_MS;

/** An instant at which an hour begins: prices and packages change between samples, never within. */
export function parseHour(field: string, text: unknown): string {
  const isInstant = typeof text === 'string' && INSTANT.test(text) && isCalendarDay(text.slice(0, 10));
  const at = isInstant ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at) || at % HOUR_MS !== 0 || isoTime(at).length !== PLAIN_LENGTH) {
    throw invalid(field, 'must be a date such as 2027-01-01, or a full hour with its time zone');
  }
  return isoTime(at);
}

const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;
const PLAIN_LENGTH = '2027-01-01T00:00:00.000Z'.length;
