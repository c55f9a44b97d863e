import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import { patch, put, remove } from '../../src/platform/catalogue/port.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { reinitializeDisk as reinitializeInProcess } from '../../src/service/disks/reinitialize.ts';
import { rollbackDisk as rollBackInProcess } from '../../src/service/disks/rollback.ts';
import { sweepInstances } from '../../src/service/instances/work.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { instanceEntity, instanceWorkEntity, workShard } from '../../src/service/model/instances/rows.ts';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';
import {
  ATTACH,
  attach,
  CREATE_INSTANCE,
  createInstance,
  getInstance,
  inProgress,
  REINITIALIZE,
  RELEASE_INSTANCE,
  REPLACE_SYSTEM_DISK,
} from '../support/instances.ts';
import { acquire } from '../support/leases.ts';
import { createDisk, createSnapshot, DISK, GIB, getDisk, ROLLBACK_DISK, rollbackDisk } from '../support/operations.ts';

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

/** The mark of a snapshot that takes its time. */
const BEGUN = { set: { inProgressId: 's-underway' } } as const;

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

describe('2.3: an instance that is started with the change of one of its disks', () => {
  /** A STOPPED instance with a disk that can go back, and another one. */
  async function withTwo() {
    const instance = await createInstance(account, { start: false, dataDisks: [{ sizeBytes: GIB }] });
    const [other] = instance.dataDisks;
    const diskId = instance.systemDisk.id;
    const { id: snapshotId } = await createSnapshot(account, diskId);
    const creating = { code: 'SnapshotCreating', diskId: other.id };
    return { instanceId: instance.id, diskId, otherId: other.id, creating, rollback: { diskId, snapshotId } };
  }
  const start = { startInstance: true };

  test('2.3, 4.9: not by a rollback, while a snapshot of another one is in progress', async () => {
    const { instanceId, otherId, creating, rollback } = await withTwo();
    const { diskId, snapshotId } = rollback;
    await inProgress(api, account, otherId, async () => {
      expect(await refused(ROLLBACK_DISK, { input: { ...rollback, ...start } })).toMatchObject(creating);
      const dry = await rollbackDisk(account, diskId, snapshotId, { ...start, dryRun: true });
      expect(dry.refusals).toMatchObject([{ code: 'SnapshotCreating', message: expect.stringContaining(otherId) }]);
      expect((await rollbackDisk(account, diskId, snapshotId, { dryRun: true })).refusals).toEqual([]);
      await rollbackDisk(account, diskId, snapshotId);
      expect((await getInstance(account, instanceId)).status).toBe('STOPPED');
    });
    expect((await rollbackDisk(account, diskId, snapshotId, { ...start, dryRun: true })).refusals).toEqual([]);
    await rollbackDisk(account, diskId, snapshotId, start);
    expect((await getInstance(account, instanceId)).status).toBe('RUNNING');
  });

  test('2.3, 3.5: nor by a return to the origin', async () => {
    const { instanceId, otherId, diskId, creating } = await withTwo();
    await inProgress(api, account, otherId, async () => {
      expect(await refused(REINITIALIZE, { input: { diskId, ...start } })).toMatchObject(creating);
    });
    await account.call(REINITIALIZE, { input: { diskId, ...start } });
    expect((await getInstance(account, instanceId)).status).toBe('RUNNING');
  });

  test.each(['rollback', 'return'])('2.3: nor where the snapshot begins just before the change: %s', async (way) => {
    const { instanceId, otherId, diskId, rollback } = await withTwo();
    const catalogue = { ...api.catalogue };
    let isBegun = false;
    catalogue.transact = async (writes) => {
      if (!isBegun) await api.catalogue.transact([patch(chainEntity, { accountId: account.id, id: otherId }, BEGUN)]);
      isBegun = true;
      return api.catalogue.transact(writes);
    };
    const service = { ...api.service, catalogue, tree: createVersionTree({ ...api.engine, catalogue }) };
    const caller = serviceCaller(account.id);
    const no = { dryRun: false, safetySnapshot: false, breakLease: false };
    const change = () =>
      way === 'rollback'
        ? rollBackInProcess(service, caller, { ...rollback, ...no, ...start })
        : reinitializeInProcess(service, caller, { diskId, ...no, ...start });
    await expect(change()).rejects.toMatchObject({ code: 'SnapshotCreating', extra: { diskId: otherId } });
    expect((await getInstance(account, instanceId)).status).toBe('STOPPED');
  });

  test('2.3, 3.3: not with more disks than can be looked at together', async () => {
    const shared = await createDisk(account, { category: 'SHARED' });
    const { id: snapshotId } = await createSnapshot(account, shared.id);
    const dataDisks = Array.from({ length: 16 }, () => ({ sizeBytes: GIB }));
    for (let made = 0; made < 4; made++) {
      const { id } = await createInstance(account, { start: false, dataDisks });
      await attach(account, shared.id, id);
    }
    const input = { diskId: shared.id, snapshotId, ...start };
    const tooMany = { code: 'InvalidParameter', field: 'startInstance' };
    expect(await refused(ROLLBACK_DISK, { input })).toMatchObject(tooMany);
    expect(await refused(REINITIALIZE, { input: { diskId: shared.id, ...start } })).toMatchObject(tooMany);
    await rollbackDisk(account, shared.id, snapshotId);
  });
});

describe('2.2, 2.4, 3.3: a system disk is of one instance', () => {
  test('2.2, 2.4: none is made SHARED', async () => {
    const systemDisk = { sizeBytes: GIB, category: 'SHARED' };
    const field = { code: 'InvalidParameter', field: 'systemDisk.category' };
    expect(await refused(CREATE_INSTANCE, { input: { systemDisk } })).toMatchObject(field);
    const { id: instanceId } = await createInstance(account, { start: false });
    expect(await refused(REPLACE_SYSTEM_DISK, { input: { instanceId, systemDisk } })).toMatchObject(field);
    const dataDisks = [{ sizeBytes: GIB, category: 'SHARED' }];
    expect((await createInstance(account, { dataDisks })).dataDisks).toHaveLength(1);
  });

  test('3.3: one that was is not attached to another instance', async () => {
    const { id, systemDisk } = await createInstance(account, { start: false });
    const key = { accountId: account.id, id: systemDisk.id };
    await api.catalogue.transact([patch(diskEntity, key, { set: { category: 'SHARED' } })]);
    const other = await createInstance(account, { start: false });
    const input = { diskId: systemDisk.id, instanceId: other.id };
    expect(await refused(ATTACH, { input })).toMatchObject({ code: 'InvalidParameter', field: 'diskId' });
    const { releaseInstance } = await account.call(RELEASE_INSTANCE, { input: { instanceId: id } });
    expect(releaseInstance.releasedDiskIds).toEqual([systemDisk.id]);
  });
});
