import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ObjectId, objectKey } from '../../src/engine/blocks/block.ts';
import { RECLAIM_TIMES } from '../../src/engine/reclaim/reclaim.ts';
import { createReclaimer } from '../../src/engine/reclaim/reclaimer.ts';
import { domainIdOf } from '../../src/service/model/disks/domains.ts';
import { createTestApi, REGION, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import { createDisk, createSnapshot, deleteSnapshots, PREVIEW, releaseDisk } from '../support/operations.ts';

const RECLAIM = `query ($region: String) {
  reclaim(region: $region) { waitingObjects waitingBytes nextAt allAt graceHours underWay freedObjects freedBytes }
}`;
const HOUR_MS = 3600_000;

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

const state = async (of = account): Promise<Told> => (await of.call(RECLAIM)).reclaim;

async function reclaim(): Promise<void> {
  const reclaimer = createReclaimer(api.engine, { ...RECLAIM_TIMES, searchEveryMs: Number.POSITIVE_INFINITY });
  for (const _pass of [1, 2]) {
    await reclaimer.sweep(Number.POSITIVE_INFINITY);
    api.clock.advance(RECLAIM_TIMES.holdMs + 1);
  }
}

test('4.6: what waits to be freed, until when, and what was freed, is what the preview promised', async () => {
  const nothing = { waitingObjects: 0, waitingBytes: 0, nextAt: null, allAt: null, graceHours: 24, underWay: false };
  expect(await state()).toEqual({ ...nothing, freedObjects: 0, freedBytes: 0 });
  const disk = await createDisk(account);
  await writeBlocks(account, disk.id, 0, { 0: blockOf('one'), 1: blockOf('two') });
  const snapshot = await createSnapshot(account, disk.id);
  await writeBlocks(account, disk.id, 1, { 0: blockOf('three') });
  await api.settle();
  const input = { snapshotIds: [snapshot.id] };
  const { deleteSnapshotsPreview: preview } = await account.call(PREVIEW, { input });
  const deletedAt = api.clock.now();
  await deleteSnapshots(account, [snapshot.id]);
  expect(await state()).toMatchObject({ underWay: true });
  await api.settle();
  const waiting = await state();
  expect(waiting).toMatchObject({
    waitingObjects: preview.objects,
    waitingBytes: preview.storedBytes,
    underWay: false,
    freedObjects: 0,
  });
  for (const at of [waiting.nextAt, waiting.allAt]) {
    expect(Date.parse(at)).toBeGreaterThanOrEqual(deletedAt + 24 * HOUR_MS);
    expect(Date.parse(at)).toBeLessThanOrEqual(api.clock.now() + 24 * HOUR_MS);
  }
  api.clock.advance(12 * HOUR_MS);
  await releaseDisk(account, disk.id);
  await api.settle();
  const both = await state();
  expect(both.nextAt).toBe(waiting.nextAt);
  expect(Date.parse(both.allAt) - Date.parse(both.nextAt)).toBeGreaterThanOrEqual(12 * HOUR_MS);
  api.clock.advance(Date.parse(both.nextAt) - api.clock.now() + 60_000);
  await reclaim();
  const half = await state();
  expect(half).toMatchObject({ freedObjects: preview.objects, freedBytes: preview.storedBytes });
  expect(half.waitingObjects).toBe(both.waitingObjects - preview.objects);
  api.clock.advance(24 * HOUR_MS);
  await reclaim();
  expect(await state()).toEqual({ ...nothing, freedObjects: both.waitingObjects, freedBytes: both.waitingBytes });
  expect(await state(await api.createAccount())).toMatchObject({ freedObjects: 0 });
  expect((await account.refusal(RECLAIM, { region: 'nowhere' })).extensions).toMatchObject({
    code: 'InvalidParameter',
    field: 'region',
  });
});

test('4.6: the preview of deleting a set is, to the byte, what then leaves the bucket', async () => {
  const own = await api.createAccount();
  const disk = await createDisk(own);
  const snapshots: string[] = [];
  const contents: readonly (readonly string[])[] = [
    ['a', 'b', 'c'],
    ['a', 'd', 'd'],
    ['e', 'd', 'c'],
    ['f', 'g', 'b'],
  ];
  for (const [version, texts] of contents.entries()) {
    const blocks = Object.fromEntries(texts.map((text, index) => [index, blockOf(`set ${text}`)]));
    await writeBlocks(own, disk.id, version, blocks);
    snapshots.push((await createSnapshot(own, disk.id)).id);
  }
  // A clone of the third, and another disk that has a block of the first: what they need stays.
  await createDisk(own, { snapshotId: snapshots[2], sizeBytes: null });
  const other = await createDisk(own);
  await writeBlocks(own, other.id, 0, { 9: blockOf('set a') });
  await writeBlocks(own, disk.id, 4, { 0: blockOf('set h') });
  await api.settle();
  const doomed = [snapshots[0], snapshots[1], snapshots[3]] as string[];
  const { deleteSnapshotsPreview: promised } = await own.call(PREVIEW, { input: { snapshotIds: doomed } });
  expect(promised).toMatchObject({ settled: true });
  expect(promised.objects).toBeGreaterThan(3);
  const before = await inBucket(own);
  await deleteSnapshots(own, doomed);
  await api.settle();
  api.clock.advance(25 * HOUR_MS);
  await reclaim();
  const after = await inBucket(own);
  expect({ objects: before.objects - after.objects, storedBytes: before.storedBytes - after.storedBytes }).toEqual({
    objects: promised.objects,
    storedBytes: promised.storedBytes,
  });
  const { objects: freedObjects, storedBytes: freedBytes } = promised;
  expect(await state(own)).toMatchObject({ waitingObjects: 0, freedObjects, freedBytes });
});

/** What the store itself holds for an account, pages included. */
async function inBucket(of: TestAccount): Promise<{ readonly objects: number; readonly storedBytes: number }> {
  const prefix = objectKey(domainIdOf({ accountId: of.id, region: REGION }), '' as ObjectId);
  const { keys, more } = await api.objects.list(prefix, { limit: 1000 });
  expect(more).toBe(false);
  return { objects: keys.length, storedBytes: keys.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
}
