import { hash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { mapBounded } from '../../bounded.ts';
import { NoSpaceError } from '../../errors.ts';
import { createDurableMoves, FolderSyncError, type Move } from './durable-moves.ts';
import type { Incoming, Staged } from './incoming.ts';
import { missing, type Places } from './places.ts';

/** Brings objects to their places, durably. */
export interface Keeper {
  put(key: string, bytes: Uint8Array): Promise<void>;
  persist(keys: readonly string[]): Promise<void>;
}

export interface KeeperDeps {
  readonly root: string;
  readonly incoming: Incoming;
  readonly places: Places;
  /** Nobody knows any more what is durable. */
  readonly lose: (error: Error) => void;
  /** SHA-256 of what has come to its place. */
  readonly noteSum: (key: string, sha256: string) => void;
  /** An upload of this key that is under way saw what lay there before. It comes too late. */
  readonly overtake: (key: string) => void;
}

const CALLS_AT_ONCE = 16;

export function createKeeper(deps: KeeperDeps): Keeper {
  const { incoming, places, lose, noteSum, overtake } = deps;
  const moves = createDurableMoves(deps.root);
  /** Two commits that name the same upload share its move. */
  const moving = new Map<Staged, Promise<void>>();

  const orLose = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      if (error instanceof FolderSyncError) lose(error);
      throw error;
    }
  };
  /** What could not be made durable is deleted: nobody may take it for an object. */
  const moveOrDrop = async (wanted: readonly Move[]): Promise<void> => {
    try {
      await orLose(moves.move(wanted));
    } catch (error) {
      await mapBounded(wanted, CALLS_AT_ONCE, ({ from }) => rm(from, { force: true }));
      throw asNoSpace(error);
    }
  };
  const moveStaged = async (staged: readonly Staged[]): Promise<void> => {
    const others = staged.flatMap((one) => moving.get(one) ?? []);
    const own = staged.filter((one) => !moving.has(one));
    const done = moveOrDrop(own.map((one) => ({ from: one.path, to: places.of(one.key) }))).then(() => {
      for (const one of own) noteSum(one.key, one.sha256);
    });
    for (const one of own) moving.set(one, done);
    try {
      await Promise.all([done, ...others]);
    } finally {
      for (const one of own) {
        moving.delete(one);
        incoming.forget(one);
      }
    }
  };

  return {
    async put(key, bytes) {
      const from = await incoming.write(bytes).catch(throwAsNoSpace);
      await moveOrDrop([{ from, to: places.of(key) }]);
      noteSum(key, hash('sha256', bytes, 'hex'));
      // In one turn with what the drop forgets: no upload comes in between.
      overtake(key);
      await incoming.drop(key);
    },

    async persist(keys) {
      const wanted = [...new Set(keys)];
      const found = await mapBounded(wanted, CALLS_AT_ONCE, (key) => incoming.get(key));
      const inPlace = wanted.filter((_, at) => found[at] === undefined).map(places.of);
      await moveStaged(found.filter((one) => one !== undefined));
      await orLose(moves.settle(await existing(inPlace)));
    },
  };
}

/** A key without an object has no folder that could be synced. */
async function existing(paths: readonly string[]): Promise<string[]> {
  const found = await mapBounded(paths, CALLS_AT_ONCE, (path) => stat(path).catch(missing));
  return paths.filter((_, at) => found[at] !== undefined);
}

const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

function asNoSpace(error: unknown): unknown {
  if (!FULL.has((error as NodeJS.ErrnoException).code)) return error;
  return new NoSpaceError('The folder of the objects has no space left.', { cause: error });
}

export function throwAsNoSpace(error: unknown): never {
  throw asNoSpace(error);
}
