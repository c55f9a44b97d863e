import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { VarveError } from '../../platform/errors.ts';
import type { AuditRow } from '../model/audit/rows.ts';

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** What the keys of all copies begin with. */
export const AUDIT = 'audit/';

const PART_DIGITS = 6;
/** Of one part, unpacked: 2,000 records of at most 1 KiB, with the names of their fields. */
const MOST_BYTES = 16 * 1024 * 1024;

/** `audit/team-a/2027-01-31T08/`: the parts of an hour. */
export const hourPrefix = (accountId: string, hour: string): string => `${AUDIT}${accountId}/${hour.slice(0, 13)}/`;

export const partKey = (accountId: string, hour: string, part: number): string =>
  `${hourPrefix(accountId, hour)}${String(part).padStart(PART_DIGITS, '0')}.jsonl.gz`;

/** The number of a part, or 0 for a key that is none. */
export const partOf = (key: string): number => Number(/(\d+)\.jsonl\.gz$/.exec(key)?.[1] ?? 0);

export type StoredRecord = Omit<AuditRow, 'forgetAt'> & { readonly format: 1 };

/** A line for each record, in the order given. */
export function writePart(rows: readonly AuditRow[]): Promise<Buffer> {
  const lines = rows.map(({ forgetAt: _, ...row }) => JSON.stringify({ format: 1, ...row } satisfies StoredRecord));
  return zip(Buffer.from(lines.map((line) => `${line}\n`).join('')));
}

/** Throws `ObjectDamaged`. */
export async function readPart(key: string, bytes: Buffer): Promise<StoredRecord[]> {
  try {
    const text = (await unzip(bytes, { maxOutputLength: MOST_BYTES })).toString('utf8');
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as StoredRecord);
  } catch (error) {
    throw new VarveError('ObjectDamaged', `${key} is no part of the audit.`, { objectId: key }, error);
  }
}
