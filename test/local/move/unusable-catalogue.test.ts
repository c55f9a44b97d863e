import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDataFolder } from '../../../src/local/folder/open.ts';
import { moveObjects } from '../../../src/local/move/move.ts';
import { StartError } from '../../../src/local/start-error.ts';
import { openSqliteCatalogue } from '../../../src/platform/catalogue/sqlite.ts';
import { type Store, startStore } from '../elsewhere/stores.ts';
import { temporaryFolder } from '../running.ts';

/** A data folder that a server has been started on once. */
async function dataFolder(): Promise<{ path: string; catalogue: string } & Disposable> {
  const { path, [Symbol.dispose]: remove } = temporaryFolder();
  const folder = openDataFolder({ path, opening: 'make', withoutKeys: true });
  await (await openSqliteCatalogue(folder.catalogue)).close();
  folder.markComplete();
  folder.unlock();
  mkdirSync(folder.objects);
  return { path, catalogue: folder.catalogue, [Symbol.dispose]: remove };
}

function setVersion(catalogue: string, version: number): void {
  const db = new DatabaseSync(catalogue);
  db.exec(`PRAGMA user_version = ${version}`);
  db.close();
}

describe('a move is refused in one sentence before anything is copied', () => {
  let store: Store;
  beforeAll(async () => {
    store = await startStore('s3rver');
    Object.assign(process.env, store.environment);
  });
  afterAll(() => store[Symbol.asyncDispose]());

  test.each([
    ['is of a later version', (file: string) => setVersion(file, 99), /catalogue\.sqlite has version 99; this Varve/],
    ['is no database', (file: string) => writeFileSync(file, 'x'.repeat(8192)), /damaged: .* is not intact/],
  ])('if the catalogue %s', async (_, spoil, says) => {
    using folder = await dataFolder();
    const { path } = folder;
    spoil(folder.catalogue);
    const to = await store.bucket();
    const options = { signal: new AbortController().signal, progress: () => undefined };
    const move = moveObjects({ dataDir: path, to, acceptLosses: false, environment: {} }, options);
    const error: unknown = await move.catch((why: unknown) => why);
    expect(error).toBeInstanceOf(StartError);
    expect((error as StartError).message).toMatch(says);
    expect(store.moody.requests.filter(({ method }) => method === 'PUT')).toEqual([]);
    expect(readdirSync(path)).not.toContain('check');
  });
});
