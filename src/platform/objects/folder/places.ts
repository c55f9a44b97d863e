import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Incoming, Staged } from './incoming.ts';
import { pathOf } from './layout.ts';

/** Where objects are at the moment: staged, or in their places. */
export interface Places {
  /** Where an object lies, or will. */
  of(key: string): string;
  /** Where its bytes are now, if anywhere. What is staged is newer than what is in its place. */
  now(key: string): Promise<{ readonly path: string; readonly staged?: Staged }>;
  bytes(key: string): Promise<Buffer | undefined>;
  /** SHA-256 of the bytes as they are now: what the disk has damaged is not what was uploaded. */
  sum(key: string): Promise<string | undefined>;
}

export function createPlaces(root: string, incoming: Incoming): Places {
  const now: Places['now'] = async (key) => {
    const staged = await incoming.get(key);
    return staged === undefined ? { path: pathOf(root, key) } : { path: staged.path, staged };
  };
  const bytes = async (key: string): Promise<Buffer | undefined> => {
    for (let again = true; ; again = false) {
      const at = await now(key);
      const found = await readFile(at.path).catch(missing);
      // One that was moved meanwhile is looked for once more.
      if (found !== undefined || at.staged === undefined || !again) return found;
    }
  };
  return {
    of: (key) => pathOf(root, key),
    now,
    bytes,
    sum: async (key) => {
      const found = await bytes(key);
      return found && hash('sha256', found, 'hex');
    },
  };
}

export function missing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
}
