import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fdatasyncSync,
  fsyncSync,
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
    for (const { part } of copied) syncPath(part, fdatasyncSync);
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
      for (const folder of folders) syncPath(folder, fsyncSync);
    },
  };
}

export const isPart = (path: string): boolean => path.endsWith(PART);

export function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function syncPath(path: string, sync: (file: number) => void): void {
  const file = openSync(path, 'r');
  try {
    sync(file);
  } finally {
    closeSync(file);
  }
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
