import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '../../src/service/calls/caller.ts';
import { takeSnapshot } from '../../src/service/snapshots/create.ts';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';
import { blockOf, readBlocks, writeBlocks } from '../support/blocks.ts';
import {
  createDisk,
  createSnapshot,
  deleteSnapshots,
  getChain,
  getSnapshot,
  releaseDisk,
  rollbackDisk,
} from '../support/operations.ts';

const JOBS = 'query ($filter: JobFilter) { jobs(filter: $filter) { nodes { id kind status diskId snapshotId } } }';

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

describe('jobs', () => {
  test('deletion, rollback and release leave work that can be followed to its end', async () => {
    const disk = await createDisk(account);
    await writeBlocks(account, disk.id, 0, { 0: blockOf('j0'), 1: blockOf('j1') });
    const a = await createSnapshot(account, disk.id);
    await writeBlocks(account, disk.id, 1, { 0: blockOf('j2') });
    const b = await createSnapshot(account, disk.id);
    const [deletion] = await deleteSnapshots(account, [b.id]);
    const rollback = await rollbackDisk(account, disk.id, a.id);
    const release = await releaseDisk(account, disk.id);
    const expected = [
      { id: release.job.id, kind: 'RELEASE_DISK', status: 'PENDING', diskId: disk.id, snapshotId: null },
      { id: rollback.job.id, kind: 'ROLLBACK_DISK', status: 'PENDING', diskId: disk.id, snapshotId: a.id },
      { id: deletion.job.id, kind: 'DELETE_SNAPSHOT', status: 'PENDING', diskId: disk.id, snapshotId: b.id },
    ];
    const filter = { diskId: disk.id };
    api.clock.advance(60_000);
    expect((await account.call(JOBS, { filter })).jobs.nodes).toEqual(expected);
    await api.settle();
    const done = expected.map((job) => ({ ...job, status: 'SUCCEEDED' }));
    expect((await account.call(JOBS, { filter })).jobs.nodes).toEqual(done);
    expect((await account.call(JOBS, { filter: { status: ['PENDING'] } })).jobs.nodes).toEqual([]);
    expect((await account.call(JOBS, { filter: { kind: ['ROLLBACK_DISK'], diskId: disk.id } })).jobs.nodes).toEqual([
      done[1],
    ]);
    const query = 'query ($id: ID!) { job(id: $id) { status } node(id: $id) { __typename id } }';
    const job = { status: 'SUCCEEDED' };
    expect(await account.call(query, { id: rollback.job.id })).toEqual({
      job,
      node: { __typename: 'Job', id: rollback.job.id },
    });
  });
});

describe('3.8: automatic snapshots at a release', () => {
  /** As the policies' timer will: there is no call for it. */
  async function takeAuto(diskId: string, name: string) {
    const caller: Caller = { accountId: account.id, apiKeyId: '', role: 'OPERATOR' };
    const wanted = { diskId, kind: 'AUTO', name, retentionDays: 30, tags: [] } as const;
    return takeSnapshot(api.service, caller, wanted, { operation: 'test', token: undefined });
  }

  test('3.8: they go with deleteAutoSnapshots, unless a disk was made from them; manual ones stay', async () => {
    const disk = await createDisk(account, { deleteAutoSnapshots: true });
    await writeBlocks(account, disk.id, 0, { 0: blockOf('u0') });
    const goes = await takeAuto(disk.id, 'auto2.0_20260101_sp-1');
    const used = await takeAuto(disk.id, 'auto2.0_20260102_sp-1');
    const manual = await createSnapshot(account, disk.id);
    const clone = await createDisk(account, { snapshotId: used.id });
    expect(await releaseDisk(account, disk.id)).toMatchObject({ deletedSnapshotIds: [goes.id] });
    await api.settle();
    expect(await getChain(account, disk.id)).toMatchObject({
      snapshotCount: 2,
      manualQuota: { used: 1 },
      autoQuota: { used: 1 },
    });
    expect(await readBlocks(account, manual.id)).toEqual({ 0: 'u0' });
    expect(await readBlocks(account, clone.id)).toEqual({ 0: 'u0' });
  });

  test('3.8: without it they stay until their own retention ends', async () => {
    const disk = await createDisk(account);
    const auto = await takeAuto(disk.id, 'auto2.0_20260101_sp-1');
    expect(await releaseDisk(account, disk.id)).toMatchObject({ deletedSnapshotIds: [] });
    expect(await getSnapshot(account, auto.id)).toMatchObject({ kind: 'AUTO', retentionDays: 30 });
  });
});
