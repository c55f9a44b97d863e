import type { DiskCategory } from '../../../generated/schema.ts';
import { isoTime } from '../../../platform/clock.ts';
import { invalid, VarveError } from '../../../platform/errors.ts';
import { type Limits, parseWhole, requireCount } from '../../calls/numbers.ts';
import { RETENTION_DAYS } from '../snapshots/rules.ts';
import { dueAt, type PolicyRow } from './rows.ts';
import { nextRun, spellTimeZone } from './schedule.ts';

const HOURS: Limits = { min: 0, max: 23 };
const WEEKDAYS: Limits = { min: 1, max: 7 };
/** Names only: an offset such as +01:00 has no clock changes. */
const ZONE_NAME = /^[A-Z][\w+/-]{1,63}$/i;

export function parseHours(field: string, hours: readonly number[]): readonly number[] {
  return parseSubset(field, hours, HOURS);
}

export function parseWeekdays(field: string, weekdays: readonly number[]): readonly number[] {
  return parseSubset(field, weekdays, WEEKDAYS);
}

export function parseRetention(field: string, days: number): number {
  return parseWhole(field, days, RETENTION_DAYS);
}

export function parseTimeZone(field: string, name: string): string {
  if (!ZONE_NAME.test(name)) throw invalid(field, 'must be an IANA time zone, such as Europe/Berlin');
  try {
    return spellTimeZone(name);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw invalid(field, 'must be an IANA time zone, such as Europe/Berlin');
  }
}

/** Rule 5.7: the slot that comes next, by the schedule as it is now. */
export function dueNext(policy: Pick<PolicyRow, 'id' | 'hours' | 'weekdays' | 'timeZone'>, nowMs: number) {
  return dueAt(policy.id, isoTime(nextRun(policy, nowMs)));
}

function parseSubset(field: string, values: readonly number[], limits: Limits): readonly number[] {
  requireCount(field, values, { min: 1, max: limits.max - limits.min + 1 });
  for (const [at, value] of values.entries()) {
    parseWhole(`${field}.${at}`, value, limits);
    if (values.indexOf(value) !== at) throw invalid(`${field}.${at}`, 'is given twice');
  }
  return values.toSorted((a, b) => a - b);
}

/** Rule 5.2. */
export function requireCoverable({ id, category }: { readonly id?: string; readonly category: DiskCategory }): void {
  if (category !== 'LOCAL') return;
  const extra = { category, ...(id === undefined ? {} : { diskId: id }) };
  throw new VarveError('UnsupportedDiskCategory', 'A LOCAL disk cannot have a policy.', extra);
}
