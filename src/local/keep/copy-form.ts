import { createHash } from 'node:crypto';
import type { WrappedKey } from '../../platform/keys/port.ts';

/**
 * Copies of the catalogue in the object store, as docs/format-of-backups.md has them: sealed parts,
 * and a head that is written last.
 */
export interface CopyHead {
  /** When the copy was made, in a form that sorts: `20260131T235959123Z`. Part of each key. */
  readonly id: string;
  /** Wraps the copy's own key. */
  readonly key: WrappedKey;
  readonly parts: number;
  /** Of the database file. */
  readonly sizeBytes: number;
}

export const COPIES = 'catalogue-copies/';
/** Of the database file in each part but the last. */
export const PART_BYTES = 2 * 1024 * 1024;
export const NONCE_BYTES = 12;
export const PART_HEADER = Buffer.from('VRVK\u0001\0\0\0', 'latin1');

const HEAD = 'head';
const FORMAT = 1;
const PART_DIGITS = 6;
const FIRST_LINE = /^varve-catalogue-copy (\d+) ([0-9a-f]{64})$/;

export function copyId(epochMs: number): string {
  return new Date(epochMs).toISOString().replaceAll(/[-:.]/g, '');
}

/** When a copy was made, epoch ms. */
export function instantOf(id: string): number {
  return Date.parse(id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z'));
}

export const headKey = (id: string): string => `${COPIES}${id}/${HEAD}`;
export const partKey = (id: string, part: number): string =>
  `${COPIES}${id}/${String(part).padStart(PART_DIGITS, '0')}`;

/** The copy that a key belongs to, and whether it is its head. */
export function placeOf(key: string): { readonly id: string; readonly isHead: boolean } | undefined {
  const [, id, name] = /^catalogue-copies\/(\d{8}T\d{9}Z)\/(head|\d{6})$/.exec(key) ?? [];
  return id === undefined ? undefined : { id, isHead: name === HEAD };
}

/** Binds a part to its place: none can be left out, exchanged, or taken from another copy. */
export function partData({ id, parts, sizeBytes }: Omit<CopyHead, 'key'>, part: number): Buffer {
  return Buffer.from(`varve catalogue copy v1 ${id} ${part}/${parts} ${sizeBytes}`);
}

export function writeHead(head: CopyHead): Buffer {
  const body = Buffer.from(`${JSON.stringify(head)}\n`);
  return Buffer.concat([Buffer.from(`varve-catalogue-copy ${FORMAT} ${digest(body)}\n`), body]);
}

/** Undefined for what is no head of this format, or is not as it was written. */
export function readHead(bytes: Buffer): CopyHead | undefined {
  const end = bytes.indexOf('\n');
  const [, format, sum] = FIRST_LINE.exec(bytes.subarray(0, Math.max(end, 0)).toString('latin1')) ?? [];
  const body = bytes.subarray(end + 1);
  if (Number(format) !== FORMAT || digest(body) !== sum) return undefined;
  return JSON.parse(body.toString()) as CopyHead;
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const HOURLY = 24;
const DAILY = 7;

/**
 * Which copies may go: all but the newest of each of the last 24 hours and 7 days that have any.
 */
export function toForget(ids: readonly string[]): string[] {
  const newestFirst = [...ids].sort().reverse();
  const kept = new Set([...newestOfEach(newestFirst, HOUR_MS, HOURLY), ...newestOfEach(newestFirst, DAY_MS, DAILY)]);
  return newestFirst.filter((id) => !kept.has(id));
}

function newestOfEach(newestFirst: readonly string[], lengthMs: number, most: number): string[] {
  const found = new Map<number, string>();
  for (const id of newestFirst) {
    const period = Math.floor(instantOf(id) / lengthMs);
    if (!found.has(period) && found.size < most) found.set(period, id);
  }
  return [...found.values()];
}
