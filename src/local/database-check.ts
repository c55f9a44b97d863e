import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * A whole check reads every page; above this size it would make starting slow, so only the file's
 * frame is checked.
 */
const WHOLE_CHECK_BYTES = 256 * 1024 * 1024;

/**
 * What SQLite finds damaged in a catalogue, before anything writes to it. `used`: it has held
 * tables before.
 */
export function findFault(file: string, used: boolean): string | undefined {
  if (!existsSync(file)) return undefined;
  const { size } = statSync(file);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    const schema = database.prepare('SELECT count(*) AS parts FROM sqlite_schema').get() as { parts: number };
    // SQLite takes a file cut to nothing for a new database
    if (used && schema.parts === 0) return 'it is empty';
    if (size > WHOLE_CHECK_BYTES) return undefined;
    const found = database.prepare('PRAGMA quick_check(1)').get() as { quick_check?: string } | undefined;
    return found?.quick_check === 'ok' ? undefined : oneLine(found?.quick_check ?? 'no answer');
  } catch (error) {
    return oneLine((error as Error).message);
  } finally {
    database?.close();
  }
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
