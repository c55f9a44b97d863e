import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askControl } from './control.ts';

/** What is known of an attachment besides what its process answers. */
export interface AttachmentRecord {
  /** Disk or snapshot. */
  readonly sourceId: string;
  readonly name: string;
  readonly pid: number;
  readonly uri: string;
  readonly access: 'READ_ONLY' | 'READ_WRITE' | 'SCRATCH';
  readonly startedAt: string;
  /** Of one that runs in the background. */
  readonly log?: string;
  /** For `varve mount`: the folder, and what stands between it and the export. */
  readonly mount?: { readonly folder: string; readonly undo: readonly (readonly string[])[] };
}

export interface FoundRecord {
  readonly record: AttachmentRecord;
  readonly path: string;
  readonly control: string;
}

const ANSWER_MS = 5000;

/**
 * Several snapshots, or one of them several times, may be attached on a machine. The process makes
 * their names differ.
 */
export function recordPaths(folder: string, sourceId: string, pid: number): { path: string; control: string } {
  const stem = join(folder, `${sourceId}.${pid}`);
  return { path: `${stem}.json`, control: `${stem}.sock` };
}

export async function writeRecord(path: string, record: AttachmentRecord): Promise<void> {
  try {
    await writeFile(`${path}.new`, JSON.stringify(record), { mode: 0o600 });
    await rename(`${path}.new`, path);
  } catch (error) {
    await rm(`${path}.new`, { force: true });
    throw error;
  }
}

export async function readRecords(folder: string): Promise<FoundRecord[]> {
  const names = await readdir(folder).catch(() => []);
  const found: FoundRecord[] = [];
  for (const name of names.filter((file) => file.endsWith('.json')).sort()) {
    const path = join(folder, name);
    const record = await readRecord(path);
    if (record !== undefined) found.push({ record, path, control: path.replace(/\.json$/, '.sock') });
  }
  return found;
}

/**
 * Undefined if it has gone just now, or was cut short by a machine that lost its power. Nothing
 * runs then that it could be of.
 */
async function readRecord(path: string): Promise<AttachmentRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as AttachmentRecord;
  } catch {
    return undefined;
  }
}

/** What its process says of itself; undefined for one that died without an end. */
export async function statusOf({ control }: FoundRecord): Promise<AttachmentStatus | undefined> {
  return (await askControl(control, { op: 'status' }, ANSWER_MS)) as AttachmentStatus | undefined;
}

export interface AttachmentStatus {
  /** The disk's version that is committed; null for a snapshot. */
  readonly version: number | null;
  /** Written and not committed yet. */
  readonly dirtyBytes: number;
  readonly connections: number;
  /** Why writes fail, where they do. */
  readonly fault: string | null;
  /**
   * Why what was written could not be committed, or the lease not be renewed, while that is tried
   * again.
   */
  readonly retrying: string | null;
}

export async function forget({ path, control }: Pick<FoundRecord, 'path' | 'control'>): Promise<void> {
  await rm(path, { force: true });
  await rm(control, { force: true });
}
