import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';
import { blockOf, readBlocks, writeBlocks } from '../support/blocks.ts';
import { createInstance, getInstance, stop } from '../support/instances.ts';
import { createDisk, createSnapshot, getChain, getDisk, ROLLBACK_DISK, rollbackDisk } from '../support/operations.ts';

const BLOCK = 512 * 1024;
let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

/** A disk with snapshots A and B, and a change after B that no snapshot holds. */
async function diskWithHistory() {
  const disk = await createDisk(account);
  await writeBlocks(account, disk.id, 0, { 0: blockOf('a0'), 1: blockOf('a1') });
  const a = await createSnapshot(account, disk.id);
  await writeBlocks(account, disk.id, 1, { 0: blockOf('b0') });
  const b = await createSnapshot(account, disk.id);
  await writeBlocks(account, disk.id, 2, { 1: null, 2: blockOf('c2'), 3: blockOf('c3') });
  return { disk, a, b };
}

describe('4.9: rolling back', () => {
  test('4.9: the whole disk returns; later snapshots stay usable, also for rolling forward', async () => {
    const { disk, a, b } = await diskWithHistory();
    const back = await rollbackDisk(account, disk.id, a.id);
    expect(back).toMatchObject({
      disk: { id: disk.id, status: 'AVAILABLE', root: a.root, version: 4 },
      safetySnapshot: null,
      refusals: [],
      job: { kind: 'ROLLBACK_DISK', diskId: disk.id, snapshotId: a.id },
    });
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'a0', 1: 'a1' });
    await api.settle();
    await rollbackDisk(account, disk.id, b.id);
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'b0', 1: 'a1' });
    const third = await createSnapshot(account, disk.id);
    const { nodes } = (await getChain(account, disk.id)).nodes;
    expect(nodes.map(({ parentId }: { parentId: string }) => parentId)).toEqual([null, a.id, b.id]);
    expect(third.root).toBe(b.root);
  });

  test('4.9: a dry run says what would be lost since when, and changes nothing', async () => {
    const { disk, a, b } = await diskWithHistory();
    const dry = await rollbackDisk(account, disk.id, a.id, { dryRun: true });
    expect(dry).toMatchObject({ refusals: [], job: null, safetySnapshot: null });
    expect(dry.loss).toEqual({ since: b.createdAt, changedBytes: 3 * BLOCK, complete: true });
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'b0', 2: 'c2', 3: 'c3' });
    const done = await rollbackDisk(account, disk.id, a.id);
    expect(done.loss).toEqual(dry.loss);
    const again = await rollbackDisk(account, disk.id, a.id, { dryRun: true });
    expect(again.loss).toMatchObject({ changedBytes: 0 });
    expect(again.loss.since > b.createdAt).toBe(true);
  });

  test('4.9: a dry run says why the call would be refused', async () => {
    const { disk } = await diskWithHistory();
    const foreign = await createSnapshot(account, (await createDisk(account)).id);
    const dry = await rollbackDisk(account, disk.id, foreign.id, { dryRun: true, expectedVersion: 1 });
    expect(dry.refusals.map(({ code }: { code: string }) => code)).toEqual(['InvalidSnapshotDisk', 'VersionConflict']);
    const refusal = await account.refusal(ROLLBACK_DISK, { input: { diskId: disk.id, snapshotId: foreign.id } });
    expect(refusal.extensions.code).toBe('InvalidSnapshotDisk');
  });

  test('4.9: a safety snapshot is taken first', async () => {
    const { disk, a } = await diskWithHistory();
    const { safetySnapshot, loss } = await rollbackDisk(account, disk.id, a.id, {
      safetySnapshot: true,
      safetySnapshotName: 'just in case',
    });
    expect(safetySnapshot).toMatchObject({ name: 'just in case', kind: 'MANUAL' });
    expect(loss.changedBytes).toBe(0);
    expect(await readBlocks(account, safetySnapshot.id)).toEqual({ 0: 'b0', 2: 'c2', 3: 'c3' });
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'a0', 1: 'a1' });
    await rollbackDisk(account, disk.id, safetySnapshot.id);
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'b0', 2: 'c2', 3: 'c3' });
  });

  test('4.9: of an attached disk with its instance STOPPED, which can be started afterwards', async () => {
    const { id, systemDisk } = await createInstance(account);
    await writeBlocks(account, systemDisk.id, 0, { 0: blockOf('before') });
    const snapshot = await createSnapshot(account, systemDisk.id);
    await writeBlocks(account, systemDisk.id, 1, { 0: blockOf('after') });
    const input = { diskId: systemDisk.id, snapshotId: snapshot.id, startInstance: true };
    expect((await account.refusal(ROLLBACK_DISK, { input })).extensions).toMatchObject({
      code: 'IncorrectInstanceStatus',
      instanceId: id,
    });
    await stop(account, id);
    await account.call(ROLLBACK_DISK, { input });
    expect(await readBlocks(account, systemDisk.id)).toEqual({ 0: 'before' });
    expect((await getInstance(account, id)).status).toBe('RUNNING');
  });

  test('4.9: a writer that did not know of it is refused', async () => {
    const { disk, a } = await diskWithHistory();
    await rollbackDisk(account, disk.id, a.id, { expectedVersion: 3 });
    await expect(writeBlocks(account, disk.id, 3, { 0: blockOf('late') })).rejects.toThrow('VersionConflict');
    expect((await getDisk(account, disk.id)).version).toBe(4);
  });
});

test('4.10: recent work is kept across a rollback', async () => {
  const { disk, a } = await diskWithHistory();
  const { safetySnapshot } = await rollbackDisk(account, disk.id, a.id, { safetySnapshot: true });
  const aside = await createDisk(account, { snapshotId: safetySnapshot.id });
  expect(await readBlocks(account, aside.id)).toEqual({ 0: 'b0', 2: 'c2', 3: 'c3' });
  await writeBlocks(account, disk.id, 4, { 3: blockOf('c3') });
  await account.call('mutation ($id: ID!) { releaseDisk(input: { diskId: $id }) { diskId } }', { id: aside.id });
  await api.settle();
  expect(await readBlocks(account, disk.id)).toEqual({ 0: 'a0', 1: 'a1', 3: 'c3' });
});
