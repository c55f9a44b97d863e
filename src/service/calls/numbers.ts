import { invalid } from '../../platform/errors.ts';
import { sizeText } from '../../platform/size-text.ts';

export interface Limits {
  readonly min: number;
  readonly max: number;
}

export function parseWhole(field: string, value: number, { min, max }: Limits): number {
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    throw invalid(field, `must be a whole number from ${min} to ${max}`);
  }
  return value;
}

/** As `parseWhole`, of bytes: what it says has units. */
export function parseSizeBytes(field: string, value: number, { min, max }: Limits): number {
  if (!Number.isSafeInteger(value)) throw invalid(field, 'must be a whole number of bytes');
  if (value >= min && value <= max) return value;
  const given = value < 0 ? '' : `, not ${sizeText(value)}`;
  throw invalid(field, `must be from ${sizeText(min)} to ${sizeText(max)}${given}`);
}

const VERSION: Limits = { min: 0, max: Number.MAX_SAFE_INTEGER };

export function parseVersion(field: string, value: number): number {
  return parseWhole(field, value, VERSION);
}

export function requireCount(field: string, list: readonly unknown[], { min, max }: Limits): void {
  if (list.length < min || list.length > max)
    throw invalid(field, `must have ${min}–${max} elements, not ${list.length}`);
}

/** Ids of a batch: so many, and none twice. */
export function parseIds(field: string, ids: readonly string[], count: Limits): readonly string[] {
  requireCount(field, ids, count);
  for (const [at, id] of ids.entries()) {
    if (ids.indexOf(id) !== at) throw invalid(`${field}.${at}`, 'is given twice');
  }
  return ids;
}
