import { describe, expect, test } from 'vitest';
import { markInArrears, settleByOperator } from '../../src/service/accounts/arrears.ts';
import { EXPIRY_SHARDS, expiryEntity } from '../../src/service/model/snapshots/expiry-rows.ts';
import { sweepExpired } from '../../src/service/snapshots/expiry.ts';
import type { TestAccount, Told } from '../support/api.ts';
import { createImage, createInstance, stop } from '../support/instances.ts';
import {
  createDisk,
  createSnapshot,
  deleteSnapshots,
  GIB,
  getSnapshot,
  isThere,
  releaseDisk,
  UPDATE_DISK,
} from '../support/operations.ts';
import { createPolicy, updatePolicy } from '../support/policies.ts';
import { advanceTo, autoSnapshots, DAY_MS, HOUR_MS, timedApi } from '../support/timer.ts';

const MINUTE_MS = 60_000;
const RELEASE =
  'mutation ($id: ID!) { releaseInstance(input: { instanceId: $id }) { releasedDiskIds detachedDiskIds } }';
const KEPT = 'query ($id: ID!) { snapshot(id: $id) { keptInUse usage retentionDays expiresAt } }';

const { api, timer } = await timedApi();

const sweep = () => sweepExpired(api.service, Number.POSITIVE_INFINITY);
const idsOf = (rows: readonly Told[]) => rows.map(({ id }) => id);

async function taken(account: TestAccount, retentionDays: number | null) {
  advanceTo(api, '00:00');
  const policy = await createPolicy(account, { hours: [1], retentionDays });
  const instance = await createInstance(account, { systemDisk: { sizeBytes: GIB, policyId: policy.id } });
  advanceTo(api, '01:00');
  await timer.fire();
  const diskId: string = instance.systemDisk.id;
  const [snapshot] = await autoSnapshots(account, diskId);
  return { policy, instance, diskId, snapshot };
}

describe('5.5: retention', () => {
  test('is fixed when the snapshot is made, and the clean-up deletes what has ended', async () => {
    const account = await api.createAccount();
    const { policy, diskId, snapshot } = await taken(account, 2);
    await updatePolicy(account, policy.id, { retentionDays: 1 });
    api.clock.advance(DAY_MS);
    await timer.fire();
    const [first, second] = await autoSnapshots(account, diskId);
    expect([first.retentionDays, second.retentionDays]).toEqual([2, 1]);
    expect(await sweep()).toEqual({ expired: 0, keptInUse: 0 });
    await updatePolicy(account, policy.id, { retentionDays: null });
    api.clock.advance(DAY_MS - 5 * MINUTE_MS);
    await timer.fire();
    expect(await sweep()).toEqual({ expired: 0, keptInUse: 0 });
    api.clock.advance(5 * MINUTE_MS);
    expect(await sweep()).toEqual({ expired: 2, keptInUse: 0 });
    expect(await isThere(account, snapshot.id)).toBe(false);
    await timer.fire();
    api.clock.advance(70 * DAY_MS);
    expect(await sweep()).toEqual({ expired: 0, keptInUse: 0 });
    expect(await autoSnapshots(account, diskId)).toHaveLength(1);
  });

  test('what a disk or an image was made from is kept until it is not, and says so', async () => {
    const account = await api.createAccount();
    const { snapshot } = await taken(account, 1);
    const clone = await createDisk(account, { snapshotId: snapshot.id });
    const image = await createImage(account, snapshot.id);
    const says = async () => (await account.call(KEPT, { id: snapshot.id })).snapshot;
    expect(await says()).toMatchObject({ keptInUse: false, usage: 'IMAGE_AND_DISK' });
    api.clock.advance(DAY_MS + 1000);
    expect(await sweep()).toEqual({ expired: 0, keptInUse: 1 });
    expect(await says()).toMatchObject({ keptInUse: true });
    expect(await sweep()).toEqual({ expired: 0, keptInUse: 0 }); // looked at again in an hour
    await releaseDisk(account, clone.id);
    expect(await says()).toMatchObject({ keptInUse: true, usage: 'IMAGE' });
    expect(await sweep()).toEqual({ expired: 0, keptInUse: 1 });
    await account.call('mutation ($id: ID!) { deleteImage(input: { imageId: $id }) { imageId } }', { id: image.id });
    expect(await sweep()).toEqual({ expired: 1, keptInUse: 0 });
    expect(await isThere(account, snapshot.id)).toBe(false);
    api.clock.advance(2 * HOUR_MS);
    await sweep();
    expect(await expiryRows(account)).toEqual([]);
  });

  test('holds for snapshots by hand that have one too, but not while the account is in arrears (1.3)', async () => {
    const account = await api.createAccount();
    const { diskId, snapshot } = await taken(account, 2);
    const short = await createSnapshot(account, diskId, { retentionDays: 2 });
    const kept = await createSnapshot(account, diskId);
    await markInArrears(api.service, { account: account.id });
    api.clock.advance(2 * DAY_MS + 1000);
    expect(await sweep()).toEqual({ expired: 1, keptInUse: 1 });
    expect(await isThere(account, snapshot.id)).toBe(false);
    expect(await isThere(account, short.id)).toBe(true);
    await settleByOperator(api.service, { account: account.id });
    api.clock.advance(HOUR_MS + 1000);
    expect(await sweep()).toEqual({ expired: 1, keptInUse: 0 });
    expect((await getSnapshot(account, kept.id)).id).toBe(kept.id);
  });

  test('5.5, 1.3: what arrears kept past its retention goes within 5 minutes of the payment', async () => {
    const account = await api.createAccount();
    const { snapshot } = await taken(account, 16);
    api.clock.advance(10 * DAY_MS);
    await markInArrears(api.service, { account: account.id });
    api.clock.advance(6 * DAY_MS + 1000);
    for (let minutes = 0; minutes < 10; minutes++) {
      await sweep();
      api.clock.advance(MINUTE_MS);
    }
    await sweep();
    expect(await isThere(account, snapshot.id)).toBe(true);
    await settleByOperator(api.service, { account: account.id });
    for (let minutes = 0; minutes < 4; minutes++) {
      api.clock.advance(MINUTE_MS);
      await sweep();
    }
    expect(await isThere(account, snapshot.id)).toBe(false);
  });

  test('1.3, 5.5: of an account in arrears, automatic ones end as usual only where their retention is shorter than 15 days', async () => {
    const account = await api.createAccount();
    const short = await taken(account, 14);
    const long = await taken(account, 15);
    api.clock.advance(10 * DAY_MS);
    await markInArrears(api.service, { account: account.id });
    api.clock.advance(6 * DAY_MS);
    await sweep();
    expect(await isThere(account, short.snapshot.id)).toBe(false);
    expect(await isThere(account, long.snapshot.id)).toBe(true);
  });

  test('trouble with one snapshot keeps no other, and is told', async () => {
    const account = await api.createAccount();
    const disk = await createDisk(account);
    const made: Told[] = [];
    for (let count = 0; count < 3; count++) made.push(await createSnapshot(account, disk.id, { retentionDays: 1 }));
    api.clock.advance(DAY_MS + 1000);
    const tree = { ...api.service.tree };
    tree.remove = (input, also) =>
      input.nodeId === made[0].id ? Promise.reject(new Error('broken')) : api.service.tree.remove(input, also);
    const broken = sweepExpired({ ...api.service, tree }, Number.POSITIVE_INFINITY);
    await expect(broken).rejects.toMatchObject({ code: 'Internal', cause: { message: 'broken' } });
    expect(await Promise.all(made.map(({ id }) => isThere(account, id)))).toEqual([true, false, false]);
    expect((await sweep()).expired).toBe(1);
  });

  test('a round that is cut off, or done twice at once, deletes each once', async () => {
    const account = await api.createAccount();
    const disk = await createDisk(account);
    for (let count = 0; count < 5; count++) await createSnapshot(account, disk.id, { retentionDays: 1 });
    await deleteSnapshots(
      account,
      idsOf((await account.call('{ snapshots(first: 1) { nodes { id } } }')).snapshots.nodes),
    );
    api.clock.advance(DAY_MS + 1000);
    expect(await sweepExpired(api.service, 0)).toEqual({ expired: 0, keptInUse: 0 });
    const rounds = await Promise.all([sweep(), sweep(), sweep()]);
    expect(rounds.reduce((sum, { expired }) => sum + expired, 0)).toBe(4);
    expect((await account.call('{ snapshots { nodes { id } } }')).snapshots.nodes).toEqual([]);
    expect(await expiryRows(account)).toEqual([]);
  });
});

async function expiryRows(account: TestAccount): Promise<unknown[]> {
  const shards = Array.from({ length: EXPIRY_SHARDS }, (_, shard) => shard);
  const pages = await Promise.all(
    shards.map((shard) => api.catalogue.list(expiryEntity, { partition: { shard }, limit: 1000 })),
  );
  return pages.flatMap(({ rows }) => rows).filter(({ accountId }) => accountId === account.id);
}

describe('3.8: automatic snapshots of a disk that is released', () => {
  test.each([
    [false, true],
    [true, false],
  ])(
    'deleteAutoSnapshots %s: still there %s; at the end of their retention they go',
    async (deleteAutoSnapshots, stays) => {
      const account = await api.createAccount();
      const { instance, diskId, snapshot } = await taken(account, 3);
      await account.call(UPDATE_DISK, { input: { diskId, deleteAutoSnapshots } });
      await stop(account, instance.id);
      expect((await account.call(RELEASE, { id: instance.id })).releaseInstance.releasedDiskIds).toEqual([diskId]);
      api.clock.advance(2 * DAY_MS);
      await sweep();
      expect(await isThere(account, snapshot.id)).toBe(stays);
      api.clock.advance(DAY_MS + 1000);
      expect((await sweep()).expired).toBe(stays ? 1 : 0);
      expect(await isThere(account, snapshot.id)).toBe(false);
      expect((await account.call('{ chains { nodes { id } } }')).chains.nodes).toEqual([]);
    },
  );

  test.each([null, 30])(
    '3.8, 5.5: those in use then (retention %s) say so, and go once they are not',
    async (retentionDays) => {
      const account = await api.createAccount();
      const { instance, diskId, snapshot } = await taken(account, retentionDays);
      await account.call(UPDATE_DISK, { input: { diskId, deleteAutoSnapshots: true } });
      const clone = await createDisk(account, { snapshotId: snapshot.id });
      await stop(account, instance.id);
      await account.call(RELEASE, { id: instance.id });
      await sweep();
      expect((await account.call(KEPT, { id: snapshot.id })).snapshot).toMatchObject({
        keptInUse: true,
        retentionDays,
      });
      await releaseDisk(account, clone.id);
      await sweep();
      expect(await isThere(account, snapshot.id)).toBe(false);
      api.clock.advance(31 * DAY_MS);
      await sweep();
      expect(await expiryRows(account)).toEqual([]);
    },
  );
});
