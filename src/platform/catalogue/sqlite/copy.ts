import { closeSync, fdatasync, openSync, rmSync } from 'node:fs';
import * as sqlite from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/**
 * The copy's last sync holds up all writes. So what is copied goes to the disk all the while, and
 * little is left to sync at the end.
 */
export async function copyTo(
  db: sqlite.DatabaseSync,
  path: string,
  signal?: AbortSignal,
  { backup }: Partial<Pick<typeof sqlite, 'backup'>> = sqlite,
): Promise<void> {
  if (backup === undefined) return copyAtOnce(db, path, signal);
  let file: number | undefined;
  let syncing: Promise<void> | undefined;
  const syncOn = () => {
    signal?.throwIfAborted();
    file ??= openSync(path, 'r');
    syncing ??= dataSync(file)
      .catch(() => undefined) // a failure shows again at the end
      .finally(() => {
        syncing = undefined;
      });
  };
  try {
    await betweenTransactions(() => backup(db, path, { progress: syncOn }), signal);
  } finally {
    await syncing;
    if (file !== undefined) closeSync(file);
  }
}

const dataSync = promisify(fdatasync);

/** For Node before 22.16, which has no backup: all calls wait until the copy is whole. */
async function copyAtOnce(db: sqlite.DatabaseSync, path: string, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  rmSync(path, { force: true });
  db.prepare('VACUUM INTO ?').run(path);
  const file = openSync(path, 'r');
  try {
    await dataSync(file);
  } finally {
    closeSync(file);
  }
}

const MOST_TRIES = 1000;
const WAIT_MS = 5;

/**
 * SQLite takes no page in the middle of a transaction of this connection: busy. Node goes on then,
 * but not if it was so at the very first page. That one fails without an error of SQLite's.
 */
async function betweenTransactions(copy: () => Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await copy();
      return;
    } catch (error) {
      const { code, errcode } = error as { readonly code?: string; readonly errcode?: number };
      if (code !== 'ERR_SQLITE_ERROR' || errcode !== SQLITE_OK || tries === MOST_TRIES) throw error;
    }
    await sleep(WAIT_MS);
    signal?.throwIfAborted();
  }
}

const SQLITE_OK = 0;

/** A copy made by SQLite's backup wants a log beside it. After this it is one file. */
export function finishCopy(path: string): void {
  const db = new sqlite.DatabaseSync(path);
  try {
    db.exec('PRAGMA journal_mode = DELETE');
  } finally {
    db.close();
  }
}
