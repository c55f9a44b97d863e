import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from './start-error.ts';

/** A whole check reads every page; above this size it would make starting slow, so only the file's frame is checked. */
const WHOLE_CHECK_BYTES = 256 * 1024 * 1024;

/** Refuses a catalogue that SQLite finds damaged, before anything writes to it. `used`: it has held tables before. */
export function checkDatabase(file: string, used: boolean): void {
  if (!existsSync(file)) return;
  const fault = findFault(file, used);
  if (fault !== undefined) throw new StartError(`The data folder is damaged: ${file} is not intact (${fault}).`);
}

function findFault(file: string, used: boolean): string | undefined {
  const { size } = statSync(file);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    const schema = database.prepare('SELECT count(*) AS parts FROM sqlite_schema').get() as { parts: number };
    if (used && schema.parts === 0) return 'it is empty'; // SQLite takes a file cut to nothing for a new database
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
