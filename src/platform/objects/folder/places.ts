import { hash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Incoming, Staged } from './incoming.ts';
import { pathOf } from './layout.ts';
import { missing } from './missing.ts';

/** Where objects are at the moment: staged, or in their places. */
export interface Places {
  /** Where an object lies, or will. */
  of(key: string): string;
  /** Where its bytes are now, if anywhere. What is staged is newer than what is in its place. */
  now(key: string): Promise<{ readonly path: string; readonly staged?: Staged }>;
  bytes(key: string): Promise<Buffer | undefined>;
  /** What `at` finds there: `undefined` means nothing, and it may be asked once more. */
  look<Found>(key: string, at: (path: string) => Promise<Found | undefined>): Promise<Found | undefined>;
  /** Size and time of its file. */
  stat(key: string): Promise<Stats | undefined>;
  /** SHA-256 of the bytes as they are now: what the disk has damaged is not what was uploaded. */
  sum(key: string): Promise<string | undefined>;
}

export function createPlaces(root: string, incoming: Incoming): Places {
  const now: Places['now'] = async (key) => {
    const staged = await incoming.get(key);
    return staged === undefined ? { path: pathOf(root, key) } : { path: staged.path, staged };
  };
  /**
   * A staged file may be gone when it is looked at. If it is still the one that is staged, it is
   * being made durable, and is in its place by then. Else a newer one is. Where there is nothing at
   * all, a client may have staged it.
   */
  const look: Places['look'] = async (key, at) => {
    let isLookedFor = false;
    for (let before: Staged | undefined; ; ) {
      const { path, staged } = await now(key);
      const isMoved = staged !== undefined && staged === before;
      const found = await at(isMoved ? pathOf(root, key) : path);
      if (found !== undefined || isMoved) return found;
      if (staged === undefined) {
        if (isLookedFor) return undefined;
        isLookedFor = true;
        await incoming.takeIn();
      }
      before = staged;
    }
  };
  const bytes: Places['bytes'] = (key) => look(key, (path) => readFile(path).catch(missing));
  return {
    of: (key) => pathOf(root, key),
    now,
    bytes,
    look,
    stat: (key) => look(key, (path) => stat(path).catch(missing)),
    sum: async (key) => {
      const found = await bytes(key);
      return found && hash('sha256', found, 'hex');
    },
  };
}
