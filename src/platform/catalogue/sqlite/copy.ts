import { closeSync, fdatasync, openSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';

/**
 * The copy's last sync holds up all writes. So what is copied goes to the disk all the while, and
 * little is left to sync at the end.
 */
export async function copyTo(db: DatabaseSync, path: string, signal?: AbortSignal): Promise<void> {
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
    await backup(db, path, { progress: syncOn });
  } finally {
    await syncing;
    if (file !== undefined) closeSync(file);
  }
}

const dataSync = promisify(fdatasync);

/** A copy made by SQLite's backup wants a log beside it. After this it is one file. */
export function finishCopy(path: string): void {
  const db = new DatabaseSync(path);
  try {
    db.exec('PRAGMA journal_mode = DELETE');
  } finally {
    db.close();
  }
}
