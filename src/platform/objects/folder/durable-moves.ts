import { closeSync, existsSync, fdatasync, fsync, openSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { mapBounded } from '../../bounded.ts';
import { foldersAbove } from './layout.ts';

export interface Move {
  readonly from: string;
  readonly to: string;
  /** A sync of its bytes that was begun before. */
  readonly synced?: Promise<void> | undefined;
}

/**
 * Puts files into their places so that they outlive a power cut: contents first, then the name,
 * then the folder that holds it. With the name first, a file of the right length could come back
 * with garbage in it. What waits at the same time shares the syncs of its folders.
 */
export interface DurableMoves {
  /**
   * Ends when the files are durable under their new names. A move that fails leaves none there.
   * Answers the moves whose file was gone when it came to them.
   */
  move(moves: readonly Move[]): Promise<Move[]>;
  /**
   * The same for files that lie in their places already: a process before this one may have ended
   * between the name and the sync of its folder.
   */
  settle(paths: readonly string[]): Promise<void>;
}

/** More at once were no faster on the disks that were tried. */
const SYNCS_AT_ONCE = 8;

interface Waiting {
  readonly moves: readonly Move[];
  readonly folders: readonly string[];
  readonly resolve: (gone: Move[]) => void;
  readonly reject: (error: unknown) => void;
}

/** `root` is there, and durable. */
export function createDurableMoves(root: string): DurableMoves {
  /** Folders that this process has synced since it began: they and their names are durable. */
  const known = new Set<string>();
  let waiting: Waiting[] = [];
  let isRunning = false;

  const run = async () => {
    isRunning = true;
    while (waiting.length > 0) {
      const turn = waiting;
      waiting = [];
      try {
        const { failures, gone } = await moveAll(root, known, turn);
        for (const { moves, resolve, reject } of turn) {
          const failed = moves.find((move) => failures.has(move));
          if (failed === undefined) resolve(moves.filter((move) => gone.has(move)));
          else reject(failures.get(failed));
        }
      } catch (error) {
        for (const { reject } of turn) reject(error);
      }
    }
    isRunning = false;
  };
  const add = async (moves: readonly Move[], folders: readonly string[]): Promise<Move[]> => {
    if (moves.length + folders.length === 0) return [];
    const done = new Promise<Move[]>((resolve, reject) => waiting.push({ moves, folders, resolve, reject }));
    if (!isRunning) void run();
    return done;
  };

  return {
    move: (moves) => add(moves, []),
    settle: async (paths) => {
      const folders = new Set(paths.flatMap((path) => foldersAbove(root, path)));
      await add(
        [],
        [...folders].filter((folder) => !known.has(folder)),
      );
    },
  };
}

interface Moved {
  /** Each with its reason. */
  readonly failures: ReadonlyMap<Move, unknown>;
  readonly gone: ReadonlySet<Move>;
}

/** Throws if nobody knows what is durable. */
async function moveAll(root: string, known: Set<string>, turn: readonly Waiting[]): Promise<Moved> {
  const failures = new Map<Move, unknown>();
  const gone = new Set<Move>();
  const moves = turn.flatMap((one) => one.moves);
  const changed = new Set(turn.flatMap((one) => one.folders));
  await mapBounded(moves, SYNCS_AT_ONCE, async (move) => {
    try {
      await (move.synced ?? syncFile(move.from));
      const above = foldersAbove(root, move.to).filter((folder) => !known.has(folder));
      if (above.length > 0) await mkdir(dirname(move.to), { recursive: true, mode: 0o700 });
      await rename(move.from, move.to);
      for (const folder of [dirname(move.to), ...above]) changed.add(folder);
    } catch (error) {
      if (existsSync(move.from)) failures.set(move, error);
      else gone.add(move);
    }
  });
  const isNew = [...changed].some((folder) => !known.has(folder));
  await mapBounded(isNew ? [...changed, root] : [...changed], SYNCS_AT_ONCE, syncFolder);
  for (const folder of changed) known.add(folder);
  return { failures, gone };
}

/** Its bytes and its length outlive a power cut; its name may not. */
export async function syncFile(path: string): Promise<void> {
  // Of what was written just now, opening and closing wait for nothing. Node's pool takes thirty
  // times as long for them as they do.
  const file = openSync(path, 'r');
  try {
    await datasync(file);
  } finally {
    closeSync(file);
  }
}

const datasync = promisify(fdatasync);
const sync = promisify(fsync);

/**
 * A file has its new name, and nobody knows for how long: the kernel may call the next sync a
 * success. Any reader of the file would take it for durable, so the process must end.
 */
export class FolderSyncError extends Error {
  override readonly name = 'FolderSyncError';
}

export async function syncFolder(path: string): Promise<void> {
  const folder = openSync(path, 'r');
  try {
    await sync(folder);
  } catch (cause) {
    throw new FolderSyncError(`${path} could not be synced: ${(cause as Error).message}`, { cause });
  } finally {
    closeSync(folder);
  }
}
