import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { patch } from '../../src/platform/catalogue/port.ts';
import { instanceEntity } from '../../src/service/model/instances/rows.ts';
import { hostEntity, leaseCheckEntity } from '../../src/service/model/leases/rows.ts';
import { createTestApi, OTHER_REGION, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { COMMIT } from '../support/blocks.ts';
import {
  ATTACH,
  attach,
  createInstance,
  DETACH,
  detach,
  RELEASE_INSTANCE,
  REPLACE_SYSTEM_DISK,
  START,
  STOP,
  stop,
} from '../support/instances.ts';
import {
  ACQUIRE,
  acquire,
  commit,
  commitInput,
  leased,
  MINUTE_MS,
  refused,
  releaseLease,
  renew,
  sweep,
  TTL_MS,
} from '../support/leases.ts';
import { createDisk, GIB } from '../support/operations.ts';

const HOSTS = `query ($region: String, $kind: InstanceKind) {
  instances(region: $region, filter: { kind: $kind }) { nodes { id kind name status systemDisk { id } dataDisks { id } } }
}`;
const UPDATE_INSTANCE = `mutation ($input: UpdateInstanceInput!) {
  updateInstance(input: $input) { instance { id } }
}`;

let api: TestApi;
let account: TestAccount;
let disk: Told;
beforeAll(async () => {
  api = await createTestApi();
});
beforeEach(async () => {
  account = await api.createAccount();
  disk = await createDisk(account);
});
afterAll(() => api.close());

const hosts = async (region?: string): Promise<Told[]> =>
  (await account.call(HOSTS, { region, kind: 'HOST' })).instances.nodes;
const pass = (ms: number) => api.clock.advance(ms);

describe('9.3, 2.1: a host that holds disks is an instance', () => {
  test('9.3, 2.1: one for each account, region and holder; it comes with the first disk and goes with the last', async () => {
    const other = await createDisk(account);
    const away = await createDisk(account, { region: OTHER_REGION });
    const stranger = await api.createAccount();
    await acquire(stranger, (await createDisk(stranger)).id);
    const first = await acquire(account, disk.id);
    const second = await acquire(account, other.id);
    const third = await acquire(account, away.id);
    expect(second.lease.instanceId).toBe(first.lease.instanceId);
    expect(third.lease.instanceId).not.toBe(first.lease.instanceId);
    expect(await hosts()).toEqual([
      {
        id: first.lease.instanceId,
        kind: 'HOST',
        name: 'host-a',
        status: 'RUNNING',
        systemDisk: null,
        dataDisks: [{ id: disk.id }, { id: other.id }],
      },
    ]);
    await releaseLease(account, disk.id, first.lease.fence);
    expect(await hosts()).toMatchObject([{ dataDisks: [{ id: other.id }] }]);
    await releaseLease(account, other.id, second.lease.fence);
    expect(await hosts()).toEqual([]);
    expect(await hosts(OTHER_REGION)).toHaveLength(1);
    const key = { accountId: account.id, region: 'here', holder: 'host-a' };
    expect(await api.catalogue.get(hostEntity, key)).toBeUndefined();
  });

  test('9.3: an instance of its own kind, that a filter finds', async () => {
    const machine = await createInstance(account);
    await acquire(account, disk.id);
    const { instances } = await account.call(HOSTS, { kind: 'MACHINE' });
    expect(instances.nodes).toMatchObject([{ id: machine.id, kind: 'MACHINE' }]);
    expect((await account.call(HOSTS, {})).instances.nodes).toHaveLength(2);
  });

  test('9.3, 2.2: is changed by leases alone', async () => {
    const { instanceId } = (await acquire(account, disk.id)).lease;
    const spare = await createDisk(account);
    const error = { code: 'UnsupportedInstanceKind', instanceId, kind: 'HOST' };
    for (const query of [START, STOP]) {
      expect((await account.refusal(query, { id: instanceId })).extensions).toMatchObject(error);
    }
    expect(await refused(account, RELEASE_INSTANCE, { instanceId })).toMatchObject(error);
    expect(await refused(account, UPDATE_INSTANCE, { instanceId, name: 'mine' })).toMatchObject(error);
    expect(await refused(account, ATTACH, { instanceId, diskId: spare.id })).toMatchObject(error);
    const systemDisk = { sizeBytes: GIB };
    expect(await refused(account, REPLACE_SYSTEM_DISK, { instanceId, systemDisk })).toMatchObject(error);
  });

  test('9.3: a disk goes from host to host with its lease', async () => {
    await acquire(account, disk.id);
    await acquire(account, disk.id, { holder: 'host-b', steal: true });
    expect(await hosts()).toMatchObject([{ name: 'host-b', dataDisks: [{ id: disk.id }] }]);
    const { lease } = await acquire(account, disk.id, { holder: 'host-b', steal: true });
    await releaseLease(account, disk.id, lease.fence);
    expect(await leased(account, disk.id)).toMatchObject({ status: 'AVAILABLE', instances: [], lease: null });
  });

  test('9.3: 256 disks of a region are held by one host at most', async () => {
    const { instanceId: id } = (await acquire(account, disk.id)).lease;
    const other = await createDisk(account);
    const dataDiskIds = Array.from({ length: 256 }, (_, at) => `d-${at}`);
    await api.catalogue.transact([patch(instanceEntity, { accountId: account.id, id }, { set: { dataDiskIds } })]);
    expect(await refused(account, ACQUIRE, { diskId: other.id, holder: 'host-a' })).toMatchObject({
      code: 'InvalidParameter',
      field: 'holder',
    });
    await acquire(account, other.id, { holder: 'host-b' });
  });

  test('9.3: any text that can be shown names a host', async () => {
    const holder = '— Ω‮ host "x" 🖥';
    expect((await acquire(account, disk.id, { holder })).lease.holder).toBe(holder);
    for (const bad of ['', 'x'.repeat(129), 'a\u0000b', 'a\nb']) {
      expect(await refused(account, ACQUIRE, { diskId: disk.id, holder: bad })).toMatchObject({
        code: 'InvalidParameter',
        field: 'holder',
      });
    }
  });
});

describe('9.3: under an instance that has the disk', () => {
  test('9.3: the attachment stays when the lease goes', async () => {
    const instance = await createInstance(account);
    await attach(account, disk.id, instance.id);
    const { lease, disk: after } = await acquire(account, disk.id);
    expect(lease.instanceId).toBe(instance.id);
    expect(after.instances).toMatchObject([{ id: instance.id, kind: 'MACHINE' }]);
    expect(await hosts()).toEqual([]);
    await acquire(account, disk.id, { holder: 'host-b', steal: true });
    const { fence } = (await leased(account, disk.id)).lease;
    await releaseLease(account, disk.id, fence);
    expect(await leased(account, disk.id)).toMatchObject({ status: 'IN_USE', instances: [{ id: instance.id }] });
  });

  test('9.3, 3.3: detached only once the lease is over, or broken', async () => {
    const instance = await createInstance(account);
    await attach(account, disk.id, instance.id);
    const { lease } = await acquire(account, disk.id);
    const input = { diskId: disk.id, instanceId: instance.id };
    expect(await refused(account, DETACH, input)).toMatchObject({ code: 'DiskLocked', holder: 'host-a' });
    const { detachDisk } = await account.call(DETACH, { input: { ...input, breakLease: true } });
    expect(detachDisk.disk).toMatchObject({ status: 'AVAILABLE', instances: [] });
    const late = await commitInput(account, disk.id, { text: 'late', version: 0, fence: lease.fence });
    expect(await refused(account, COMMIT, late)).toMatchObject({ code: 'LeaseLost' });
  });

  test('9.3, 2.2, 2.4: released or replaced only once nobody holds its disks', async () => {
    const instance = await createInstance(account, { dataDisks: [{ sizeBytes: GIB, deleteWithInstance: false }] });
    const [{ id: dataId }] = instance.dataDisks;
    await stop(account, instance.id);
    const data = await acquire(account, dataId);
    await acquire(account, instance.systemDisk.id);
    const locked = { code: 'DiskLocked', holder: 'host-a' };
    expect(await refused(account, RELEASE_INSTANCE, { instanceId: instance.id })).toMatchObject(locked);
    const replaced = { instanceId: instance.id, systemDisk: { sizeBytes: GIB } };
    expect(await refused(account, REPLACE_SYSTEM_DISK, replaced)).toMatchObject(locked);
    pass(TTL_MS);
    await account.call(REPLACE_SYSTEM_DISK, { input: replaced });
    await account.call(RELEASE_INSTANCE, { input: { instanceId: instance.id } });
    const late = await commitInput(account, dataId, { text: 'late', version: 0, fence: data.lease.fence });
    expect(await refused(account, COMMIT, late)).toMatchObject({ code: 'LeaseLost' });
    expect(await leased(account, dataId)).toMatchObject({ status: 'AVAILABLE', lease: null });
  });

  test('9.3, 3.3: a SHARED disk of several instances has one writer at a time', async () => {
    const shared = await createDisk(account, { category: 'SHARED' });
    const { lease } = await acquire(account, shared.id);
    const instance = await createInstance(account);
    await attach(account, shared.id, instance.id);
    const second = { diskId: shared.id, holder: 'host-b' };
    expect(await refused(account, ACQUIRE, second)).toMatchObject({ code: 'DiskLocked', holder: 'host-a' });
    expect((await detach(account, shared.id, instance.id)).status).toBe('IN_USE');
    await attach(account, shared.id, instance.id);
    await releaseLease(account, shared.id, lease.fence);
    expect(await leased(account, shared.id)).toMatchObject({ status: 'IN_USE', instances: [{ id: instance.id }] });
    expect((await acquire(account, shared.id, second)).lease.instanceId).toBe(instance.id);
  });

  test('9.3, 3.1: a LOCAL disk is held open like any other', async () => {
    const local = await createDisk(account, { category: 'LOCAL' });
    const { lease } = await acquire(account, local.id);
    await commit(account, local.id, { text: 'here', version: 0, fence: lease.fence });
    expect((await releaseLease(account, local.id, lease.fence)).status).toBe('AVAILABLE');
  });

  test('9.3, 3.6: an EXPIRED disk is not opened for writing, and let go where it was', async () => {
    const expiresAt = new Date(api.clock.now() + 10 * MINUTE_MS).toISOString();
    const prepaid = await createDisk(account, { chargeType: 'PREPAID', expiresAt });
    const { lease } = await acquire(account, prepaid.id);
    pass(10 * MINUTE_MS);
    await renew(account, prepaid.id, lease.fence);
    const late = await commitInput(account, disk.id, { text: 'late', version: 0 });
    expect(await refused(account, COMMIT, { ...late, target: prepaid.id, fence: lease.fence })).toMatchObject({
      code: 'IncorrectDiskStatus',
    });
    expect(await releaseLease(account, prepaid.id, lease.fence)).toMatchObject({ status: 'EXPIRED', instances: [] });
    expect(await refused(account, ACQUIRE, { diskId: prepaid.id, holder: 'x' })).toMatchObject({
      code: 'IncorrectDiskStatus',
      status: 'EXPIRED',
    });
  });

  test('9.3: a disk that is still being made is not opened for writing', async () => {
    const plain = await createDisk(account);
    const { createSnapshot } = await account.call(
      'mutation ($diskId: ID!) { createSnapshot(input: { diskId: $diskId }) { snapshot { id } } }',
      { diskId: plain.id },
    );
    const copied = await createDisk(account, { snapshotId: createSnapshot.snapshot.id, encrypted: true });
    expect(await refused(account, ACQUIRE, { diskId: copied.id, holder: 'x' })).toMatchObject({
      code: 'IncorrectDiskStatus',
      status: 'CREATING',
    });
  });
});

describe('9.3: holders that vanish', () => {
  test('9.3: the janitor ends what was not renewed for minutes, and the host goes', async () => {
    const { lease } = await acquire(account, disk.id);
    pass(TTL_MS + 4 * MINUTE_MS);
    await sweep(api);
    expect(await hosts()).toHaveLength(1);
    pass(MINUTE_MS);
    expect((await sweep(api)).ended).toBeGreaterThan(0);
    expect(await hosts()).toEqual([]);
    expect(await leased(account, disk.id)).toMatchObject({ status: 'AVAILABLE', instances: [] });
    const late = await commitInput(account, disk.id, { text: 'late', version: 0, fence: lease.fence });
    expect(await refused(account, COMMIT, late)).toMatchObject({ code: 'LeaseLost' });
  });

  test('9.3: one that is renewed is looked at for as long as it lives, and then no more', async () => {
    const { lease } = await acquire(account, disk.id);
    for (let round = 0; round < 6; round++) {
      pass(2 * MINUTE_MS);
      await renew(account, disk.id, lease.fence);
      await sweep(api);
    }
    expect(await hosts()).toHaveLength(1);
    await releaseLease(account, disk.id, lease.fence);
    pass(20 * MINUTE_MS);
    await sweep(api);
    const shards = await Promise.all(
      [0, 1, 2, 3].map((shard) => api.catalogue.list(leaseCheckEntity, { partition: { shard }, limit: 1000 })),
    );
    expect(shards.flatMap(({ rows }) => rows).filter(({ diskId }) => diskId === disk.id)).toEqual([]);
  });

  test('9.3, 3.3: do not keep the disk from an instance', async () => {
    await acquire(account, disk.id);
    const instance = await createInstance(account);
    const input = { diskId: disk.id, instanceId: instance.id };
    expect(await refused(account, ATTACH, input)).toMatchObject({ code: 'IncorrectDiskStatus' });
    pass(TTL_MS);
    expect((await attach(account, disk.id, instance.id)).instances).toEqual([{ id: instance.id }]);
    expect(await hosts()).toEqual([]);
  });

  test('9.3, 3.3: are detached by name too', async () => {
    const { lease } = await acquire(account, disk.id);
    expect(await refused(account, DETACH, { diskId: disk.id })).toMatchObject({ code: 'DiskLocked' });
    pass(TTL_MS);
    expect(await detach(account, disk.id, lease.instanceId)).toMatchObject({ status: 'AVAILABLE', instances: [] });
    expect(await hosts()).toEqual([]);
  });
});
