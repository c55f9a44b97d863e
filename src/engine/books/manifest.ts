import { createHash } from 'node:crypto';
import type { NodeRow } from './rows.ts';

/**
 * What the bucket itself says of a node of the version tree, so that a catalogue can be rebuilt
 * from the bucket alone (docs/format.md, "Manifests"). One line with the format and a checksum,
 * then JSON.
 */
export interface Manifest {
  /** Of several manifests of a node, the one with the highest number counts. */
  readonly number: number;
  readonly accountId: string;
  /** Of the node, or of an account. */
  readonly id: string;
  readonly regionId: string;
  /** When it was written, epoch ms. */
  readonly writtenAt: number;
  /** Absent for accounts, and when the node is gone. */
  readonly node?: SavedNode;
  /** What the layers above know of it. */
  readonly about?: About;
}

export type SavedNode = Omit<NodeRow, 'saveId' | 'writerFence' | 'held'>;
export type About = Readonly<Record<string, unknown>>;

const FIRST_LINE = /^varve-manifest (\d+) ([0-9a-f]{64})$/;
const FORMAT = 1;
const NUMBER_DIGITS = 12;
const LINE_FEED = 10;

export const MANIFESTS = 'manifests/';

export function manifestPrefix({ accountId, id }: { readonly accountId: string; readonly id: string }): string {
  return `${MANIFESTS}${accountId}/${id}/`;
}

export function manifestKey(subject: { readonly accountId: string; readonly id: string }, number: number): string {
  return `${manifestPrefix(subject)}${String(number).padStart(NUMBER_DIGITS, '0')}`;
}

/** The prefix of all manifests of one subject, from the key of one of them. */
export function subjectOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/') + 1);
}

export function writeManifest(manifest: Manifest): Buffer {
  const body = Buffer.from(`${JSON.stringify(manifest)}\n`);
  return Buffer.concat([Buffer.from(`varve-manifest ${FORMAT} ${digest(body)}\n`), body]);
}

/** What is wrong with the bytes, as text, or what they say. */
export function readManifest(bytes: Buffer): Manifest | string {
  const end = bytes.indexOf(LINE_FEED);
  const [, format, sum] = FIRST_LINE.exec(bytes.subarray(0, Math.max(0, end)).toString('latin1')) ?? [];
  if (format === undefined) return 'is no manifest';
  if (Number(format) !== FORMAT) return `has format ${format}; this version reads format ${FORMAT}`;
  const body = bytes.subarray(end + 1);
  if (digest(body) !== sum) return 'is not as it was written: its checksum differs';
  // as written by this format, which the checksum proves
  const manifest = JSON.parse(body.toString()) as Manifest;
  return manifest;
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
