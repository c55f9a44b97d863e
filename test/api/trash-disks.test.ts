import { afterAll, expect, test } from 'vitest';
import { sweepUnpaid } from '../../src/service/disks/end-of-payment.ts';
import type { TestAccount, Told } from '../support/api.ts';
import { blockOf, readBlocks, writeBlocks } from '../support/blocks.ts';
import {
  createImage,
  createInstance,
  getInstance,
  REINITIALIZE,
  RELEASE_INSTANCE,
  REPLACE_SYSTEM_DISK,
  stop,
} from '../support/instances.ts';
import {
  createDisk,
  createSnapshot,
  deleteSnapshots,
  GIB,
  getChain,
  getDisk,
  getSnapshot,
  isThere,
  setQuota,
  UPDATE_DISK,
} from '../support/operations.ts';
import { createPolicy } from '../support/policies.ts';
import { advanceTo, autoSnapshots, DAY_MS, timedApi } from '../support/timer.ts';
import { emptyWhatIsOver, listTrash, purge, restore, trashIds } from '../support/trash.ts';

const { api, timer } = await timedApi();
afterAll(() => api.close());

const RELEASE = `mutation ($id: ID!) {
  releaseDisk(input: { diskId: $id }) { restorableUntil deletedSnapshotIds job { id } }
}`;
const POLICY = 'query ($id: ID!) { policy(id: $id) { diskCount } }';
const OF_DISK = 'query ($id: ID!) { disk(id: $id) { policy { id } instances { id } } }';
const JOB = 'query ($id: ID!) { job(id: $id) { status } }';
const DELETE_POLICY = 'mutation ($id: ID!) { deletePolicy(input: { policyId: $id }) { policyId } }';
const DELETE_IMAGE = 'mutation ($id: ID!) { deleteImage(input: { imageId: $id }) { imageId restorableUntil } }';
const SHARE = 'mutation ($input: ShareImageInput!) { shareImage(input: $input) { image { sharedWith } } }';
const IMAGE = `query ($id: ID!) {
  image(id: $id) { id name description snapshotId sizeBytes root sharedWith tags { key value } createdAt }
}`;

const withBin = () => api.createAccount({ trashHours: 'default' });
const release = async (account: TestAccount, id: string): Promise<Told> =>
  (await account.call(RELEASE, { id })).releaseDisk;

/** A disk under a policy that has taken two snapshots of it, beside one by hand. */
async function guarded(account: TestAccount) {
  advanceTo(api, '00:00');
  const policy = await createPolicy(account, { hours: [1, 2] });
  const instance = await createInstance(account, {
    systemDisk: { sizeBytes: GIB },
    dataDisks: [{ sizeBytes: GIB, policyId: policy.id, deleteAutoSnapshots: true, deleteWithInstance: false }],
  });
  const [{ id }] = instance.dataDisks;
  for (const [at, hour] of ['01:00', '02:00'].entries()) {
    await writeBlocks(account, id, at, { [at]: blockOf(`hour-${at}`) });
    advanceTo(api, hour);
    await timer.fire();
  }
  const manual = await createSnapshot(account, id);
  await stop(account, instance.id);
  const detach =
    'mutation ($id: ID!, $of: ID!) { detachDisk(input: { diskId: $id, instanceId: $of }) { disk { id } } }';
  await account.call(detach, { id, of: instance.id });
  const settings = { diskId: id, name: 'kept', tags: [{ key: 'k', value: 'v' }], deleteWithInstance: true };
  await account.call(UPDATE_DISK, { input: settings });
  const autos: readonly string[] = (await autoSnapshots(account, id)).map((row: Told) => row.id);
  return { id, policy, manual, instance, autos };
}

test('10.1: a released disk comes back with its settings, policy and automatic snapshots', async () => {
  const account = await withBin();
  const { id, policy, manual, autos } = await guarded(account);
  await api.settle();
  const [before, chain] = [await getDisk(account, id), await getChain(account, id)];
  expect(autos).toHaveLength(2);
  const { deletedSnapshotIds, restorableUntil, job } = await release(account, id);
  expect(deletedSnapshotIds).toEqual(autos);
  expect(restorableUntil).not.toBeNull();
  api.clock.advance(2000);
  expect((await account.call(JOB, { id: job.id })).job.status).toBe('SUCCEEDED');
  expect(await isThere(account, id)).toBe(false);
  expect((await account.call(POLICY, { id: policy.id })).policy.diskCount).toBe(0);
  expect((await getSnapshot(account, manual.id)).sourceDisk.disk).toBeNull();
  const [item] = (await listTrash(account, 'DISK')).nodes;
  expect(item).toMatchObject({ id, kind: 'DISK', name: 'kept', snapshotCount: 2, sizeBytes: GIB });
  expect((await listTrash(account)).nodes.map(({ withDiskId }: Told) => withDiskId)).toEqual([id, id]);

  const back = await restore(account, id);
  expect(back).toMatchObject({ restored: true, changes: [], snapshotIds: autos });
  await api.settle();
  expect(await getDisk(account, id)).toEqual(before);
  expect(await getChain(account, id)).toEqual(chain);
  expect(await readBlocks(account, id)).toEqual({ 0: 'hour-0', 1: 'hour-1' });
  expect(await readBlocks(account, autos[0] ?? '')).toEqual({ 0: 'hour-0' });
  expect((await account.call(OF_DISK, { id })).disk).toEqual({ policy: { id: policy.id }, instances: [] });
  expect((await account.call(POLICY, { id: policy.id })).policy.diskCount).toBe(1);
  await writeBlocks(account, id, before.version, { 2: blockOf('goes-on') });
  expect(await trashIds(account, 'DISK')).toEqual([]);
});

test('10.1: what is gone around a disk does not keep it from coming back, and is told', async () => {
  const account = await withBin();
  const { id, policy } = await guarded(account);
  await release(account, id);
  await account.call(DELETE_POLICY, { id: policy.id });
  await setQuota(account, 'AUTO_SNAPSHOTS_PER_DISK', 1);
  const { restored, changes, snapshotIds } = await restore(account, id);
  expect({ restored, changes }).toEqual({ restored: true, changes: ['SNAPSHOTS_LEFT', 'POLICY_GONE'] });
  expect(snapshotIds).toHaveLength(1);
  expect(await trashIds(account)).toHaveLength(1);
  expect((await account.call(OF_DISK, { id })).disk.policy).toBeNull();
});

test('10.1: disks that were released with their instance come back attached to nothing', async () => {
  const account = await withBin();
  const instance = await createInstance(account, {
    systemDisk: { sizeBytes: GIB, name: 'system' },
    dataDisks: [{ sizeBytes: GIB, deleteWithInstance: true }],
  });
  const systemId: string = instance.systemDisk.id;
  await writeBlocks(account, systemId, 0, { 0: blockOf('system') });
  await stop(account, instance.id);
  await account.call(RELEASE_INSTANCE, { input: { instanceId: instance.id } });
  expect([...(await trashIds(account, 'DISK'))].sort()).toEqual([systemId, instance.dataDisks[0].id].sort());
  expect(await restore(account, systemId)).toMatchObject({ restored: true, changes: ['DETACHED'] });
  expect(await getDisk(account, systemId)).toMatchObject({ name: 'system', status: 'AVAILABLE', kind: 'SYSTEM' });
  expect(await readBlocks(account, systemId)).toEqual({ 0: 'system' });
});

test('10.1, 2.4: a system disk that was replaced comes back beside the new one', async () => {
  const account = await withBin();
  const instance = await createInstance(account);
  await stop(account, instance.id);
  const input = { instanceId: instance.id, systemDisk: { sizeBytes: GIB } };
  const { releasedDiskId } = (await account.call(REPLACE_SYSTEM_DISK, { input })).replaceSystemDisk;
  expect((await restore(account, releasedDiskId)).changes).toEqual(['DETACHED']);
  expect((await getInstance(account, instance.id)).systemDisk.id).not.toBe(releasedDiskId);
});

test('10.1: a disk comes back over a full quota as QuotaExceeded, with nothing moved', async () => {
  const account = await withBin();
  const { id, autos } = await guarded(account);
  await release(account, id);
  await setQuota(account, 'DISKS', 1);
  expect((await restore(account, id)).error.code).toBe('QuotaExceeded');
  expect(await trashIds(account)).toHaveLength(autos.length);
  await setQuota(account, 'DISKS', 2);
  expect((await restore(account, id)).restored).toBe(true);
});

test('10.1, 3.5: a disk from a snapshot can be reinitialised again when both are back', async () => {
  const account = await withBin();
  const origin = await createDisk(account);
  await writeBlocks(account, origin.id, 0, { 0: blockOf('origin') });
  const snapshot = await createSnapshot(account, origin.id);
  const clone = await createDisk(account, { snapshotId: snapshot.id });
  await writeBlocks(account, clone.id, 0, { 0: blockOf('changed') });
  await release(account, clone.id);
  await deleteSnapshots(account, [snapshot.id]); // nothing that is there was made from it
  expect((await restore(account, clone.id)).changes).toEqual(['ORIGIN_GONE']);
  const refusal = await account.refusal(REINITIALIZE, { input: { diskId: clone.id } });
  expect(refusal.extensions.code).toBe('OriginSnapshotDeleted');
  await restore(account, snapshot.id);
  await account.call(REINITIALIZE, { input: { diskId: clone.id } });
  expect(await readBlocks(account, clone.id)).toEqual({ 0: 'origin' });
});

test('10.1, 3.6: what the service releases by itself does not pass through the recycle bin', async () => {
  const account = await withBin();
  const expiresAt = new Date(api.clock.now() + 1000).toISOString();
  const prepaid = { chargeType: 'PREPAID', expiresAt };
  const [kept, gone] = [await createDisk(account, prepaid), await createDisk(account, prepaid)];
  await release(account, kept.id);
  api.clock.advance(2 * DAY_MS - 60_000);
  const unpaid = () => sweepUnpaid(api.service, { graceMs: DAY_MS }, Number.POSITIVE_INFINITY);
  await unpaid();
  expect(await isThere(account, gone.id)).toBe(false);
  expect(await trashIds(account, 'DISK')).toEqual([kept.id]);
  // The grace time begins when it is back, so that somebody can pay.
  expect((await restore(account, kept.id)).changes).toEqual(['PAYMENT_OVER']);
  await unpaid();
  expect((await getDisk(account, kept.id)).status).toBe('EXPIRED');
  api.clock.advance(2 * DAY_MS);
  await unpaid();
  expect(await isThere(account, kept.id)).toBe(false);
});

test('10.1: a disk and its chain are purged with the last of what lies there', async () => {
  const account = await withBin();
  const disk = await createDisk(account);
  await writeBlocks(account, disk.id, 0, { 0: blockOf('gone') });
  const snapshot = await createSnapshot(account, disk.id);
  await release(account, disk.id);
  await deleteSnapshots(account, [snapshot.id]);
  const chain = 'query ($id: ID!) { chain(id: $id) { snapshotCount trash { count } } }';
  expect((await account.call(chain, { id: disk.id })).chain).toEqual({ snapshotCount: 0, trash: { count: 2 } });
  expect(await purge(account, disk.id)).toMatchObject({ purged: true, job: { kind: 'RELEASE_DISK' } });
  expect((await account.call(chain, { id: disk.id })).chain.trash.count).toBe(1);
  api.clock.advance(DAY_MS + 1000);
  await emptyWhatIsOver(api);
  expect((await account.refusal(chain, { id: disk.id })).extensions.code).toBe('NotFound');
});

test('10.1, 6.2: an image comes back with its shares, and keeps its snapshot again', async () => {
  const [account, other] = [await withBin(), await withBin()];
  const disk = await createDisk(account);
  await writeBlocks(account, disk.id, 0, { 0: blockOf('image') });
  const snapshot = await createSnapshot(account, disk.id);
  const { id } = await createImage(account, snapshot.id, { name: 'golden', tags: [{ key: 'k', value: 'v' }] });
  await account.call(SHARE, { input: { imageId: id, accountIds: [other.id] } });
  const before = (await account.call(IMAGE, { id })).image;
  expect((await account.call(DELETE_IMAGE, { id })).deleteImage.restorableUntil).not.toBeNull();
  expect([await isThere(account, id), await isThere(other, id)]).toEqual([false, false]);
  expect((await getSnapshot(account, snapshot.id)).usage).toBe('NONE');
  await deleteSnapshots(account, [snapshot.id]);
  await api.settle();
  expect((await restore(account, id)).changes).toEqual(['ORIGIN_GONE']);
  expect((await restore(account, snapshot.id)).changes).toEqual([]);
  expect((await getSnapshot(account, snapshot.id)).usage).toBe('IMAGE');
  expect((await account.call(IMAGE, { id })).image).toEqual(before);
  expect(await isThere(other, id)).toBe(true);
  expect(await readBlocks(other, (await createDisk(account, { imageId: id })).id).catch(() => 'theirs')).toBe('theirs');
  expect(await readBlocks(account, (await createDisk(account, { imageId: id })).id)).toEqual({ 0: 'image' });
  await account.call(DELETE_IMAGE, { id });
  expect(await purge(account, id)).toMatchObject({ purged: true, job: null });
  expect((await restore(account, id)).error.code).toBe('NotFound');
});
