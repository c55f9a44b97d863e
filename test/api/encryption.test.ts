import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deriveBlockKeys } from '../../src/engine/blocks/object-form.ts';
import { createTestApi, KEY_ID, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf, readBlocks, writeBlocks } from '../support/blocks.ts';
import {
  CREATE_DISK,
  CREATE_SNAPSHOT,
  createDisk,
  createSnapshot,
  DISK,
  getDisk,
  getSnapshot,
} from '../support/operations.ts';

const BLOCK = 512 * 1024;
const COMPLETE = `mutation ($input: CompleteReencryptionInput!) {
  completeReencryption(input: $input) { disk { status reencryption { copiedBytes } } }
}`;
const OPEN_DRAFT = 'mutation ($input: OpenDraftInput!) { openDraft(input: $input) { draft { id version } } }';
const COMMIT_DRAFT = 'mutation ($input: CommitDraftInput!) { commitDraft(input: $input) { disk { version status } } }';

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

async function keysOf(disk: Told) {
  const { keyId, wrappedKey } = disk.encryption;
  return deriveBlockKeys(await api.keys.unwrap({ keyId, wrapped: wrappedKey }));
}

describe('3.7: encryption', () => {
  test('3.7: an encrypted disk, its snapshots and their clones have one key; the store sees no plain bytes', async () => {
    const disk = await createDisk(account, { encrypted: true });
    expect(disk).toMatchObject({ encrypted: true, status: 'AVAILABLE', encryption: { keyId: KEY_ID } });
    const keys = await keysOf(disk);
    await writeBlocks(account, disk.id, 0, { 2: blockOf('secret') }, keys);
    const snapshot = await createSnapshot(account, disk.id);
    expect(snapshot).toMatchObject({ encrypted: true, encryption: disk.encryption });
    const clone = await createDisk(account, { snapshotId: snapshot.id });
    expect(clone).toMatchObject({
      encrypted: true,
      status: 'AVAILABLE',
      encryption: disk.encryption,
      root: snapshot.root,
    });
    expect(await readBlocks(account, clone.id, keys)).toEqual({ 2: 'secret' });
    await expect(readBlocks(account, clone.id)).rejects.toThrow();
  });

  test('3.7: an encrypted snapshot never makes a plain disk, nor one with another key', async () => {
    const { id } = await createSnapshot(account, (await createDisk(account, { encryptionKeyId: KEY_ID })).id);
    const plain = await account.refusal(CREATE_DISK, { input: { snapshotId: id, encrypted: false } });
    expect(plain.extensions).toMatchObject({ code: 'EncryptionMismatch', field: 'encrypted' });
    const other = await account.refusal(CREATE_DISK, { input: { snapshotId: id, encryptionKeyId: 'other' } });
    expect(other.extensions).toMatchObject({ code: 'EncryptionMismatch', field: 'encryptionKeyId' });
  });

  test('3.7: a key that is not there is refused, and nothing is made', async () => {
    const refusal = await account.refusal(CREATE_DISK, {
      input: { sizeBytes: BLOCK, name: 'keyless', encryptionKeyId: 'nobody' },
    });
    expect(refusal.extensions.code).toBe('KeyUnavailable');
    const { disks } = await account.call('{ disks(filter: { namePrefix: "keyless" }) { nodes { id } } }');
    expect(disks.nodes).toEqual([]);
  });

  test('3.7: a plain snapshot under a key costs a copy, with progress, by the client', async () => {
    const source = await createDisk(account, { sizeBytes: 4 * BLOCK });
    await writeBlocks(account, source.id, 0, { 0: blockOf('p0'), 3: blockOf('p3') });
    const snapshot = await createSnapshot(account, source.id);
    const copy = await createDisk(account, { snapshotId: snapshot.id, encryptionKeyId: KEY_ID });
    const progress = { sourceSnapshotId: snapshot.id, copiedBytes: 0, totalBytes: 2 * BLOCK, progressPercent: 0 };
    expect(copy).toMatchObject({ status: 'CREATING', encrypted: true, root: 'empty', reencryption: progress });
    expect(await getSnapshot(account, snapshot.id)).toMatchObject({ encrypted: false, usage: 'DISK' });
    const early = await account.refusal(COMPLETE, { input: { diskId: copy.id } });
    expect(early.extensions).toMatchObject({ code: 'IncorrectDiskStatus', copiedBytes: 0, totalBytes: 2 * BLOCK });

    const keys = await keysOf(copy);
    const { openDraft } = await account.call(OPEN_DRAFT, { input: { diskId: copy.id, expectedVersion: 0 } });
    const draftId = openDraft.draft.id;
    await writeBlocks(account, draftId, 0, { 0: blockOf('p0') }, keys);
    expect((await getDisk(account, copy.id)).reencryption).toMatchObject({ copiedBytes: BLOCK, progressPercent: 50 });
    await writeBlocks(account, draftId, 1, { 3: blockOf('p3') }, keys);
    await account.call(COMMIT_DRAFT, { input: { draftId } });
    const { completeReencryption } = await account.call(COMPLETE, { input: { diskId: copy.id } });
    expect(completeReencryption.disk).toEqual({ status: 'AVAILABLE', reencryption: null });
    expect(await readBlocks(account, copy.id, keys)).toEqual({ 0: 'p0', 3: 'p3' });
    expect((await createSnapshot(account, copy.id)).encrypted).toBe(true);
    expect((await account.refusal(COMPLETE, { input: { diskId: copy.id } })).extensions.code).toBe(
      'IncorrectDiskStatus',
    );
  });

  test('3.7: what is being copied can be released, and gives its source back', async () => {
    const { id: snapshotId } = await createSnapshot(account, (await createDisk(account)).id);
    const { id } = await createDisk(account, { snapshotId, encrypted: true });
    expect((await account.refusal(CREATE_SNAPSHOT, { input: { diskId: id } })).extensions.code).toBe(
      'IncorrectDiskStatus',
    );
    await account.call('mutation ($id: ID!) { releaseDisk(input: { diskId: $id }) { diskId } }', { id });
    expect(await getSnapshot(account, snapshotId)).toMatchObject({ usage: 'NONE' });
  });

  test('3.7: a viewer sees that a disk is encrypted, but not its key', async () => {
    const { id } = await createDisk(account, { encrypted: true });
    const viewer = await account.createKey('VIEWER');
    const keyId = 'query ($id: ID!) { disk(id: $id) { encrypted encryption { keyId } } }';
    expect((await account.call(keyId, { id }, viewer)).disk).toEqual({
      encrypted: true,
      encryption: { keyId: KEY_ID },
    });
    expect((await account.refusal(DISK, { id }, viewer)).extensions).toMatchObject({
      code: 'Forbidden',
      needed: 'OPERATOR',
    });
  });
});
