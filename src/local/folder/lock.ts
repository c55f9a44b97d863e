import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { reason } from '../reason.ts';
import { FolderError } from '../start-error.ts';

export interface FolderLock {
  release(): void;
}

/**
 * A file of its own, locked by SQLite: the system lets go of it when this process ends, however it
 * ends. The catalogue's own lock would be dropped if anything in this process opened and closed
 * that file once more.
 */
export function lockFolder(path: string): FolderLock {
  try {
    const lock = tryLock(path);
    if (lock !== undefined) return lock;
  } catch (error) {
    throw new FolderError(`The data folder ${path} cannot be locked (${reason(error)}).`);
  }
  throw new FolderError(`The data folder ${path} is in use by another running Varve.`);
}

/** Undefined if another process, or another part of this one, has it. */
export function tryLock(path: string): FolderLock | undefined {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(path, 'lock'));
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    const held = lock;
    return { release: () => held.close() };
  } catch (error) {
    lock?.close();
    const { errcode } = error as { errcode?: number };
    if (errcode === 5) return undefined; // SQLITE_BUSY
    throw error;
  }
}
