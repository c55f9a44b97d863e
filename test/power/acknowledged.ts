import type { ObjectId } from '../../src/engine/blocks/block.ts';
import type { Contents } from './contents.ts';

/** What stands under an id. */
export type State = Contents | 'gone';

/** A change of what stands under an id, between two positions of the device's record. */
interface Change {
  readonly state: State;
  /** Nothing of it was done before. */
  readonly begin: number;
  /** From here on it was acknowledged. */
  end?: number;
}

interface Creation {
  readonly begin: number;
  end?: number;
}

/** What must be found after a power cut. */
export interface Expected {
  /** By id: what may stand there. More than one where a change was under way. */
  readonly states: Readonly<Record<string, readonly State[]>>;
  /** Things that may be there beside them, as their creation was under way. */
  readonly mostOthers: number;
}

interface BackupTry {
  /** Which of the folders it went to. */
  readonly place: string;
  readonly begin: number;
  end?: number;
  /** Known of one that was acknowledged. */
  id?: string;
}

/** What must be found in a folder of backups after a power cut. */
export interface ExpectedBackup {
  readonly place: string;
  /** The last one that was acknowledged there: it is whole, unless the next one is. */
  readonly id?: string;
  readonly holds?: Expected;
  /** What the one holds that was under way. */
  readonly next?: Expected;
}

/** Who acknowledged what, and when: kept outside of the machine that loses its power. */
export interface Acknowledged {
  /** Something new: `create` answers its id. */
  created(contents: Contents, create: () => Promise<string>): Promise<string>;
  changed(id: string, state: State, change: () => Promise<void>): Promise<void>;
  /** `backUp` answers the id of the backup. */
  backedUp(place: string, backUp: () => Promise<string>): Promise<void>;
  /** A change that another call acknowledges: the answer is to be called then. */
  begun(id: string, state: State): () => void;
  /** What must be there after a cut at this position. */
  at(position: number): Expected;
  backupsAt(position: number): ExpectedBackup[];
  /** Blocks that somebody may have sent by then. */
  sentBy(position: number): ObjectId[];
  /** When something was acknowledged. */
  moments(): number[];
}

/** `position` tells how much the device has been told. */
export function createAcknowledged(position: () => number): Acknowledged {
  const changes = new Map<string, Change[]>();
  const creations: Creation[] = [];
  const backups: BackupTry[] = [];
  const begun = (id: string, state: State) => {
    const change: Change = { state, begin: position() };
    changes.get(id)?.push(change);
    return () => {
      change.end = position();
    };
  };
  /** What whoever looked at some time from then to then may have seen. */
  const between = (from: number, to: number): Expected => ({
    states: Object.fromEntries([...changes].flatMap(([id, all]) => statesBetween(id, all, from, to))),
    mostOthers: creations.filter(({ begin, end }) => begin <= to && (end === undefined || end > from)).length,
  });
  return {
    begun,
    created: async (contents, create) => {
      const creation: Creation = { begin: position() };
      creations.push(creation);
      const id = await create();
      creation.end = position();
      changes.set(id, [{ state: contents, ...creation }]);
      return id;
    },
    changed: async (id, state, change) => {
      const acknowledge = begun(id, state);
      await change();
      acknowledge();
    },
    backedUp: async (place, backUp) => {
      const backup: BackupTry = { place, begin: position() };
      backups.push(backup);
      backup.id = await backUp();
      backup.end = position();
    },
    at: (at) => between(at, at),
    backupsAt: (at) => {
      const begun = Map.groupBy(
        backups.filter(({ begin }) => begin <= at),
        ({ place }) => place,
      );
      return [...begun].map(([place, all]): ExpectedBackup => {
        const done = all.findLast(({ end }) => end !== undefined && end <= at);
        const next = all.find(({ end }) => end === undefined || end > at);
        return {
          place,
          ...(done?.id !== undefined && { id: done.id, holds: between(done.begin, done.end ?? at) }),
          ...(next && { next: between(next.begin, at) }),
        };
      });
    },
    sentBy: (at) => {
      const begun = [...changes.values()].flatMap((all) => all.filter(({ begin }) => begin <= at));
      const sums = begun.flatMap(({ state }) => (state === 'gone' ? [] : state));
      return [...new Set(sums)].filter((sum) => sum !== null);
    },
    moments: () => [...backups, ...[...changes.values()].flat()].flatMap(({ end }) => end ?? []),
  };
}

function statesBetween(id: string, changes: readonly Change[], from: number, to: number): [string, State[]][] {
  const last = changes.findLastIndex(({ end }) => end !== undefined && end <= from);
  if (last === -1) return [];
  return [[id, changes.slice(last).flatMap(({ begin, state }) => (begin <= to ? [state] : []))]];
}
