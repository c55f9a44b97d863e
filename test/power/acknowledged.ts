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

/** Who acknowledged what, and when: kept outside of the machine that loses its power. */
export interface Acknowledged {
  /** Something new: `create` answers its id. */
  created(contents: Contents, create: () => Promise<string>): Promise<string>;
  changed(id: string, state: State, change: () => Promise<void>): Promise<void>;
  /** A change that another call acknowledges: the answer is to be called then. */
  begun(id: string, state: State): () => void;
  /** What must be there after a cut at this position. */
  at(position: number): Expected;
  /** Blocks that somebody may have sent by then. */
  sentBy(position: number): ObjectId[];
  /** When something was acknowledged. */
  moments(): number[];
}

/** `position` tells how much the device has been told. */
export function createAcknowledged(position: () => number): Acknowledged {
  const changes = new Map<string, Change[]>();
  const creations: Creation[] = [];
  const begun = (id: string, state: State) => {
    const change: Change = { state, begin: position() };
    changes.get(id)?.push(change);
    return () => {
      change.end = position();
    };
  };
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
    at: (at) => ({
      states: Object.fromEntries([...changes].flatMap(([id, all]) => statesAt(id, all, at))),
      mostOthers: creations.filter(({ begin, end }) => begin <= at && (end === undefined || end > at)).length,
    }),
    sentBy: (at) => {
      const begun = [...changes.values()].flatMap((all) => all.filter(({ begin }) => begin <= at));
      const sums = begun.flatMap(({ state }) => (state === 'gone' ? [] : state));
      return [...new Set(sums)].filter((sum) => sum !== null);
    },
    moments: () => [...changes.values()].flatMap((all) => all.flatMap(({ end }) => end ?? [])),
  };
}

function statesAt(id: string, changes: readonly Change[], at: number): [string, State[]][] {
  const last = changes.findLastIndex(({ end }) => end !== undefined && end <= at);
  if (last === -1) return [];
  return [[id, changes.slice(last).flatMap(({ begin, state }) => (begin <= at ? [state] : []))]];
}
