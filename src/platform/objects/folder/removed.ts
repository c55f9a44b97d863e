import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathOf } from './layout.ts';
import { missing } from './missing.ts';

/** Deletes files of objects; while anybody holds them, it puts them aside instead. */
export interface Removed {
  remove(path: string, key: string): Promise<void>;
  /** The returned function ends the hold. With the last one, what was put aside is deleted. */
  hold(): () => Promise<void>;
}

/** What an earlier process held is held no longer. */
export async function openRemoved(folder: string): Promise<Removed> {
  const clear = () => rm(folder, { recursive: true, force: true });
  await clear();
  const holds = new Set<symbol>();
  return {
    remove: async (path, key) => {
      if (holds.size === 0) return rm(path, { force: true });
      const aside = pathOf(folder, key);
      await mkdir(dirname(aside), { recursive: true, mode: 0o700 });
      await rename(path, aside).catch(missing);
    },
    hold: () => {
      const own = Symbol('hold');
      holds.add(own);
      return async () => {
        holds.delete(own);
        if (holds.size === 0) await clear();
      };
    },
  };
}
