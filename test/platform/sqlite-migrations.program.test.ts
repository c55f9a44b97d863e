import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { entity, number, string } from '../../src/platform/catalogue/entity.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import { storedWrite } from '../../src/platform/catalogue/sqlite/item.ts';
import { copyBefore, migrateCopy } from '../../src/platform/catalogue/sqlite/migrate.ts';
import { MIGRATIONS } from '../../src/platform/catalogue/sqlite/migrations.ts';
import { openStore } from '../../src/platform/catalogue/sqlite/store.ts';
import { openSqliteCatalogue } from '../../src/platform/catalogue/sqlite.ts';
import { freeBytes } from '../../src/platform/disk-space.ts';
import { describeWith, leaveOut, tell } from '../support/programs.ts';

const thing = entity({
  name: 'thing',
  attributes: { id: string(), count: number() },
  primary: { partition: ['id'], sort: [] },
});
const ROWS = 500;
/** Two made-up versions after those that there are. */
const NOW = MIGRATIONS.length;
const NOTED = 'ALTER TABLE rows ADD COLUMN note TEXT; UPDATE rows SET note = pk';
const COUNTED = 'CREATE TABLE counts (rows INTEGER) STRICT; INSERT INTO counts SELECT count(*) FROM rows';
const TWO_MORE = [...MIGRATIONS, NOTED, COUNTED];
const LARGE = 'CREATE TABLE large AS SELECT randomblob(4096) FROM rows';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'varve-migrations-'));
  path = join(folder, 'catalogue.sqlite');
  await fill(path);
});
afterEach(() => rmSync(folder, { recursive: true }));

async function fill(database: string): Promise<void> {
  const store = await openStore(database);
  store.write([Array.from({ length: ROWS }, (_, at) => storedWrite(put(thing, { id: `n${at}`, count: at })))]);
  store.close();
}

/** What is in a database that nobody has open. */
function inside(database: string) {
  const db = new DatabaseSync(database);
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  const [{ rows } = { rows: 0 }] = db.prepare('SELECT count(*) AS rows FROM rows').all();
  const found = { version: db.prepare('PRAGMA user_version').get()?.user_version, rows };
  db.close();
  return { ...found, tables: tables.map(({ name }) => name) };
}

/** They are out of order then. */
function swapTwoRows(database: string): void {
  const db = new DatabaseSync(database);
  const rootPage = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'rows'").get()?.rootpage as number;
  const pageBytes = db.prepare('PRAGMA page_size').get()?.page_size as number;
  db.close();
  const bytes = readFileSync(database);
  const cells = (rootPage - 1) * pageBytes + INTERIOR_HEADER;
  const [first, second] = [bytes.readUInt16BE(cells), bytes.readUInt16BE(cells + 2)];
  bytes.writeUInt16BE(second, cells);
  bytes.writeUInt16BE(first, cells + 2);
  writeFileSync(database, bytes);
}
/** sqlite.org/fileformat2.html, 1.6 */
const INTERIOR_HEADER = 12;

const asBefore = { version: NOW, rows: ROWS, tables: ['rows'] };
const asAfter = { version: NOW + 2, rows: ROWS, tables: ['counts', 'rows'] };

describe('a database of an earlier version', () => {
  it('is copied, and gets every step', async () => {
    const catalogue = await openSqliteCatalogue(path, { migrations: TWO_MORE });
    const copy = copyBefore(path, NOW);
    expect(catalogue.migrated).toEqual({ from: NOW, to: NOW + 2, copy });
    await catalogue.transact([put(thing, { id: 'new', count: 1 })]);
    expect(await catalogue.get(thing, { id: 'n7' })).toEqual({ id: 'n7', count: 7 });
    await catalogue.close();
    expect(inside(path)).toEqual({ ...asAfter, rows: ROWS + 1 });
    expect(inside(copy)).toEqual(asBefore);
    expect(readdirSync(folder).sort()).toEqual(['catalogue.sqlite', `catalogue.sqlite.version-${NOW}`]);
    const again = await openSqliteCatalogue(path, { migrations: TWO_MORE });
    expect(again.migrated).toBeUndefined();
    await again.close();
  });

  it('can be used as it was, from the copy', async () => {
    (await openStore(path, { migrations: TWO_MORE })).close();
    for (const end of ['', '-wal']) rmSync(`${path}${end}`, { force: true });
    copyFileSync(copyBefore(path, NOW), path);
    const catalogue = await openSqliteCatalogue(path);
    expect(await catalogue.get(thing, { id: 'n7' })).toEqual({ id: 'n7', count: 7 });
    await catalogue.close();
  });

  it('is left alone by whoever only looks', async () => {
    const look = openSqliteCatalogue(path, { migrations: TWO_MORE, older: 'REFUSE' });
    await expect(look).rejects.toThrow(`has version ${NOW}, of an earlier Varve: start "varve server", which`);
    expect(inside(path)).toEqual(asBefore);
  });

  it('that is a copy itself is not copied', () => {
    migrateCopy(path, TWO_MORE);
    expect(inside(path)).toEqual(asAfter);
    expect(readdirSync(folder)).toEqual(['catalogue.sqlite']);
    expect(() => migrateCopy(path)).toThrow(
      `has version ${NOW + 2}; this Varve knows versions up to ${NOW}: run the Varve that wrote it, or a later one.`,
    );
  });

  it('a new one has all steps at once, and nothing to copy', async () => {
    const fresh = join(folder, 'fresh.sqlite');
    const store = await openStore(fresh, { migrations: TWO_MORE });
    store.close();
    expect(store.migrated).toBeUndefined();
    expect(inside(fresh)).toEqual({ ...asAfter, rows: 0 });
    expect(existsSync(copyBefore(fresh, 0))).toBe(false);
  });
});

describe('a step that fails in the middle', () => {
  it('leaves the version before it, and the copy, and the next start goes on', async () => {
    const broken = [...MIGRATIONS, NOTED, 'CREATE TABLE counts (rows INTEGER); INSERT INTO nowhere VALUES (1)'];
    const sentence =
      `${path} could not be brought from version ${NOW + 1} to ${NOW + 2} (no such table: nowhere): ` +
      `it has version ${NOW + 1}, and ${copyBefore(path, NOW)} is a copy of what it was before.`;
    await expect(openSqliteCatalogue(path, { migrations: broken })).rejects.toThrow(sentence);
    expect(inside(path)).toEqual({ ...asBefore, version: NOW + 1 });
    expect(inside(copyBefore(path, NOW))).toEqual(asBefore);
    const store = await openStore(path, { migrations: TWO_MORE });
    store.close();
    expect(store.migrated).toMatchObject({ from: NOW + 1, to: NOW + 2 });
    expect(inside(path)).toEqual(asAfter);
  });

  it('leaves the version before it on a full disk too', async () => {
    const options = { migrations: [...MIGRATIONS, NOTED, LARGE], mostPages: 200 };
    await expect(openStore(path, options)).rejects.toThrow(
      /database or disk is full.*it has version 2, and .* is a copy/,
    );
    expect(inside(path)).toEqual({ ...asBefore, version: NOW + 1 });
    expect(inside(copyBefore(path, NOW))).toEqual(asBefore);
  });

  it('of a damaged database is not even begun', async () => {
    swapTwoRows(path);
    await expect(openSqliteCatalogue(path, { migrations: TWO_MORE })).rejects.toMatchObject({ isDamaged: true });
    expect(inside(path)).toEqual(asBefore);
    expect(readdirSync(folder)).toEqual(['catalogue.sqlite']);
  });
});

describe('killed', () => {
  const start = (migrations: readonly string[]) =>
    fork(new URL('../support/migrating-child.ts', import.meta.url), [path, JSON.stringify(migrations)], {
      execArgv: [],
    });
  /** A database as its process would leave it just now. */
  const asLeft = () => {
    const left = join(folder, 'left');
    mkdirSync(left, { recursive: true });
    for (const end of ['', '-wal'])
      if (existsSync(path + end)) copyFileSync(path + end, join(left, `catalogue.sqlite${end}`));
    const { version } = inside(join(left, 'catalogue.sqlite'));
    rmSync(left, { recursive: true });
    return version;
  };

  it('between the steps, it goes on with the next start', async () => {
    const endless = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n';
    const child = start([...MIGRATIONS, NOTED, endless]);
    await vi.waitUntil(() => asLeft() === NOW + 1, { timeout: 60_000, interval: 100 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(inside(path)).toEqual({ ...asBefore, version: NOW + 1 });
    const store = await openStore(path, { migrations: TWO_MORE });
    store.close();
    expect(store.migrated).toEqual({ from: NOW + 1, to: NOW + 2, copy: copyBefore(path, NOW + 1) });
    expect(inside(path)).toEqual(asAfter);
    expect(inside(copyBefore(path, NOW))).toEqual(asBefore);
  });

  it('anywhere, a later start has done it all', async () => {
    let isDone = false;
    for (let ms = 60; !isDone; ms += 20) {
      const child = start(TWO_MORE);
      const ended = once(child, 'exit');
      isDone = await Promise.race([once(child, 'message').then(() => true), sleep(ms, false)]);
      child.kill('SIGKILL');
      await ended;
      expect([NOW, NOW + 1, NOW + 2]).toContain(inside(path).version);
      const copy = copyBefore(path, NOW);
      if (existsSync(copy)) expect(inside(copy)).toEqual(asBefore);
      else expect(inside(path)).toEqual(asBefore);
    }
    expect(inside(path)).toEqual(asAfter);
    // By the square of how long one start takes.
  }, 300_000);
});

describeWith(['mount'], 'a disk without room for the copy', () => {
  if (process.getuid?.() !== 0) return leaveOut('keeps the earlier version', 'this user may not mount here');

  it('keeps the earlier version, and says so', async () => {
    const small = join(folder, 'small');
    mkdirSync(small);
    await tell('mount', '-t', 'tmpfs', '-o', 'size=2m', 'varve-test', small);
    try {
      const own = join(small, 'catalogue.sqlite');
      await fill(own);
      const filler = join(small, 'filler');
      const { size } = statSync(own);
      // Room for the log of the database, and for a part of the copy.
      writeFileSync(filler, Buffer.alloc(freeBytes(small) - Math.floor(size * 0.7)));
      const sentence = /has version \d+, and could not be copied before it gets a later one \(.*\): it is as it was/;
      await expect(openSqliteCatalogue(own, { migrations: TWO_MORE })).rejects.toThrow(sentence);
      expect(readdirSync(small).filter((name) => name.includes('version'))).toEqual([]);
      rmSync(filler);
      expect(inside(own)).toEqual(asBefore);
      const store = await openStore(own, { migrations: TWO_MORE });
      store.close();
      expect(inside(own)).toEqual(asAfter);
    } finally {
      await tell('umount', small);
    }
  });
});
