import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { copyTo } from '../../src/platform/catalogue/sqlite/copy.ts';
import { rollBack } from '../../src/platform/catalogue/sqlite/roll-back.ts';

let folder: string;
let db: DatabaseSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'varve-sqlite-'));
  db = new DatabaseSync(join(folder, 'db'));
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA user_version = 7; CREATE TABLE rows (pk TEXT); INSERT INTO rows VALUES (1)',
  );
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const rowsIn = (database: DatabaseSync) => database.prepare('SELECT pk FROM rows').all();

it('without SQLite’s backup a copy is whole too, and replaces one of an earlier try', async () => {
  const path = join(folder, 'copy');
  writeFileSync(path, 'a part of a copy');
  await copyTo(db, path, undefined, {});
  const copy = new DatabaseSync(path);
  expect(rowsIn(copy)).toEqual([{ pk: '1' }]);
  expect(copy.prepare('PRAGMA user_version').get()).toEqual({ user_version: 7 });
  copy.close();
  await expect(copyTo(db, path, AbortSignal.abort(new Error('closed')), {})).rejects.toThrow('closed');
});

it('a transaction is ended where nobody says whether one is open', () => {
  const silent = { exec: (sql: string) => db.exec(sql) } as DatabaseSync;
  db.exec('BEGIN; INSERT INTO rows VALUES (2)');
  rollBack(silent);
  expect(rowsIn(db)).toHaveLength(1);
  rollBack(silent); // nothing is open
  db.exec('BEGIN; INSERT INTO rows VALUES (3)');
  rollBack(db);
  expect(rowsIn(db)).toHaveLength(1);
});
