import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** The database is not what SQLite wrote. */
export class DamageError extends Error {
  override readonly name = 'DamageError';
}

/**
 * What SQLite finds damaged in a database that nobody has open, in one line; undefined if it is
 * intact or absent. Reads every page.
 */
export function findDamage(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    const found = database.prepare('PRAGMA integrity_check(1)').get() as { integrity_check?: string } | undefined;
    return found?.integrity_check === 'ok' ? undefined : oneLine(found?.integrity_check ?? 'no answer');
  } catch (error) {
    return oneLine((error as Error).message);
  } finally {
    database?.close();
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
