import type { DatabaseSync } from 'node:sqlite';

/**
 * After a failure. Some failures end a transaction by themselves. Node before 22.16 does not say
 * which, and SQLite then refuses to end it once more.
 */
export function rollBack(db: DatabaseSync): void {
  if ('isTransaction' in db) {
    if (db.isTransaction) db.exec('ROLLBACK');
    return;
  }
  try {
    (db as DatabaseSync).exec('ROLLBACK');
  } catch {
    // it has ended
  }
}
