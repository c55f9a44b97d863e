import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SqliteCatalogue } from '../../platform/catalogue/sqlite.ts';
import { freeBytes, RESERVE_BYTES } from '../../platform/disk-space.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { mib } from '../folder/space.ts';
import { runInThread } from './run-in-thread.ts';

export interface CheckedCopy {
  /** A copy of the database, which the caller deletes. */
  readonly path: string;
  readonly damage?: string;
}

/** There is no room for a copy just now. The message says how much is needed. */
export class NoRoomError extends Error {
  override readonly name = 'NoRoomError';
}

/**
 * Copies the database while everybody goes on, and has the copy read in a thread of its own. The
 * live file is never opened: closing it would drop its lock.
 */
export async function checkedCopy(
  catalogue: Pick<SqliteCatalogue, 'backup'>,
  folder: string,
  signal: AbortSignal,
): Promise<CheckedCopy> {
  const place = join(folder, 'check');
  rmSync(place, { recursive: true, force: true });
  requireRoom(folder);
  makeFolder(place);
  const path = join(place, 'catalogue.sqlite');
  try {
    await catalogue.backup(path);
    const damage = await runInThread('check', { path }, { signal });
    return damage === undefined ? { path } : { path, damage };
  } catch (error) {
    dropCopy(folder);
    throw error;
  }
}

export function dropCopy(folder: string): void {
  rmSync(join(folder, 'check'), { recursive: true, force: true });
}

/** The copy is as large as the database with its log. The reserve is not for it. */
function requireRoom(folder: string): void {
  const needed = databaseBytes(folder) + RESERVE_BYTES;
  const free = freeBytes(folder);
  if (free < needed) {
    throw new NoRoomError(`A copy of the catalogue needs ${mib(needed)}, and ${mib(free)} are free.`);
  }
}

export function databaseBytes(folder: string): number {
  const sizes = ['', '-wal'].map(
    (end) => statSync(join(folder, `catalogue.sqlite${end}`), { throwIfNoEntry: false })?.size ?? 0,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
