import type { Clock } from '../../src/platform/clock.ts';
import type { ObjectStore } from '../../src/platform/objects/port.ts';

/**
 * A delete is sent within 20 s of its tombstone, and is on its way for so long at most: together,
 * what a tombstone stands for.
 */
const LONGEST_WAY_MS = 100_000;

export interface LateDeletes {
  readonly objects: ObjectStore;
  /** Lets the deletes arrive whose time has come. */
  arrive(): void;
}

/**
 * An object store whose deletes take effect at any time: at once, later, or at once and again
 * later. The last is a request that was sent again while the first was still on its way.
 */
export function withLateDeletes(
  objects: ObjectStore,
  remove: (key: string) => void,
  clock: Clock,
  random: () => number,
) {
  let underway: { readonly key: string; readonly at: number }[] = [];
  const arrive = (): void => {
    const due = underway.filter(({ at }) => at <= clock.now());
    underway = underway.filter(({ at }) => at > clock.now());
    for (const { key } of due) remove(key);
  };
  const late: ObjectStore = {
    ...objects,
    remove: async (keys) => {
      for (const key of keys) {
        const dice = random();
        if (dice < 0.6) remove(key);
        if (dice > 0.3) underway.push({ key, at: clock.now() + Math.floor(random() * LONGEST_WAY_MS) });
      }
    },
  };
  return { objects: late, arrive } satisfies LateDeletes;
}
