import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { mapBounded } from '../../bounded.ts';
import { foldersAbove } from './layout.ts';

export interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * Puts files into their places so that they outlive a power cut: contents first, then the name.
 * With the name first, a file of the right length could come back with garbage in it. What waits at
 * the same time shares the syncs of its folders.
 */
export interface DurableMoves {
  /** Ends when the files are durable under their new names. */
  move(moves: readonly Move[]): Promise<void>;
}

/** More at once were no faster on the disks that were tried. */
const SYNCS_AT_ONCE = 8;

interface Waiting {
  readonly moves: readonly Move[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** `root` is there, and durable. */
export function createDurableMoves(root: string): DurableMoves {
  const known = new Set<string>();
  let waiting: Waiting[] = [];
  let isRunning = false;

  const run = async () => {
    isRunning = true;
    while (waiting.length > 0) {
      const turn = waiting;
      waiting = [];
      const moves = turn.flatMap((one) => one.moves);
      try {
        await moveAll(root, known, moves);
        for (const { resolve } of turn) resolve();
      } catch (error) {
        for (const { reject } of turn) reject(error);
      }
    }
    isRunning = false;
  };

  return {
    move: (moves) => {
      if (moves.length === 0) return Promise.resolve();
      const done = new Promise<void>((resolve, reject) => waiting.push({ moves, resolve, reject }));
      if (!isRunning) void run();
      return done;
    },
  };
}

async function moveAll(root: string, known: Set<string>, moves: readonly Move[]): Promise<void> {
  await mapBounded(moves, SYNCS_AT_ONCE, ({ from }) => syncFile(from));
  const changed = new Set<string>();
  for (const { to } of moves) {
    changed.add(dirname(to));
    for (const made of await makeFolders(root, known, to)) changed.add(made);
  }
  await mapBounded(moves, SYNCS_AT_ONCE, ({ from, to }) => rename(from, to));
  await mapBounded([...changed], SYNCS_AT_ONCE, syncFolder);
  for (const { to } of moves) for (const folder of foldersAbove(root, to)) known.add(folder);
}

/** The folders whose entries have changed. */
async function makeFolders(root: string, known: ReadonlySet<string>, path: string): Promise<string[]> {
  const missing = foldersAbove(root, path).filter((folder) => !known.has(folder));
  if (missing.length === 0) return [];
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return missing.map((folder) => dirname(folder));
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}

/**
 * A file has its new name, and nobody knows for how long: the kernel may call the next sync a
 * success. Whoever finds the file there would take it for durable, so the process must end.
 */
export class FolderSyncError extends Error {
  override readonly name = 'FolderSyncError';
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (cause) {
    throw new FolderSyncError(`${path} could not be synced: ${(cause as Error).message}`, { cause });
  } finally {
    await folder.close();
  }
}
