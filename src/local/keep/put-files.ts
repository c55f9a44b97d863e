import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { syncNow } from '../../platform/durable-file.ts';

/** Puts files below a folder, by hard links where the file system lets it. */
export interface FilePlacer {
  /** `there`: a file of this size is there already. */
  put(from: string, to: string): 'there' | 'linked' | 'copied';
  /** After it everything that was put outlives a power cut. */
  settle(): void;
}

const PART = '.part';
/** Copies that are synced one after the other: meanwhile the disk writes the next ones. */
const SYNCED_TOGETHER = 64;
/** Other file systems, those without links, and files with as many links as they may have. */
const NO_LINK: ReadonlySet<unknown> = new Set(['EXDEV', 'EPERM', 'EMLINK', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']);

/** Synchronous: for a thread of its own. `root` is there. */
export function createFilePlacer(root: string): FilePlacer {
  const folders = new Set<string>();
  const copied: { readonly part: string; readonly to: string }[] = [];

  const makeFolder = (folder: string): void => {
    if (folders.has(folder) || folder.length < root.length) return;
    makeFolder(dirname(folder));
    if (statOf(folder) === undefined) mkdirSync(folder, { mode: 0o700 });
    folders.add(folder);
  };
  const settleCopies = () => {
    for (const { part } of copied) syncNow(part);
    for (const { part, to } of copied) renameSync(part, to);
    copied.length = 0;
  };
  return {
    put: (from, to) => {
      const { size } = statSync(from);
      const there = statOf(to);
      makeFolder(dirname(to)); // an earlier run may have ended before it synced the folder
      if (there?.size === size) return 'there';
      if (there !== undefined) rmSync(to);
      try {
        linkSync(from, to);
        return 'linked';
      } catch (error) {
        if (!NO_LINK.has((error as NodeJS.ErrnoException).code)) throw error;
      }
      const part = `${to}${PART}`;
      copyFileSync(from, part, constants.COPYFILE_FICLONE);
      copied.push({ part, to });
      if (copied.length >= SYNCED_TOGETHER) settleCopies();
      return 'copied';
    },
    settle: () => {
      settleCopies();
      for (const folder of folders) syncNow(folder);
    },
  };
}

export const isPart = (path: string): boolean => path.endsWith(PART);

export function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

/** At no moment does a part of the copy stand under its name. */
export function copyDurably(from: string, to: string): void {
  const part = `${to}${PART}`;
  copyFileSync(from, part);
  syncNow(part);
  renameSync(part, to);
  syncNow(dirname(to));
}

const CHUNK_BYTES = 1024 * 1024;

/** SHA-256 of a file, hex. */
export function sumOf(path: string): string {
  const sum = createHash('sha256');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const file = openSync(path, 'r');
  try {
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk))
      sum.update(chunk.subarray(0, length));
    return sum.digest('hex');
  } finally {
    closeSync(file);
  }
}
