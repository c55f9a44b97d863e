import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApi, KEY_ID, post, type TestAccount, type TestApi } from '../support/api.ts';
import { blockOf, readBlocks, writeBlocks } from '../support/blocks.ts';
import { CREATE_INSTANCE, createImage, createInstance, REINITIALIZE, stop } from '../support/instances.ts';
import {
  createDisk,
  createSnapshot,
  DELETE_SNAPSHOTS,
  deleteSnapshots,
  GIB,
  getSnapshot,
} from '../support/operations.ts';

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());
const SHARE = 'mutation ($input: ShareImageInput!) { shareImage(input: $input) { image { sharedWith } } }';
const UNSHARE = 'mutation ($input: UnshareImageInput!) { unshareImage(input: $input) { image { sharedWith } } }';
const IMAGE = 'query ($id: ID!) { image(id: $id) { id owned snapshotId sharedWith } }';
const COMPLETE =
  'mutation ($input: CompleteReencryptionInput!) { completeReencryption(input: $input) { disk { id } } }';
const DELETE = 'mutation ($id: ID!) { deleteImage(input: { imageId: $id }) { imageId } }';

async function snapshotOf(input: object = {}) {
  const disk = await createDisk(account, input);
  if (!disk.encrypted) await writeBlocks(account, disk.id, 0, { 0: blockOf('base') });
  return { disk, snapshot: await createSnapshot(account, disk.id) };
}

test('6.1, 4.6: an image keeps its snapshot until it is deleted', async () => {
  const { snapshot } = await snapshotOf();
  const image = await createImage(account, snapshot.id);
  expect(image).toMatchObject({ root: snapshot.root, owned: true, snapshotId: snapshot.id });
  expect((await getSnapshot(account, snapshot.id)).usage).toBe('IMAGE');
  const disk = await createDisk(account, { imageId: image.id });
  expect(await readBlocks(account, disk.id)).toEqual({ 0: 'base' });
  const input = { snapshotIds: [snapshot.id], force: true };
  const [result] = (await account.call(DELETE_SNAPSHOTS, { input })).deleteSnapshots.results;
  expect(result.error.code).toBe('SnapshotUsedByImage');
  await account.call(DELETE, { id: image.id });
  await deleteSnapshots(account, [snapshot.id]);
  await api.settle();
  expect(await readBlocks(account, disk.id)).toEqual({ 0: 'base' });
  const refusal = await account.refusal(REINITIALIZE, { input: { diskId: disk.id } });
  expect(refusal.extensions.code).toBe('OriginSnapshotDeleted');
});

test('6.1: an image is described, renamed and deleted; a deleted one makes nothing more', async () => {
  const { snapshot } = await snapshotOf();
  const { id: imageId } = await createImage(account, snapshot.id, { name: 'before', description: 'what it is' });
  const update = `mutation ($input: UpdateImageInput!) {
    updateImage(input: $input) { image { name description tags { key value } } }
  }`;
  const change = async (input: object) =>
    (await account.call(update, { input: { imageId, ...input } })).updateImage.image;
  expect(await change({ name: 'after', tags: [{ key: 'k' }] })).toEqual({
    name: 'after',
    description: 'what it is',
    tags: [{ key: 'k', value: '' }],
  });
  expect(await change({ description: null })).toMatchObject({ name: 'after', description: null });
  const list = '{ images(filter: { namePrefix: "after" }) { nodes { id } } }';
  expect((await account.call(list)).images.nodes).toEqual([{ id: imageId }]);
  await account.call(DELETE, { id: imageId });
  expect((await account.call(list)).images.nodes).toEqual([]);
  const create = 'mutation ($input: CreateDiskInput!) { createDisk(input: $input) { disk { id } } }';
  expect((await account.refusal(create, { input: { imageId } })).extensions).toMatchObject({
    code: 'NotFound',
    id: imageId,
  });
});

test('6.2: shared and taken back; never an encrypted one', async () => {
  const { snapshot } = await snapshotOf();
  const image = await createImage(account, snapshot.id);
  const other = await api.createAccount();
  const input = { imageId: image.id, accountIds: [other.id] };
  expect((await other.refusal(IMAGE, { id: image.id })).extensions.code).toBe('NotFound');
  await account.call(SHARE, { input });
  const seen = (await other.call(IMAGE, { id: image.id })).image;
  expect(seen).toEqual({ id: image.id, owned: false, snapshotId: null, sharedWith: [] });
  expect(await createDisk(other, { imageId: image.id })).toMatchObject({ status: 'CREATING', root: 'empty' });
  await account.call(UNSHARE, { input });
  expect((await other.refusal(IMAGE, { id: image.id })).extensions.code).toBe('NotFound');
  const sealed = await createImage(account, (await snapshotOf({ encrypted: true })).snapshot.id);
  const refusal = await account.refusal(SHARE, { input: { ...input, imageId: sealed.id } });
  expect(refusal.extensions.code).toBe('EncryptedImageNotShareable');
});

describe('6.2: an account that does not exist', () => {
  const NOBODY = 'nobody-of-that-name';
  const DAY_MS = 86_400_000;
  const share = async (owner: TestAccount, imageId: string, accountIds: readonly string[]) =>
    (await post(api.invoke, owner.key, SHARE, { input: { imageId, accountIds } })).errors?.[0];
  const ownImage = async () => {
    const owner = await api.createAccount();
    const snapshot = await createSnapshot(owner, (await createDisk(owner)).id);
    return { owner, imageId: (await createImage(owner, snapshot.id)).id as string };
  };

  test('is refused with its field, and nothing is shared', async () => {
    const { owner, imageId } = await ownImage();
    const other = await api.createAccount();
    const error = await share(owner, imageId, [other.id, NOBODY]);
    expect(error?.extensions).toMatchObject({ code: 'InvalidParameter', field: 'accountIds.1' });
    expect((await owner.call(IMAGE, { id: imageId })).image.sharedWith).toEqual([]);
    expect((await other.refusal(IMAGE, { id: imageId })).extensions.code).toBe('NotFound');
  });

  test('tells little of who else is here: after 20 in a day all are refused alike, until the next', async () => {
    const { owner, imageId } = await ownImage();
    const [first, later] = [await api.createAccount(), await api.createAccount()];
    expect(await share(owner, imageId, [first.id])).toBeUndefined();
    const asked = await Promise.all(Array.from({ length: 30 }, (_, at) => share(owner, imageId, [`${NOBODY}-${at}`])));
    const fields = asked.map((error) => error?.extensions.field).sort();
    expect(fields).toEqual([...new Array(10).fill('accountIds'), ...new Array(20).fill('accountIds.0')]);
    const answers = [await share(owner, imageId, [later.id]), await share(owner, imageId, [NOBODY])];
    expect(answers[0]?.message).toBe(answers[1]?.message);
    expect(answers[0]?.extensions).toMatchObject({ code: 'InvalidParameter', field: 'accountIds' });
    expect(await share(owner, imageId, [first.id])).toBeUndefined(); // has it already
    api.clock.advance(DAY_MS);
    expect(await share(owner, imageId, [later.id])).toBeUndefined();
  });

  test('names that exist cost nothing', async () => {
    const { owner, imageId } = await ownImage();
    const other = await api.createAccount();
    for (let time = 0; time < 25; time++) {
      expect(await share(owner, imageId, [other.id])).toBeUndefined();
      await owner.call(UNSHARE, { input: { imageId, accountIds: [other.id] } });
    }
  });
});

test('6.1, 6.2: an instance from a shared image, by a snapshot of its copy; at once it is refused, which tells so', async () => {
  const { snapshot } = await snapshotOf();
  const { id: imageId } = await createImage(account, snapshot.id);
  const other = await api.createAccount();
  await account.call(SHARE, { input: { imageId, accountIds: [other.id] } });
  const atOnce = (input: object) => other.refusal(CREATE_INSTANCE, { input });
  expect(await atOnce({ systemDisk: { imageId } })).toMatchObject({
    message: expect.stringContaining('take a snapshot of it'),
    extensions: { code: 'InvalidParameter', field: 'systemDisk.imageId' },
  });
  expect(await atOnce({ systemDisk: { sizeBytes: GIB }, dataDisks: [{ imageId }] })).toMatchObject({
    message: expect.stringContaining('attach it'),
    extensions: { code: 'InvalidParameter', field: 'dataDisks.0.imageId' },
  });
  const copy = await createDisk(other, { imageId });
  await writeBlocks(other, copy.id, 0, { 0: blockOf('base') });
  await api.settle();
  await other.call(COMPLETE, { input: { diskId: copy.id } });
  const own = await createSnapshot(other, copy.id);
  await account.call(UNSHARE, { input: { imageId, accountIds: [other.id] } });
  const { status, systemDisk } = await createInstance(other, { systemDisk: { snapshotId: own.id } });
  expect(status).toBe('RUNNING');
  expect(await readBlocks(other, systemDisk.id)).toEqual({ 0: 'base' });
});

test('3.7, 6.1: an instance’s disk under a key from a plain origin is refused by what was asked for', async () => {
  const { snapshot } = await snapshotOf();
  const { id: imageId } = await createImage(account, snapshot.id);
  for (const origin of [{ imageId }, { snapshotId: snapshot.id }]) {
    for (const [wish, field] of [
      [{ encrypted: true }, 'encrypted'],
      [{ encryptionKeyId: KEY_ID }, 'encryptionKeyId'],
      [{ encrypted: true, encryptionKeyId: KEY_ID }, 'encryptionKeyId'],
    ] as const) {
      const refusal = await account.refusal(CREATE_INSTANCE, { input: { systemDisk: { ...origin, ...wish } } });
      expect(refusal.extensions).toMatchObject({ code: 'InvalidParameter', field: `systemDisk.${field}` });
    }
  }
});

test('3.5: a disk returns to its origin, an attached one only with its instance STOPPED', async () => {
  const { disk, snapshot } = await snapshotOf();
  expect((await account.call(REINITIALIZE, { input: { diskId: disk.id } })).reinitializeDisk.disk.root).toBe('empty');
  const made = await createInstance(account, { systemDisk: { snapshotId: snapshot.id } });
  const input = { diskId: made.systemDisk.id };
  expect((await account.refusal(REINITIALIZE, { input })).extensions.code).toBe('IncorrectInstanceStatus');
  await stop(account, made.id);
  await writeBlocks(account, made.systemDisk.id, 0, { 0: null });
  await account.call(REINITIALIZE, { input });
  await api.settle();
  expect(await readBlocks(account, made.systemDisk.id)).toEqual({ 0: 'base' });
});
