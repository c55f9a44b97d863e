import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { equal, patch, put } from '../../src/platform/catalogue/port.ts';
import { sweepInstances } from '../../src/service/instances/work.ts';
import { instanceEntity, instanceWorkEntity, workShard } from '../../src/service/model/instances/rows.ts';
import { createTestApi, OTHER_REGION, type TestAccount, type TestApi } from '../support/api.ts';
import { blockOf, readBlocks, writeBlocks } from '../support/blocks.ts';
import {
  ATTACH,
  attach,
  CREATE_INSTANCE,
  createImage,
  createInstance,
  DETACH,
  detach,
  getInstance,
  INSTANCE,
  inProgress,
  RELEASE_INSTANCE,
  REPLACE_SYSTEM_DISK,
  START,
  STOP,
  stop,
} from '../support/instances.ts';
import {
  CREATE_SNAPSHOT,
  createDisk,
  createSnapshot,
  DISK,
  GIB,
  getDisk,
  getSnapshot,
  RELEASE_DISK,
  ROLLBACK_DISK,
} from '../support/operations.ts';

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

const refused = async (query: string, variables: object) => (await account.refusal(query, variables)).extensions;
const release = async (instanceId: string) =>
  (await account.call(RELEASE_INSTANCE, { input: { instanceId } })).releaseInstance;

describe('2.1: what an instance is', () => {
  test('2.1: it has what was asked for, and a node of its own', async () => {
    const input = { name: 'web', tags: [{ key: 'a', value: '1' }], dataDisks: [{ sizeBytes: GIB, name: 'data' }] };
    const made = await createInstance(account, input);
    expect(made).toMatchObject({
      id: expect.stringMatching(/^i-/),
      name: 'web',
      status: 'RUNNING',
      deletionProtection: false,
      tags: [{ key: 'a', value: '1' }],
      systemDisk: { kind: 'SYSTEM', status: 'IN_USE', instances: [{ id: made.id }] },
      dataDisks: [{ kind: 'DATA', status: 'IN_USE', deleteWithInstance: true }],
    });
    const { node } = await account.call('query ($id: ID!) { node(id: $id) { id __typename } }', { id: made.id });
    expect(node).toEqual({ id: made.id, __typename: 'Instance' });
  });

  test('2.1: lists filter by name, status and disk; another account sees nothing of them', async () => {
    const made = await createInstance(account, { name: 'listed', start: false });
    const list = 'query ($filter: InstanceFilter) { instances(filter: $filter) { nodes { id } } }';
    for (const filter of [
      { namePrefix: 'listed' },
      { diskId: made.systemDisk.id },
      { status: ['STOPPED'], nameContains: 'LISTED' },
    ]) {
      expect((await account.call(list, { filter })).instances.nodes).toEqual([{ id: made.id }]);
    }
    expect(
      (await account.call(list, { filter: { namePrefix: 'listed', status: ['RUNNING'] } })).instances.nodes,
    ).toEqual([]);
    const other = await api.createAccount();
    expect((await other.call(list, {})).instances.nodes).toEqual([]);
    expect((await other.refusal(INSTANCE, { id: made.id })).extensions.code).toBe('NotFound');
  });

  test('2.1: it can be renamed, tagged and protected', async () => {
    const made = await createInstance(account);
    const update = `mutation ($input: UpdateInstanceInput!) {
      updateInstance(input: $input) { instance { name deletionProtection tags { key } } } }`;
    const input = { instanceId: made.id, name: 'renamed', deletionProtection: true, tags: [{ key: 'k' }] };
    const expected = { name: 'renamed', deletionProtection: true, tags: [{ key: 'k' }] };
    expect((await account.call(update, { input })).updateInstance.instance).toEqual(expected);
    expect(await getInstance(account, made.id)).toMatchObject({ name: 'renamed', deletionProtection: true });
    expect(await refused(update, { input: { instanceId: made.id, name: '1' } })).toMatchObject({
      code: 'InvalidParameter',
      field: 'name',
    });
  });
});

describe('2.2: creation, starting, stopping, release', () => {
  test('2.2: from an image, with data disks', async () => {
    const disk = await createDisk(account);
    await writeBlocks(account, disk.id, 0, { 0: blockOf('boot') });
    const image = await createImage(account, (await createSnapshot(account, disk.id)).id);
    const made = await createInstance(account, {
      systemDisk: { imageId: image.id },
      dataDisks: [{ sizeBytes: GIB }, { sizeBytes: 2 * GIB }],
    });
    expect(made.systemDisk.origin).toEqual({ kind: 'IMAGE', imageId: image.id, snapshotId: null });
    expect(await readBlocks(account, made.systemDisk.id)).toEqual({ 0: 'boot' });
    expect(made.dataDisks).toHaveLength(2);
  });

  test.each([
    [{ systemDisk: {} }, 'InvalidParameter', 'systemDisk.sizeBytes'],
    [{ systemDisk: { sizeBytes: 0 } }, 'InvalidParameter', 'systemDisk.sizeBytes'],
    [{ systemDisk: { sizeBytes: GIB, name: '1' } }, 'InvalidParameter', 'systemDisk.name'],
    [{ dataDisks: [{ sizeBytes: GIB }, { sizeBytes: -1 }] }, 'InvalidParameter', 'dataDisks.1.sizeBytes'],
    [{ dataDisks: Array.from({ length: 17 }, () => ({ sizeBytes: 1 })) }, 'InvalidParameter', 'dataDisks'],
    [{ name: 'http://x' }, 'InvalidParameter', 'name'],
    [{ region: 'nowhere' }, 'InvalidParameter', 'region'],
    [{ clientToken: 'with space' }, 'InvalidParameter', 'clientToken'],
    [{ systemDisk: { imageId: 'm-00000000000000000000' } }, 'NotFound', undefined],
    [{ systemDisk: { snapshotId: 'nonsense' } }, 'NotFound', undefined],
  ])('2.2: refused, and nothing is made: %j', async (input, code, field) => {
    const count = 'query { instances(first: 1000) { nodes { id } } disks(first: 1000) { nodes { id } } }';
    const before = await account.call(count);
    const wanted = { systemDisk: { sizeBytes: GIB }, ...input };
    expect(await refused(CREATE_INSTANCE, { input: wanted })).toMatchObject(field ? { code, field } : { code });
    expect(await account.call(count)).toEqual(before);
  });

  test('2.2, 4.12: the same clientToken makes one instance', async () => {
    const input = { clientToken: 'once', dataDisks: [{ sizeBytes: GIB }] };
    const first = await createInstance(account, input);
    expect(await createInstance(account, input)).toEqual(first);
    expect(
      await refused(CREATE_INSTANCE, { input: { ...input, systemDisk: { sizeBytes: GIB }, start: false } }),
    ).toMatchObject({ code: 'IdempotentParameterMismatch', field: 'clientToken' });
  });

  test('2.2: stop and start; each only from the other state', async () => {
    const { id } = await createInstance(account);
    expect(await refused(START, { id })).toMatchObject({ code: 'IncorrectInstanceStatus', status: 'RUNNING' });
    expect((await stop(account, id)).status).toBe('STOPPED');
    expect(await refused(STOP, { id })).toMatchObject({ code: 'IncorrectInstanceStatus', status: 'STOPPED' });
    expect((await account.call(START, { id })).startInstance.instance.status).toBe('RUNNING');
  });

  test('2.2: release takes the system disk and the data disks marked so; the others are detached', async () => {
    const made = await createInstance(account, {
      start: false,
      dataDisks: [{ sizeBytes: GIB }, { sizeBytes: GIB, deleteWithInstance: false }],
    });
    const [goes, stays] = made.dataDisks;
    const manual = await createSnapshot(account, made.systemDisk.id);
    expect(await release(made.id)).toEqual({
      instanceId: made.id,
      releasedDiskIds: [made.systemDisk.id, goes.id],
      detachedDiskIds: [stays.id],
    });
    expect((await account.refusal(INSTANCE, { id: made.id })).extensions.code).toBe('NotFound');
    expect((await account.refusal(DISK, { id: goes.id })).extensions.code).toBe('NotFound');
    expect(await getDisk(account, stays.id)).toMatchObject({ status: 'AVAILABLE' });
    expect((await getSnapshot(account, manual.id)).status).toBe('ACCOMPLISHED');
  });

  test('2.2: a running or protected instance is not released', async () => {
    const { id } = await createInstance(account, { deletionProtection: true });
    await stop(account, id);
    expect(await refused(RELEASE_INSTANCE, { input: { instanceId: id } })).toMatchObject({
      code: 'DeletionProtected',
      instanceId: id,
    });
    const running = await createInstance(account);
    expect(await refused(RELEASE_INSTANCE, { input: { instanceId: running.id } })).toMatchObject({
      code: 'IncorrectInstanceStatus',
      status: 'RUNNING',
    });
  });

  test('2.2: a creation and a release that were cut off are finished by the janitor', async () => {
    const made = await createInstance(account, { dataDisks: [{ sizeBytes: GIB }] });
    const key = { accountId: account.id, id: made.id };
    const work = { shard: workShard(made.id), instanceId: made.id, accountId: account.id };
    const createdAt = new Date(api.clock.now()).toISOString();
    await api.catalogue.transact([
      patch(instanceEntity, key, { set: { status: 'PENDING' }, when: [equal('status', 'RUNNING')] }),
      put(instanceWorkEntity, { ...work, kind: 'CREATE', disks: [], start: true, createdAt }),
    ]);
    const sweep = () => sweepInstances(api.service, api.clock.now() + 60_000);
    expect(await sweep()).toEqual({ finished: 0 });
    api.clock.advance(61_000);
    expect(await sweep()).toEqual({ finished: 1 });
    expect((await getInstance(account, made.id)).status).toBe('RUNNING');
    const diskIds = [made.systemDisk.id, made.dataDisks[0].id];
    await api.catalogue.transact([put(instanceWorkEntity, { ...work, kind: 'RELEASE', diskIds, createdAt })]);
    expect(await sweep()).toEqual({ finished: 1 });
    expect(await sweep()).toEqual({ finished: 0 });
    for (const id of diskIds) expect(await refused(DISK, { id })).toMatchObject({ code: 'NotFound' });
  });
});

test('2.3: while a snapshot of one of its disks is in progress it is not started, stopped or released', async () => {
  const made = await createInstance(account, { dataDisks: [{ sizeBytes: GIB }] });
  const { id } = made;
  const [data] = made.dataDisks;
  const creating = { code: 'SnapshotCreating', diskId: data.id };
  await inProgress(api, account, data.id, async () => {
    expect(await refused(STOP, { id })).toMatchObject(creating);
  });
  await stop(account, id);
  await inProgress(api, account, data.id, async () => {
    expect(await refused(START, { id })).toMatchObject(creating);
    expect(await refused(RELEASE_INSTANCE, { input: { instanceId: id } })).toMatchObject(creating);
    expect(await refused(CREATE_SNAPSHOT, { input: { diskId: data.id } })).toMatchObject(creating);
  });
  expect((await release(id)).releasedDiskIds).toHaveLength(2);
});

describe('2.4: another system disk', () => {
  test('2.4: the instance must be STOPPED; the new disk has a new id, the old one is released', async () => {
    const made = await createInstance(account);
    const image = await createImage(account, (await createSnapshot(account, made.systemDisk.id)).id);
    const input = { instanceId: made.id, systemDisk: { imageId: image.id }, clientToken: `replace-${made.id}` };
    expect(await refused(REPLACE_SYSTEM_DISK, { input })).toMatchObject({ code: 'IncorrectInstanceStatus' });
    await stop(account, made.id);
    const { replaceSystemDisk } = await account.call(REPLACE_SYSTEM_DISK, { input });
    expect(replaceSystemDisk.releasedDiskId).toBe(made.systemDisk.id);
    expect(replaceSystemDisk.instance.systemDisk).toMatchObject({ kind: 'SYSTEM', status: 'IN_USE' });
    expect(replaceSystemDisk.instance.systemDisk.id).not.toBe(made.systemDisk.id);
    expect(await refused(DISK, { id: made.systemDisk.id })).toMatchObject({ code: 'NotFound' });
    expect((await account.call(REPLACE_SYSTEM_DISK, { input })).replaceSystemDisk).toEqual(replaceSystemDisk);
  });

  test('2.4: old snapshots never roll the new disk back, but make disks and images', async () => {
    const made = await createInstance(account, { start: false });
    await writeBlocks(account, made.systemDisk.id, 0, { 0: blockOf('old') });
    const old = await createSnapshot(account, made.systemDisk.id);
    const input = { instanceId: made.id, systemDisk: { sizeBytes: GIB } };
    const { instance } = (await account.call(REPLACE_SYSTEM_DISK, { input })).replaceSystemDisk;
    const rollback = { diskId: instance.systemDisk.id, snapshotId: old.id };
    expect(await refused(ROLLBACK_DISK, { input: rollback })).toMatchObject({ code: 'InvalidSnapshotDisk' });
    const disk = await createDisk(account, { snapshotId: old.id, sizeBytes: GIB });
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'old' });
    expect(await createImage(account, old.id)).toMatchObject({ snapshotId: old.id, diskKind: 'SYSTEM' });
  });
});

describe('3.3: attach and detach', () => {
  test('3.3: a disk goes to one instance, and back', async () => {
    const { id } = await createInstance(account);
    const disk = await createDisk(account);
    expect(await attach(account, disk.id, id)).toMatchObject({ status: 'IN_USE', instances: [{ id }] });
    expect((await attach(account, disk.id, id)).status).toBe('IN_USE');
    expect((await getInstance(account, id)).dataDisks.map((data: { id: string }) => data.id)).toEqual([disk.id]);
    const other = await createInstance(account);
    expect(await refused(ATTACH, { input: { diskId: disk.id, instanceId: other.id } })).toMatchObject({
      code: 'IncorrectDiskStatus',
      status: 'IN_USE',
    });
    expect(await refused(RELEASE_DISK, { input: { diskId: disk.id } })).toMatchObject({ code: 'IncorrectDiskStatus' });
    await writeBlocks(account, disk.id, 0, { 0: blockOf('in use') });
    expect(await detach(account, disk.id)).toMatchObject({ status: 'AVAILABLE', instances: [] });
    expect(await refused(DETACH, { input: { diskId: disk.id, instanceId: id } })).toMatchObject({
      code: 'IncorrectDiskStatus',
      status: 'AVAILABLE',
    });
    expect((await getInstance(account, id)).dataDisks).toEqual([]);
  });

  test('3.3: a SHARED disk goes to several, and is IN_USE until the last lets go', async () => {
    const [a, b] = [await createInstance(account), await createInstance(account)];
    const disk = await createDisk(account, { category: 'SHARED' });
    await attach(account, disk.id, a.id);
    expect((await attach(account, disk.id, b.id)).instances).toEqual([{ id: a.id }, { id: b.id }]);
    expect(await refused(DETACH, { input: { diskId: disk.id } })).toMatchObject({
      code: 'InvalidParameter',
      field: 'instanceId',
    });
    expect((await detach(account, disk.id, a.id)).status).toBe('IN_USE');
    expect((await detach(account, disk.id)).status).toBe('AVAILABLE');
  });

  test('3.3: only within a region, only what exists, never a system disk', async () => {
    const there = await createDisk(account, { region: OTHER_REGION });
    const { id: instanceId, systemDisk } = await createInstance(account);
    expect(await refused(ATTACH, { input: { diskId: there.id, instanceId } })).toMatchObject({
      code: 'InvalidParameter',
      field: 'instanceId',
    });
    expect(await refused(DETACH, { input: { diskId: systemDisk.id } })).toMatchObject({
      code: 'InvalidParameter',
      field: 'diskId',
    });
    const other = await api.createAccount();
    const foreign = await createDisk(other);
    expect(await refused(ATTACH, { input: { diskId: foreign.id, instanceId } })).toMatchObject({ code: 'NotFound' });
  });

  test('3.3: of two attachings at the same time, one wins', async () => {
    const [a, b] = [await createInstance(account), await createInstance(account)];
    const disk = await createDisk(account);
    const outcomes = await Promise.allSettled([attach(account, disk.id, a.id), attach(account, disk.id, b.id)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const { instances } = (
      await account.call('query ($id: ID!) { disk(id: $id) { instances { id } } }', { id: disk.id })
    ).disk;
    const holders = [await getInstance(account, a.id), await getInstance(account, b.id)].filter(
      ({ dataDisks }) => dataDisks.length === 1,
    );
    expect(holders.map(({ id }) => ({ id }))).toEqual(instances);
  });
});
