import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApi, OTHER_REGION, REGION, type TestAccount, type TestApi } from '../support/api.ts';
import { blockOf, readBlocks, writeBlocks } from '../support/blocks.ts';
import {
  CREATE_DISK,
  CREATE_SNAPSHOT,
  createDisk,
  createSnapshot,
  DISK,
  GIB,
  getChain,
  getDisk,
  getSnapshot,
  RESIZE_DISK,
  releaseDisk,
  rollbackDisk,
  UPDATE_DISK,
} from '../support/operations.ts';

const DAY_MS = 86_400_000;
let api: TestApi;
let account: TestAccount;

beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

describe('3.1: what a disk is', () => {
  test('3.1: a new disk has what was asked for, and the defaults', async () => {
    const disk = await createDisk(account, { name: 'Données', tags: [{ key: 'b', value: '2' }, { key: 'a' }] });
    expect(disk).toMatchObject({
      id: expect.stringMatching(/^d-[0-9a-z]{20}$/),
      region: REGION,
      name: 'Données',
      kind: 'DATA',
      category: 'CLOUD',
      sizeBytes: GIB,
      status: 'AVAILABLE',
      chargeType: 'POSTPAID',
      expiresAt: null,
      encrypted: false,
      encryption: null,
      deleteAutoSnapshots: false,
      deleteWithInstance: false,
      origin: { kind: 'NONE', snapshotId: null, snapshot: null },
      tags: [
        { key: 'a', value: '' },
        { key: 'b', value: '2' },
      ],
      version: 0,
      root: 'empty',
      sizes: { ownBytes: 0, totalBytes: 0 },
      reencryption: null,
      chain: { id: disk.id },
    });
    expect(await getDisk(account, disk.id)).toEqual(disk);
  });

  test('3.1: a disk can be changed, and what is left out stays', async () => {
    const disk = await createDisk(account, { name: 'before', tags: [{ key: 'k', value: 'v' }] });
    const input = { diskId: disk.id, name: 'after', deleteAutoSnapshots: true };
    const { updateDisk } = await account.call(UPDATE_DISK, { input });
    expect(updateDisk.disk).toEqual({ ...disk, name: 'after', deleteAutoSnapshots: true });
    expect((await account.call(UPDATE_DISK, { input: { diskId: disk.id, tags: [] } })).updateDisk.disk.tags).toEqual(
      [],
    );
    expect(await getDisk(account, disk.id)).toMatchObject({ name: 'after', tags: [] });
  });

  test('3.1: a tag may have any key', async () => {
    const tags = ['__proto__', 'constructor', 'ключ', 'π 1'].map((key) => ({ key, value: key }));
    const disk = await createDisk(account, { tags });
    expect(disk.tags).toEqual(tags.toSorted((a, b) => (a.key < b.key ? -1 : 1)));
    expect((await getDisk(account, disk.id)).tags).toEqual(disk.tags);
  });

  test('3.1: a LOCAL disk has no snapshots, and is made of none', async () => {
    const local = await createDisk(account, { category: 'LOCAL' });
    expect(local.chain).toBeNull();
    const refusal = await account.refusal(CREATE_SNAPSHOT, { input: { diskId: local.id } });
    expect(refusal.extensions).toMatchObject({ code: 'UnsupportedDiskCategory', category: 'LOCAL' });
    const snapshot = await createSnapshot(account, (await createDisk(account)).id);
    const input = { category: 'LOCAL', snapshotId: snapshot.id };
    expect((await account.refusal(CREATE_DISK, { input })).extensions.code).toBe('UnsupportedDiskCategory');
    expect((await releaseDisk(account, local.id)).diskId).toBe(local.id);
  });

  test('3.1: a prepaid disk past its time is EXPIRED: read and snapshotted, not written', async () => {
    const expiresAt = new Date(api.clock.now() + DAY_MS).toISOString();
    const disk = await createDisk(account, { chargeType: 'PREPAID', expiresAt });
    expect(disk).toMatchObject({ status: 'AVAILABLE', chargeType: 'PREPAID', expiresAt });
    await writeBlocks(account, disk.id, 0, { 0: blockOf('paid') });
    api.clock.advance(DAY_MS);
    expect((await getDisk(account, disk.id)).status).toBe('EXPIRED');
    await expect(writeBlocks(account, disk.id, 1, { 0: blockOf('late') })).rejects.toThrow('IncorrectDiskStatus');
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'paid' });
    expect((await createSnapshot(account, disk.id)).status).toBe('ACCOMPLISHED');
  });
});

describe('3.2: creation', () => {
  test('3.2: from a snapshot, with its contents, kind and size', async () => {
    const source = await createDisk(account, { kind: 'SYSTEM', sizeBytes: 10 * 1024 * 1024 });
    await writeBlocks(account, source.id, 0, { 3: blockOf('three') });
    const snapshot = await createSnapshot(account, source.id);
    const { disk } = (await account.call(CREATE_DISK, { input: { snapshotId: snapshot.id } })).createDisk;
    expect(disk).toMatchObject({
      kind: 'SYSTEM',
      sizeBytes: 10 * 1024 * 1024,
      root: snapshot.root,
      status: 'AVAILABLE',
    });
    expect(disk.origin).toEqual({ kind: 'SNAPSHOT', snapshotId: snapshot.id, snapshot: { id: snapshot.id } });
    expect(await readBlocks(account, disk.id)).toEqual({ 3: 'three' });
    expect(await getSnapshot(account, snapshot.id)).toMatchObject({ usage: 'DISK', diskCount: 1 });
  });

  test('3.2: the size is at least the origin’s', async () => {
    const snapshot = await createSnapshot(account, (await createDisk(account)).id);
    const small = await account.refusal(CREATE_DISK, { input: { snapshotId: snapshot.id, sizeBytes: GIB - 1 } });
    expect(small.extensions).toMatchObject({ code: 'InvalidParameter', field: 'sizeBytes' });
    expect(await createDisk(account, { snapshotId: snapshot.id, sizeBytes: GIB + 1 })).toMatchObject({
      sizeBytes: GIB + 1,
    });
    const none = await account.refusal(CREATE_DISK, { input: {} });
    expect(none.extensions).toMatchObject({ code: 'InvalidParameter', field: 'sizeBytes' });
  });

  test('3.2: a disk and its snapshot lie in one region', async () => {
    const snapshot = await createSnapshot(account, (await createDisk(account)).id);
    const refusal = await account.refusal(CREATE_DISK, { input: { snapshotId: snapshot.id, region: OTHER_REGION } });
    expect(refusal.extensions).toMatchObject({ code: 'InvalidParameter', field: 'region' });
  });
});

describe('3.4: resize', () => {
  test('3.4: only upwards, up to 64 TiB', async () => {
    const { id } = await createDisk(account);
    const resize = (sizeBytes: number) => ({ input: { diskId: id, sizeBytes } });
    expect((await account.call(RESIZE_DISK, resize(GIB))).resizeDisk.disk.sizeBytes).toBe(GIB);
    for (const _ of ['first', 'repeated']) {
      expect((await account.call(RESIZE_DISK, resize(2 * GIB + 1))).resizeDisk.disk.sizeBytes).toBe(2 * GIB + 1);
    }
    for (const bad of [2 * GIB, 0, 64 * 1024 * GIB + 1]) {
      expect((await account.refusal(RESIZE_DISK, resize(bad))).extensions).toMatchObject({ field: 'sizeBytes' });
    }
    expect((await getDisk(account, id)).sizeBytes).toBe(2 * GIB + 1);
  });

  test('3.4: a rollback restores the data and keeps the new size; beyond the snapshot there are zeros', async () => {
    const block = 512 * 1024;
    const { id } = await createDisk(account, { sizeBytes: block });
    await writeBlocks(account, id, 0, { 0: blockOf('old') });
    const snapshot = await createSnapshot(account, id);
    await account.call(RESIZE_DISK, { input: { diskId: id, sizeBytes: 3 * block } });
    await writeBlocks(account, id, 1, { 0: blockOf('new'), 2: blockOf('beyond') });
    const { disk } = await rollbackDisk(account, id, snapshot.id);
    expect(disk.sizeBytes).toBe(3 * block);
    expect(await readBlocks(account, id)).toEqual({ 0: 'old' });
  });
});

describe('3.8: release', () => {
  test('3.8: manual snapshots stay, with their chain and contents', async () => {
    const { id } = await createDisk(account);
    await writeBlocks(account, id, 0, { 1: blockOf('kept') });
    const snapshot = await createSnapshot(account, id);
    await writeBlocks(account, id, 1, { 1: blockOf('lost') });
    expect(await releaseDisk(account, id)).toMatchObject({
      diskId: id,
      deletedSnapshotIds: [],
      job: { kind: 'RELEASE_DISK' },
    });
    expect((await account.refusal(DISK, { id })).extensions.code).toBe('NotFound');
    await api.settle();
    expect(await readBlocks(account, snapshot.id)).toEqual({ 1: 'kept' });
    expect(await getSnapshot(account, snapshot.id)).toMatchObject({ sourceDisk: { id, disk: null } });
    expect(await getChain(account, id)).toMatchObject({ id, disk: null, snapshotCount: 1 });
  });

  test('3.8: a disk without snapshots takes its chain along, and gives its origin back', async () => {
    const origin = await createSnapshot(account, (await createDisk(account)).id);
    const { id } = await createDisk(account, { snapshotId: origin.id });
    await releaseDisk(account, id);
    expect((await account.refusal('query ($id: ID!) { chain(id: $id) { id } }', { id })).extensions.code).toBe(
      'NotFound',
    );
    expect(await getSnapshot(account, origin.id)).toMatchObject({ usage: 'NONE', diskCount: 0 });
  });
});
