import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlockKeys } from '../../engine/blocks/object-form.ts';
import { type Control, SALT_BYTES } from './control.ts';
import { claim, isAlive, ownerOf } from './owner.ts';
import { fenceOf } from './scan.ts';
import { segmentKey } from './seal.ts';
import { Segment } from './segment.ts';
import { VersionNote } from './version-note.ts';

const JOURNAL = 'journal-';
const SET_ASIDE = 'set-aside-';
const SEGMENT = '.segment';

export interface JournalParts {
  readonly diskId: string;
  readonly sizeBytes: number;
  readonly fence: number;
  /** Of the disk's encryption domain: seals the records. */
  readonly keys: BlockKeys | undefined;
}

/** The folder that holds one attachment's segments. It lies in the disk's own folder. */
export class JournalFolder {
  readonly path: string;
  readonly note: VersionNote;
  readonly #parts: JournalParts;
  /** Those whose files may be open. */
  #segments: readonly Segment[];
  #isClosed = false;

  /** Closes the files of the `segments` in the end. */
  constructor(path: string, parts: JournalParts, segments: readonly Segment[] = []) {
    this.path = path;
    this.note = new VersionNote(path);
    this.#parts = parts;
    this.#segments = segments;
  }

  static async create(stateFolder: string, parts: JournalParts): Promise<JournalFolder> {
    const path = join(diskFolder(stateFolder, parts.diskId), `${JOURNAL}${randomBytes(4).toString('hex')}`);
    await mkdir(path, { recursive: true, mode: 0o700 });
    return JournalFolder.take(path, parts);
  }

  /** Goes on with a folder that a dead process left, and with `segments` of it that are open. */
  static async take(path: string, parts: JournalParts, segments: readonly Segment[] = []): Promise<JournalFolder> {
    const folder = new JournalFolder(path, parts, segments);
    try {
      await claim(path, parts.fence);
      return folder;
    } catch (error) {
      await folder.close();
      throw error;
    }
  }

  async createSegment(of: Pick<Control, 'generation' | 'firstSequence' | 'baseVersion'>): Promise<Segment> {
    const { diskId, sizeBytes, fence, keys } = this.#parts;
    const salt = randomBytes(SALT_BYTES);
    const sealed = keys !== undefined;
    const control = { ...of, diskId, sizeBytes, fence, salt, sealed, intent: undefined };
    const path = join(this.path, `${String(of.generation).padStart(10, '0')}${SEGMENT}`);
    const segment = await Segment.create(path, control, keys && segmentKey(keys, salt));
    this.#segments = [...this.#segments.filter(({ isClosed }) => !isClosed), segment];
    if (this.#isClosed) await this.close();
    return segment;
  }

  /** Closes all files, also those that something which was ended on its way has not given back. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#segments.map((segment) => segment.close()));
  }

  /** Names of files that were made or removed are on the medium afterwards. */
  async sync(): Promise<void> {
    for (const above of ['.', '..', '../..']) await syncFolder(join(this.path, above));
  }

  /** With the disk's own folder, if nothing else lies there. */
  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
    await rmdir(join(this.path, '..')).catch(() => undefined);
  }

  setAside(reason: string, at: string): Promise<string> {
    return setAside(this.path, reason, at);
  }
}

/** Gives a journal a name under which no attachment looks for it. Its new path. */
export async function setAside(path: string, reason: string, at: string): Promise<string> {
  await writeFile(join(path, 'reason.txt'), `${reason}\n`, { mode: 0o600 });
  const name = `${SET_ASIDE}${at.replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
  const to = join(path, '..', name);
  await rename(path, to);
  return to;
}

export interface LeftJournal {
  readonly path: string;
  /** Of the last lease under which it was written, where that is known. */
  readonly fence: number | undefined;
}

/** Journals of the disk that no running process writes, that of its last holder first. */
export async function leftJournals(stateFolder: string, diskId: string): Promise<LeftJournal[]> {
  const folder = diskFolder(stateFolder, diskId);
  const left: LeftJournal[] = [];
  for (const name of (await namesIn(folder)).sort()) {
    if (!name.startsWith(JOURNAL)) continue;
    const path = join(folder, name);
    const owner = await ownerOf(path);
    if (owner !== undefined && (await isAlive(owner))) continue;
    left.push({ path, fence: highest([owner?.fence, await lastFence(path)]) });
  }
  return left.sort((a, b) => (b.fence ?? -1) - (a.fence ?? -1));
}

/**
 * What the segments say, as the owner's note may not have reached the medium. Of a process that
 * took the journal over and began no segment, there is the note alone.
 */
async function lastFence(journal: string): Promise<number | undefined> {
  return highest(await Promise.all((await segmentPaths(journal)).map(fenceOf)));
}

function highest(fences: readonly (number | undefined)[]): number | undefined {
  const known = fences.filter((fence) => fence !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** Paths of a journal's segments, the oldest first. */
export async function segmentPaths(journal: string): Promise<string[]> {
  const names = (await namesIn(journal)).filter((name) => name.endsWith(SEGMENT));
  return names.sort().map((name) => join(journal, name));
}

function diskFolder(stateFolder: string, diskId: string): string {
  return join(stateFolder, diskId);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
