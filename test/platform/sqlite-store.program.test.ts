import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { entity, number, optional, string } from '../../src/platform/catalogue/entity.ts';
import { equal, patch, put } from '../../src/platform/catalogue/port.ts';
import { storedWrite } from '../../src/platform/catalogue/sqlite/item.ts';
import type { Reply, Request } from '../../src/platform/catalogue/sqlite/requests.ts';
import { openStore, type SqliteStore } from '../../src/platform/catalogue/sqlite/store.ts';
import { answerAll } from '../../src/platform/catalogue/sqlite/turns.ts';
import { openSqliteCatalogue } from '../../src/platform/catalogue/sqlite.ts';

const thing = entity({
  name: 'thing',
  attributes: { id: string(), count: number(), until: optional(number()) },
  primary: { partition: ['id'], sort: [] },
  expiry: 'until',
});
const counted = (id: string, count: number) => storedWrite(put(thing, { id, count }, 'any'));
const keyOf = (id: string) => ({ pk: `thing\u0001${id}`, sk: 'thing' });

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-sqlite-'));
  path = join(folder, 'catalogue.db');
});
afterEach(() => rm(folder, { recursive: true }));

describe('a database file', () => {
  it('has all that was acknowledged when it is opened again', async () => {
    const first = await openSqliteCatalogue(path);
    await first.transact([put(thing, { id: 'a', count: 1 })]);
    await first.close();
    const second = await openSqliteCatalogue(path);
    expect(await second.get(thing, { id: 'a' })).toEqual({ id: 'a', count: 1 });
    await second.close();
  });

  it('has all that was acknowledged after its process was killed', async () => {
    const child = fork(new URL('../support/sqlite-child.ts', import.meta.url), [path], { execArgv: [] });
    let acknowledged = 0;
    child.on('message', (count: number) => {
      acknowledged = count;
    });
    while (acknowledged < 200) await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = await openStore(path);
    const rows = store.read(Array.from({ length: acknowledged }, (_, at) => keyOf(`n${at}`)));
    expect(rows.every((row) => row !== undefined)).toBe(true);
    store.close();
  });

  it.each<[string, () => Promise<void>, string]>([
    ['of a later version', () => changed('PRAGMA user_version = 99'), 'has version 99'],
    ['that is no database', () => writeFile(path, 'x'.repeat(9000)), 'not a database'],
  ])('%s is refused with a sentence, and left as it was', async (_, spoil, sentence) => {
    (await openStore(path)).close();
    await spoil();
    const before = await readFile(path);
    await expect(openSqliteCatalogue(path)).rejects.toThrow(sentence);
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it('that another process has open is refused', async () => {
    const child = fork(new URL('../support/sqlite-child.ts', import.meta.url), [path], { execArgv: [] });
    await once(child, 'message');
    await expect(openSqliteCatalogue(path)).rejects.toThrow('locked');
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('in a folder that is not there is refused', async () => {
    await expect(openSqliteCatalogue(join(folder, 'none', 'catalogue.db'))).rejects.toThrow('unable to open');
  });

  it('can be copied while it is used, and the copy is whole', async () => {
    const catalogue = await openSqliteCatalogue(path);
    await catalogue.transact([put(thing, { id: 'a', count: 1 })]);
    const copy = join(folder, 'copy.db');
    await Promise.all([
      catalogue.backup(copy),
      ...Array.from({ length: 20 }, (_, at) => catalogue.transact([put(thing, { id: `n${at}`, count: at })])),
    ]);
    await catalogue.close();
    const store = await openStore(copy);
    expect(store.read([keyOf('a')])).toEqual(['{"id":"a","count":1}']);
    store.close();
  });

  it('can be copied at any moment of a transaction', async () => {
    const catalogue = await openSqliteCatalogue(path);
    let isOver = false;
    const writer = async () => {
      for (let round = 0; !isOver; round++)
        await catalogue.transact(
          Array.from({ length: 100 }, (_, at) => put(thing, { id: `n${at}`, count: round }, 'any')),
        );
    };
    const writers = Array.from({ length: 8 }, writer);
    for (let at = 0; at < 40; at++) await catalogue.backup(join(folder, `copy-${at}.db`));
    isOver = true;
    await Promise.all(writers);
    await catalogue.close();
    for (let at = 0; at < 40; at++) {
      const store = await openStore(join(folder, `copy-${at}.db`));
      const counts = store.scan({ prefix: 'thing\u0001', limit: 1000 }).map((row) => JSON.parse(row).count);
      expect(new Set(counts).size).toBeLessThanOrEqual(1);
      store.close();
    }
  });

  it('drops rows whose time is up, some at a time', async () => {
    const catalogue = await openSqliteCatalogue(path);
    for (let at = 0; at < 6; at++)
      await catalogue.transact(
        Array.from({ length: 100 }, (_, no) => put(thing, { id: `${at}-${no}`, count: 1, until: 1000 + at })),
      );
    expect(await catalogue.dropExpired(999_000)).toBe(0);
    expect(await catalogue.dropExpired(1_006_000)).toBe(500);
    expect(await catalogue.dropExpired(1_006_000)).toBe(100);
    expect(await catalogue.dropExpired(1_006_000)).toBe(0);
    await catalogue.close();
  });
});

async function changed(sql: string): Promise<void> {
  const db = new DatabaseSync(path);
  db.exec(`${sql}; PRAGMA wal_checkpoint(TRUNCATE)`);
  db.close();
}

const DONE = expect.objectContaining({ ok: true });

describe('a turn', () => {
  const answersOf = (store: SqliteStore, requests: readonly Request[]) => {
    const posts: Reply[][] = [];
    answerAll(store, requests, (replies) => posts.push(replies));
    return posts;
  };
  const write = (id: number, ...writes: ReturnType<typeof counted>[]): Request => ({
    id,
    kind: 'write',
    input: writes,
  });

  it('answers reads before it syncs, and syncs once for all writes', async () => {
    const store = await openStore(path);
    let syncs = 0;
    const counting: SqliteStore = {
      ...store,
      write: (group) => {
        syncs += 1;
        return store.write(group);
      },
    };
    const posts = answersOf(counting, [
      write(1, counted('a', 1)),
      { id: 2, kind: 'read', input: [keyOf('a')] },
      write(3, counted('b', 1)),
    ]);
    expect(posts).toEqual([
      [{ id: 2, answer: [undefined] }],
      [
        { id: 1, answer: DONE },
        { id: 3, answer: DONE },
      ],
    ]);
    expect(syncs).toBe(1);
    store.close();
  });

  it('lets each transaction see those before it, and a refused one write nothing', async () => {
    const store = await openStore(path);
    const add = (expected: number) =>
      storedWrite(patch(thing, { id: 'a' }, { add: { count: 1 }, when: [equal('count', expected)] }));
    answersOf(store, [write(1, counted('a', 1))]);
    const [replies] = answersOf(store, [write(2, add(1)), write(3, add(1), counted('b', 1)), write(4, add(2))]);
    expect(replies).toEqual([
      { id: 2, answer: { ok: true, after: ['{"id":"a","count":2}'] } },
      { id: 3, answer: { ok: false, failed: [0] } },
      { id: 4, answer: { ok: true, after: ['{"id":"a","count":3}'] } },
    ]);
    expect(store.read([keyOf('a'), keyOf('b')])).toEqual(['{"id":"a","count":3}', undefined]);
    store.close();
  });

  it('on a full disk does each by itself what still fits in, and says which did not', async () => {
    const store = await openStore(path);
    store.close();
    const db = new DatabaseSync(path);
    const pages = db.prepare('PRAGMA page_count').get()?.page_count as number;
    db.close();
    const full = await openStore(path, { mostPages: pages + 4 });
    const big = Object.assign(counted('big', 1), { text: JSON.stringify({ id: 'x'.repeat(100_000) }) });
    const [replies = []] = answersOf(full, [write(1, counted('a', 1)), write(2, big), write(3, counted('b', 1))]);
    expect(replies.map((reply) => ('answer' in reply ? reply.answer : reply.trouble.kind))).toEqual([
      DONE,
      'FULL',
      DONE,
    ]);
    expect(full.read([keyOf('a'), keyOf('big'), keyOf('b')])).toEqual([
      '{"id":"a","count":1}',
      undefined,
      '{"id":"b","count":1}',
    ]);
    full.close();
  });

  it('after a sync that failed acknowledges nothing, and tries nothing again', () => {
    const lost = Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 1034 });
    let tries = 0;
    const broken = {
      write: () => {
        tries += 1;
        throw lost;
      },
    } as unknown as SqliteStore;
    const [replies = []] = answersOf(broken, [write(1, counted('a', 1)), write(2, counted('b', 1))]);
    expect(replies.map((reply) => ('trouble' in reply ? reply.trouble.kind : 'done'))).toEqual(['LOST', 'LOST']);
    expect(tries).toBe(1);
  });
});

it('a damaged page ends no thread: who asks for it is told, and others go on', async () => {
  const catalogue = await openSqliteCatalogue(path);
  for (let at = 0; at < 40; at++)
    await catalogue.transact(Array.from({ length: 100 }, (_, no) => put(thing, { id: `${at}-${no}`, count: no })));
  await catalogue.close();
  const file = await open(path, 'r+');
  const { size } = await file.stat();
  await file.write(Buffer.alloc(8192, 0xff), 0, 8192, Math.floor(size / 8192) * 4096);
  await file.close();
  const again = await openSqliteCatalogue(path);
  const answers = await Promise.allSettled(Array.from({ length: 40 }, (_, at) => again.get(thing, { id: `${at}-50` })));
  expect(answers.some(({ status }) => status === 'rejected')).toBe(true);
  expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true);
  await again.close();
});
