import { hash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { mapBounded } from '../../bounded.ts';
import { NoSpaceError } from '../../errors.ts';
import { createDurableMoves, FolderSyncError, type Move } from './durable-moves.ts';
import type { Incoming, Staged } from './incoming.ts';
import { missing } from './missing.ts';
import type { Places } from './places.ts';

/** Brings objects to their places, durably. */
export interface Persister {
  put(key: string, bytes: Uint8Array): Promise<void>;
  persist(keys: readonly string[]): Promise<void>;
}

export interface PersisterDeps {
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

export function createPersister(deps: PersisterDeps): Persister {
  const { incoming, places, lose, noteSum, overtake } = deps;
  const moves = createDurableMoves(deps.root);
  /** Two commits that name the same upload share its move. */
  const moving = new Map<Staged, Promise<ReadonlySet<Staged>>>();

  const orLose = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof FolderSyncError) lose(error);
      throw error;
    }
  };
  const moveOf = ({ path, key, synced }: Staged): Move => ({ from: path, to: places.of(key), synced });
  /** What could not be made durable is deleted: nobody may take it for an object. */
  const moveOrDrop = async (wanted: readonly Move[]): Promise<Move[]> => {
    try {
      return await orLose(moves.move(wanted));
    } catch (error) {
      await mapBounded(wanted, CALLS_AT_ONCE, ({ from }) => rm(from, { force: true }));
      throw asNoSpace(error);
    }
  };
  /** Answers those that were removed or replaced before their turn came. */
  const moveStaged = async (staged: readonly Staged[]): Promise<Staged[]> => {
    const others = staged.flatMap((one) => moving.get(one) ?? []);
    const own = staged.filter((one) => !moving.has(one));
    const byMove = new Map(own.map((one) => [moveOf(one), one]));
    const done = moveOrDrop([...byMove.keys()]).then((gone) => {
      const lost = new Set(gone.flatMap((move) => byMove.get(move) ?? []));
      for (const one of own) if (!lost.has(one)) noteSum(one.key, one.sha256);
      return lost;
    });
    for (const one of own) moving.set(one, done);
    try {
      const gone = await Promise.all([done, ...others]);
      return staged.filter((one) => gone.some((set) => set.has(one)));
    } finally {
      for (const one of own) {
        moving.delete(one);
        incoming.forget(one);
      }
    }
  };

  const persist = async (keys: readonly string[]): Promise<void> => {
    const wanted = [...new Set(keys)];
    const found = await mapBounded(wanted, CALLS_AT_ONCE, (key) => incoming.get(key));
    const inPlace = wanted.filter((_, at) => found[at] === undefined).map(places.of);
    const gone = await moveStaged(found.filter((one) => one !== undefined));
    await orLose(moves.settle(await existing(inPlace)));
    // A newer one may be there, staged or in its place, or none.
    if (gone.length > 0) await persist(gone.map(({ key }) => key));
  };

  return {
    persist,

    async put(key, bytes) {
      const from = await incoming.write(bytes).catch(throwAsNoSpace);
      await moveOrDrop([{ from, to: places.of(key) }]);
      noteSum(key, hash('sha256', bytes, 'hex'));
      // In one turn with what the drop forgets: no upload comes in between.
      overtake(key);
      await incoming.drop(key);
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
