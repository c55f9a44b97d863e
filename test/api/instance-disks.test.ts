import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instanceEntity, instanceWorkEntity, workShard } from '../../src/instances/rows.ts';
import { sweepInstances } from '../../src/instances/work.ts';
import { put, remove } from '../../src/platform/catalogue/port.ts';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';
import { attach, createInstance, getInstance, RELEASE_INSTANCE, REPLACE_SYSTEM_DISK } from '../support/instances.ts';
import { acquire } from '../support/leases.ts';
import { createDisk, createSnapshot, DISK, GIB, getDisk, ROLLBACK_DISK, rollbackDisk } from '../support/operations.ts';

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

const refused = async (query: string, variables: object) => (await account.refusal(query, variables)).extensions;

describe('2.2: a data disk of kind SYSTEM', () => {
  /** A STOPPED instance with a copy of its system disk as a data disk that is to stay. */
  async function withCopy() {
    const instance = await createInstance(account, { start: false });
    const snapshot = await createSnapshot(account, instance.systemDisk.id);
    const copy = await createDisk(account, { snapshotId: snapshot.id, deleteWithInstance: false });
    expect(copy.kind).toBe('SYSTEM');
    await attach(account, copy.id, instance.id);
    return { instance, systemDiskId: instance.systemDisk.id, copyId: copy.id };
  }

  test('2.2: is detached by the release, unless it is marked', async () => {
    const { instance, systemDiskId, copyId } = await withCopy();
    const marked = await createDisk(account, { kind: 'SYSTEM', deleteWithInstance: true });
    await attach(account, marked.id, instance.id);
    const { releaseInstance } = await account.call(RELEASE_INSTANCE, { input: { instanceId: instance.id } });
    expect(releaseInstance).toMatchObject({
      releasedDiskIds: [systemDiskId, marked.id],
      detachedDiskIds: [copyId],
    });
    expect(await getDisk(account, copyId)).toMatchObject({ status: 'AVAILABLE', kind: 'SYSTEM' });
  });

  test('2.4: outlives another system disk, and the release after it', async () => {
    const { instance, systemDiskId, copyId } = await withCopy();
    const input = { instanceId: instance.id, systemDisk: { sizeBytes: GIB } };
    const { replaceSystemDisk } = await account.call(REPLACE_SYSTEM_DISK, { input });
    expect(replaceSystemDisk.releasedDiskId).toBe(systemDiskId);
    expect((await getInstance(account, instance.id)).dataDisks).toMatchObject([{ id: copyId, status: 'IN_USE' }]);
    const { releaseInstance } = await account.call(RELEASE_INSTANCE, { input: { instanceId: instance.id } });
    expect(releaseInstance).toMatchObject({
      releasedDiskIds: [replaceSystemDisk.instance.systemDisk.id],
      detachedDiskIds: [copyId],
    });
  });

  test('2.2: outlives a release that an earlier version began', async () => {
    const { instance, systemDiskId, copyId } = await withCopy();
    const { id: instanceId } = instance;
    const work = { shard: workShard(instanceId), instanceId, accountId: account.id, kind: 'RELEASE' } as const;
    const createdAt = new Date(api.clock.now()).toISOString();
    await api.catalogue.transact([
      remove(instanceEntity, { accountId: account.id, id: instanceId }),
      put(instanceWorkEntity, { ...work, diskIds: [systemDiskId, copyId], createdAt }),
    ]);
    api.clock.advance(61_000);
    expect(await sweepInstances(api.service, api.clock.now() + 60_000)).toEqual({ finished: 1 });
    expect(await refused(DISK, { id: systemDiskId })).toMatchObject({ code: 'NotFound' });
    expect((await getDisk(account, copyId)).status).toBe('AVAILABLE');
  });
});

describe('2.3, 4.9: a snapshot in progress of a disk that is held open for writing', () => {
  /** A disk with a snapshot, held, with another one under way. */
  async function busy(diskId: string) {
    const earlier = await createSnapshot(account, diskId);
    await acquire(account, diskId);
    const { id: snapshotId, status } = await createSnapshot(account, diskId);
    expect(status).toBe('PROGRESSING');
    return { earlierId: earlier.id, creating: { code: 'SnapshotCreating', diskId, snapshotId } };
  }

  test('2.3: is why an instance is not released, and gets no other system disk', async () => {
    const { id: instanceId, systemDisk } = await createInstance(account, { start: false });
    const { creating } = await busy(systemDisk.id);
    expect(await refused(RELEASE_INSTANCE, { input: { instanceId } })).toMatchObject(creating);
    const input = { instanceId, systemDisk: { sizeBytes: GIB } };
    expect(await refused(REPLACE_SYSTEM_DISK, { input })).toMatchObject(creating);
  });

  test('4.9: is why the disk is not rolled back; a dry run tells that it is held too', async () => {
    const disk = await createDisk(account);
    const { earlierId, creating } = await busy(disk.id);
    const input = { diskId: disk.id, snapshotId: earlierId };
    expect(await refused(ROLLBACK_DISK, { input })).toMatchObject(creating);
    expect(await refused(ROLLBACK_DISK, { input: { ...input, breakLease: true } })).toMatchObject(creating);
    const { refusals } = await rollbackDisk(account, disk.id, earlierId, { dryRun: true });
    expect(refusals.map(({ code }: { code: string }) => code)).toEqual(['SnapshotCreating', 'DiskLocked']);
  });
});
