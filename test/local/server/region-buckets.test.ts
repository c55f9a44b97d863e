import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { rebuildFolder } from '../../../src/local/server/rebuild.ts';
import { OPEN_SERVICE, type TestAccount, type Told } from '../../support/api.ts';
import { blockOf, readBlocks, writeBlocks } from '../../support/blocks.ts';
import { copySnapshot, getCopy } from '../../support/copies.ts';
import { createDisk, createSnapshot } from '../../support/operations.ts';
import { type Store, startStore } from '../elsewhere/stores.ts';
import { eventually } from '../running.ts';
import { type RegionsScene, regionsScene } from './regions-scene.ts';

let store: Store;
let scene: RegionsScene;
beforeAll(async () => {
  store = await startStore('s3rver');
  Object.assign(process.env, store.environment);
});
afterAll(() => store[Symbol.asyncDispose]());
beforeEach(async () => {
  scene = await regionsScene();
});
afterEach(() => scene.close());

const CONTENTS = { 0: 'one', 7: 'two' };

async function copiedTo(account: TestAccount, toRegion: string): Promise<Told> {
  for (const region of ['local', toRegion]) await account.call(OPEN_SERVICE, { terms: '2026-01', region });
  const disk = await createDisk(account, { encrypted: false });
  await writeBlocks(account, disk.id, 0, { 0: blockOf('one'), 7: blockOf('two') });
  const { id } = await copySnapshot(account, (await createSnapshot(account, disk.id)).id, { toRegion });
  await eventually(async () => (await getCopy(account, id)).status !== 'PROGRESSING');
  return getCopy(account, id);
}

test('7.1 a region in a bucket takes copies, gives disks, and stays known', async () => {
  const bucket = await store.bucket();
  const copy = await copiedTo(await scene.start(`south=${bucket}`), 'south');
  expect(copy).toMatchObject({ status: 'ACCOMPLISHED', region: 'south', copy: { movedBlocks: 2 } });
  await scene.stop();
  const account = await scene.start();
  const made = await createDisk(account, { snapshotId: copy.id, sizeBytes: undefined });
  expect(made.region).toBe('south');
  expect(await readBlocks(account, made.id)).toEqual(CONTENTS);
  await writeBlocks(account, made.id, 0, { 1: blockOf('written there') });
  const back = await copySnapshot(account, (await createSnapshot(account, made.id)).id, { toRegion: 'local' });
  await eventually(async () => (await getCopy(account, back.id)).status !== 'PROGRESSING');
  expect(await readBlocks(account, back.id)).toMatchObject({ ...CONTENTS, 1: 'written' });
});

test('7.1 a rebuild finds the copies of a region in a bucket and of one in a folder', async () => {
  const bucket = await store.bucket();
  const places = [`south=${bucket}`, `north=${join(scene.folder, 'north')}`];
  const account = await scene.start(...places);
  const copies = [await copiedTo(account, 'south'), await copiedTo(account, 'north')];
  await scene.stop();
  const dataDir = join(scene.folder, 'data');
  for (const end of ['', '-wal', '-shm']) await rm(join(dataDir, `catalogue.sqlite${end}`), { force: true });
  const report = await rebuildFolder({
    dataDir,
    withoutKeys: false,
    takeOver: false,
    environment: {},
    options: {},
    signal: new AbortController().signal,
    tell: () => undefined,
  });
  expect(report.losses).toEqual([]);
  const again = await scene.start();
  for (const { id } of copies) expect(await readBlocks(again, id)).toEqual(CONTENTS);
});
