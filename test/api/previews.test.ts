import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { previewReinitialization, previewRelease, previewRollback } from '../../src/service/disks/previews.ts';
import { previewImageDeletion } from '../../src/service/images/preview.ts';
import { takeSnapshot } from '../../src/service/snapshots/create.ts';
import { previewDeletion } from '../../src/service/snapshots/preview.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import { countReads } from '../support/counted-reads.ts';
import { attach, createImage, createInstance, REINITIALIZE } from '../support/instances.ts';
import { createDisk, createSnapshot, deleteSnapshots, releaseDisk, rollbackDisk } from '../support/operations.ts';

const FREED = 'freed { objects storedBytes keptBytes settled }';
const LOSS = 'loss { since changedBytes complete }';
const ROLLBACK = `query ($input: RollbackPreviewInput!) {
  preview: rollbackPreview(input: $input) { disk { id version } ${LOSS} refusals { code } ${FREED} }
}`;
const REINITIALIZATION = `query ($input: ReinitializePreviewInput!) {
  preview: reinitializePreview(input: $input) { disk { id } ${LOSS} error { code } ${FREED} }
}`;
const RELEASE = `query ($input: ReleasePreviewInput!) {
  preview: releasePreview(input: $input) {
    disk { id } error { code } deletedSnapshotIds keptSnapshotCount ${FREED} restorableUntil freeFrom
  }
}`;
const IMAGE = `query ($imageId: ID!) {
  preview: deleteImagePreview(imageId: $imageId) { image { id } shareCount ${FREED} restorableUntil freeFrom }
}`;
const DELETION = `query ($input: DeleteSnapshotsPreviewInput!) {
  preview: deleteSnapshotsPreview(input: $input) {
    objects storedBytes keptBytes settled results { snapshotId storedBytes error { code } }
  }
}`;
const DELETE_IMAGE = 'mutation ($id: ID!) { deleteImage(input: { imageId: $id }) { imageId } }';

let api: TestApi;
let account: TestAccount;
let viewer: string;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
  viewer = await account.createKey('VIEWER');
});
afterAll(() => api.close());

/** As a caller who may only look. */
const ask = async (query: string, variables: object): Promise<Told> =>
  (await account.call(query, variables, viewer)).preview;

const waiting = async (): Promise<number> =>
  (await account.call('{ capacity { waitingBytes } }')).capacity.waitingBytes;

/** Stored bytes that come to wait for being freed through this. */
async function freedBy(work: () => Promise<unknown>): Promise<number> {
  await api.settle();
  const before = await waiting();
  await work();
  await api.settle();
  return (await waiting()) - before;
}

const caller = () => serviceCaller(account.id);

/** The service, whose reads are counted, also those of the version tree. */
function countedService() {
  const { catalogue, requests } = countReads(api.engine.catalogue);
  return { service: { ...api.service, catalogue, tree: createVersionTree({ ...api.engine, catalogue }) }, requests };
}

let texts = 0;
/** A disk with a snapshot, and a block since then. */
async function changedDisk(input: object = {}): Promise<Told> {
  const disk = await createDisk(account, input);
  const version = await writeBlocks(account, disk.id, 0, { 0: blockOf(`kept ${++texts}`) });
  const snapshot = await createSnapshot(account, disk.id);
  await writeBlocks(account, disk.id, version, { 1: blockOf(`lost ${texts}`) });
  await api.settle();
  return { ...disk, snapshotId: snapshot.id };
}

describe('4.9: the preview of a rollback', () => {
  test('4.9: says what is lost, and frees what the rollback frees', async () => {
    const { id: diskId, snapshotId } = await changedDisk();
    const { disk, loss, refusals, freed } = await ask(ROLLBACK, { input: { diskId, snapshotId } });
    expect([disk.id, loss.changedBytes, loss.complete, refusals]).toEqual([diskId, 512 * 1024, true, []]);
    expect(freed).toMatchObject({ objects: expect.any(Number), keptBytes: 0, settled: true });
    expect(freed.storedBytes).toBeGreaterThan(0);
    expect(await freedBy(() => rollbackDisk(account, diskId, snapshotId))).toBe(freed.storedBytes);
  });

  test('4.9: with a safety snapshot, nothing is lost and nothing freed', async () => {
    const { id: diskId, snapshotId } = await changedDisk();
    const input = { diskId, snapshotId, safetySnapshot: true };
    const { loss, freed } = await ask(ROLLBACK, { input });
    expect([loss.changedBytes, freed.storedBytes]).toEqual([0, 0]);
    expect(await freedBy(() => rollbackDisk(account, diskId, snapshotId, { safetySnapshot: true }))).toBe(0);
  });

  test('4.9: says all reasons for a refusal', async () => {
    const { id: diskId } = await changedDisk();
    const { snapshotId } = await changedDisk();
    await attach(account, diskId, (await createInstance(account)).id);
    const { refusals } = await ask(ROLLBACK, { input: { diskId, snapshotId, expectedVersion: 77 } });
    const codes = refusals.map(({ code }: Told) => code);
    expect(codes).toEqual(['InvalidSnapshotDisk', 'IncorrectInstanceStatus', 'VersionConflict']);
  });

  test('4.9: what others use too is told as kept', async () => {
    const { id: diskId, snapshotId } = await changedDisk();
    const other = await createDisk(account);
    await writeBlocks(account, other.id, 0, { 5: blockOf(`lost ${texts}`) });
    await api.settle();
    const { freed } = await ask(ROLLBACK, { input: { diskId, snapshotId } });
    expect(freed.keptBytes).toBeGreaterThan(0);
    expect(await freedBy(() => rollbackDisk(account, diskId, snapshotId))).toBe(freed.storedBytes);
  });
});

describe('3.5: the preview of a reinitialisation', () => {
  test('3.5: frees what it frees, back to the origin and to zeros', async () => {
    const { snapshotId } = await changedDisk();
    for (const origin of [{ snapshotId }, {}]) {
      const { id: diskId } = await changedDisk(origin);
      const { error, loss, freed } = await ask(REINITIALIZATION, { input: { diskId } });
      expect([error, loss.changedBytes]).toEqual([null, 512 * 1024]);
      const work = () => account.call(REINITIALIZE, { input: { diskId } });
      expect(await freedBy(work)).toBe(freed.storedBytes);
      expect(freed.storedBytes).toBeGreaterThan(0);
    }
  });

  test('3.5: says why it would be refused', async () => {
    const { snapshotId } = await changedDisk();
    const { id: diskId } = await createDisk(account, { snapshotId });
    await deleteSnapshots(account, [snapshotId], true);
    const { error } = await ask(REINITIALIZATION, { input: { diskId } });
    expect(error).toEqual({ code: 'OriginSnapshotDeleted' });
  });
});

describe('3.8: the preview of a release', () => {
  test('3.8: frees what the release frees; its snapshots by hand stay', async () => {
    const { id: diskId } = await changedDisk();
    const preview = await ask(RELEASE, { input: { diskId } });
    expect(preview).toMatchObject({ error: null, deletedSnapshotIds: [], keptSnapshotCount: 1, restorableUntil: null });
    expect(preview.freed.storedBytes).toBeGreaterThan(0);
    expect(await freedBy(() => releaseDisk(account, diskId))).toBe(preview.freed.storedBytes);
  });

  test('3.8: names the automatic snapshots that go with it', async () => {
    const disk = await createDisk(account, { deleteAutoSnapshots: true });
    const take = async (version: number, kind: 'AUTO' | 'MANUAL') => {
      await writeBlocks(account, disk.id, version, { 0: blockOf(`of ${version}, ${disk.id}`) });
      const wanted = { diskId: disk.id, kind, tags: [] };
      return (await takeSnapshot(api.service, caller(), wanted, { operation: 'test', token: undefined })).id;
    };
    const gone = await take(0, 'AUTO');
    const used = await take(1, 'AUTO');
    await take(2, 'MANUAL');
    await createDisk(account, { snapshotId: used });
    await api.settle();
    const preview = await ask(RELEASE, { input: { diskId: disk.id } });
    expect(preview).toMatchObject({ deletedSnapshotIds: [gone], keptSnapshotCount: 2 });
    expect(preview.freed.storedBytes).toBeGreaterThan(0);
    let deleted: readonly string[] = [];
    const release = async () => {
      deleted = (await releaseDisk(account, disk.id)).deletedSnapshotIds;
    };
    expect(await freedBy(release)).toBe(preview.freed.storedBytes);
    expect(deleted).toEqual([gone]);
  });

  test('3.8: says why it would be refused, and until when it could be brought back', async () => {
    const own = await api.createAccount({ trashHours: 2 });
    const disk = await createDisk(own);
    const before = api.clock.now();
    const { preview } = await own.call(RELEASE, { input: { diskId: disk.id } });
    expect(Date.parse(preview.restorableUntil)).toBeGreaterThanOrEqual(before + 2 * 3600_000);
    expect(Date.parse(preview.freeFrom)).toBe(Date.parse(preview.restorableUntil) + api.service.reclaimGraceMs);
    await attach(own, disk.id, (await createInstance(own)).id);
    const again = (await own.call(RELEASE, { input: { diskId: disk.id } })).preview;
    expect(again.error).toEqual({ code: 'IncorrectDiskStatus' });
  });
});

test('6.1: the preview of an image frees what its deletion frees', async () => {
  const { snapshotId } = await changedDisk();
  const image = await createImage(account, snapshotId);
  await deleteSnapshots(account, [snapshotId], true); // refused: an image stands on it
  const preview = await ask(IMAGE, { imageId: image.id });
  expect(preview).toMatchObject({ image: { id: image.id }, shareCount: 0, freed: { storedBytes: 0 } });
  expect(await freedBy(() => account.call(DELETE_IMAGE, { id: image.id }))).toBe(0);
});

describe('4.6: the preview of deleting many', () => {
  let ids: readonly string[];
  beforeAll(async () => {
    const disk = await createDisk(account);
    const made: string[] = [];
    let version = 0;
    for (let at = 0; at < 101; at++) {
      if (at % 20 === 0) version = await writeBlocks(account, disk.id, version, { [at % 3]: blockOf(`many ${at}`) });
      made.push((await createSnapshot(account, disk.id)).id);
    }
    version = await writeBlocks(account, disk.id, version, { 0: blockOf('a'), 1: blockOf('b'), 2: blockOf('c') });
    await api.settle();
    ids = made;
  });

  test('4.6: goes for more than one call deletes, and its rows add up', async () => {
    const preview = await ask(DELETION, { input: { snapshotIds: ids } });
    const sum = preview.results.reduce((total: number, { storedBytes }: Told) => total + storedBytes, 0);
    expect(preview.results).toHaveLength(101);
    expect(preview.storedBytes).toBeGreaterThan(0);
    expect(sum).toBe(preview.storedBytes);
    // Those around a change, of which some alone have what others of them share.
    const few = ids.slice(17, 23);
    const ofFew = await ask(DELETION, { input: { snapshotIds: few } });
    expect(await freedBy(() => deleteSnapshots(account, few))).toBe(ofFew.storedBytes);
  });

  test('4.6: goes up to as many as a chain may have', async () => {
    const many = Array.from({ length: 513 }, (_, at) => `s-${String(at).padStart(20, '0')}`);
    const { results } = await ask(DELETION, { input: { snapshotIds: many.slice(1) } });
    expect(new Set(results.map(({ error }: Told) => error.code))).toEqual(new Set(['NotFound']));
    const refusal = await account.refusal(DELETION, { input: { snapshotIds: many } });
    expect(refusal.extensions).toMatchObject({ code: 'InvalidParameter', field: 'snapshotIds' });
  });

  test('4.6: each preview of something small takes a few requests', async () => {
    const { service, requests } = countedService();
    const one = await changedDisk();
    const made = await changedDisk({ snapshotId: one.snapshotId });
    const image = await createImage(account, one.snapshotId);
    await api.settle();
    const of = async (work: () => Promise<unknown>) => {
      requests();
      await work();
      return requests();
    };
    const how = { startInstance: false, breakLease: false };
    const input = { diskId: one.id, snapshotId: one.snapshotId, safetySnapshot: false, expectedVersion: null, ...how };
    const snapshotIds = [one.snapshotId, made.snapshotId];
    expect({
      rollback: await of(() => previewRollback(service, caller(), input)),
      reinitialization: await of(() => previewReinitialization(service, caller(), { diskId: made.id, ...how })),
      release: await of(() => previewRelease(service, caller(), { diskId: one.id, breakLease: false })),
      image: await of(() => previewImageDeletion(service, caller(), image.id)),
      deletion: await of(() => previewDeletion(service, caller(), { snapshotIds, force: true })),
    }).toEqual({ rollback: 13, reinitialization: 13, release: 12, image: 7, deletion: 10 });
  });

  test('4.6: reads the rows of 500 together', async () => {
    const { service, requests } = countedService();
    const many = Array.from({ length: 500 }, (_, at) => `s-${String(at).padStart(20, '0')}`);
    const input = { snapshotIds: many, force: false };
    await previewDeletion(service, caller(), input);
    expect(requests()).toBe(5 + 1);
  });
});
