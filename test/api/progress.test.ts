import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MANIFESTS } from '../../src/engine/books/manifest.ts';
import type { WorkMessage } from '../../src/platform/queue/port.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { sweepUnpaid } from '../../src/service/disks/end-of-payment.ts';
import { releaseDisk } from '../../src/service/disks/release.ts';
import { finishOverdue, sweepOverdue } from '../../src/service/snapshots/overdue.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { readBlocks } from '../support/blocks.ts';
import {
  attach,
  CREATE_IMAGE,
  createInstance,
  DETACH,
  REINITIALIZE,
  RELEASE_INSTANCE,
  REPLACE_SYSTEM_DISK,
  START,
  STOP,
  stop,
} from '../support/instances.ts';
import { acquire, commit, leased, MINUTE_MS, RENEW, refused, releaseLease, renew, TTL_MS } from '../support/leases.ts';
import {
  CREATE_DISK,
  CREATE_SNAPSHOT,
  createDisk,
  createSnapshot,
  deleteSnapshots,
  GIB,
  getChain,
  PREVIEW,
  RELEASE_DISK,
  ROLLBACK_DISK,
  rollbackDisk,
  SNAPSHOT_FIELDS,
  UPDATE_SNAPSHOT,
} from '../support/operations.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const WAIT_MS = 15_000;
const GET = `query ($id: ID!) { snapshot(id: $id) { consistency ${SNAPSHOT_FIELDS} } }`;
const LIST = 'query ($filter: SnapshotFilter) { snapshots(filter: $filter) { nodes { id status } } }';

let api: TestApi;
let account: TestAccount;
let disk: Told;
let lease: Told;
let version: number;
/** Delayed messages, as the queue has them. */
type SnapshotMessage = Extract<WorkMessage, { kind: 'snapshot' }>;
let messages: { readonly message: SnapshotMessage; readonly delayMs: number | undefined }[];

beforeAll(async () => {
  api = await createTestApi();
  api.engine.queue.send = async (sent, options) => {
    for (const message of sent) {
      if (message.kind === 'snapshot') messages.push({ message, delayMs: options?.delayMs });
    }
  };
});
beforeEach(async () => {
  api.clock.advance(WAIT_MS);
  await overdue(); // what the test before has left
  messages = [];
  account = await api.createAccount();
  disk = await createDisk(account);
  lease = (await acquire(account, disk.id)).lease;
  version = await commit(account, disk.id, { text: 'first', version: 0, fence: lease.fence });
});
afterAll(() => api.close());

const get = async (id: string): Promise<Told> => (await account.call(GET, { id })).snapshot;
const overdue = () => sweepOverdue(api.service, FOREVER);
const write = async (text: string) => {
  version = await commit(account, disk.id, { text, version, fence: lease.fence });
};
/** The writer answers the snapshot that waits for it. */
const flush = async () => {
  const { flushRequest } = await renew(account, disk.id, lease.fence);
  return renew(account, disk.id, lease.fence, flushRequest);
};

describe('4.4, 9.3: a snapshot of a disk that somebody holds open asks its writer to flush', () => {
  test('4.4, 9.3: it begins at once, and ends with what the writer has flushed', async () => {
    const begun = await createSnapshot(account, disk.id, { name: 'asked', retentionDays: 3, description: 'why' });
    expect(begun).toMatchObject({ status: 'PROGRESSING', progressPercent: 0, expiresAt: null, sizes: null });
    expect(begun).toMatchObject({ name: 'asked', retentionDays: 3, root: 'empty', type: 'FULL' });
    expect((await renew(account, disk.id, lease.fence)).flushRequest).toBe(1);
    await write('flushed');
    api.clock.advance(2000);
    await renew(account, disk.id, lease.fence, 1);
    const done = await get(begun.id);
    expect(done).toMatchObject({ status: 'ACCOMPLISHED', consistency: 'FLUSHED', progressPercent: 100, name: 'asked' });
    expect(done.createdAt > begun.createdAt).toBe(true);
    expect(Date.parse(done.expiresAt) - Date.parse(done.createdAt)).toBe(3 * 86_400_000);
    await write('later');
    expect(await readBlocks(account, begun.id)).toEqual({ 0: 'flushed' });
    expect((await get(begun.id)).sizes).toMatchObject({ totalBytes: 524_288 });
  });

  test('4.4, 9.3: without an answer it takes what is committed, when the delayed message comes', async () => {
    const begun = await createSnapshot(account, disk.id);
    const message: SnapshotMessage = { kind: 'snapshot', accountId: account.id, id: begun.id };
    expect(messages).toEqual([{ message, delayMs: WAIT_MS }]);
    api.clock.advance(1000);
    expect(await finishOverdue(api.service, message)).toBe('early');
    expect(messages[1]?.delayMs).toBeLessThanOrEqual(WAIT_MS - 1000);
    expect((await get(begun.id)).status).toBe('PROGRESSING');
    api.clock.advance(WAIT_MS);
    expect(await finishOverdue(api.service, message)).toBe('done');
    expect(await get(begun.id)).toMatchObject({ status: 'ACCOMPLISHED', consistency: 'COMMITTED' });
    expect(await finishOverdue(api.service, message)).toBe('gone');
    await renew(account, disk.id, lease.fence, 1);
    expect((await get(begun.id)).consistency).toBe('COMMITTED');
    expect(await readBlocks(account, begun.id)).toEqual({ 0: 'first' });
  });

  test('4.4, 9.3: the janitor finishes what the queue has lost', async () => {
    const begun = await createSnapshot(account, disk.id);
    expect(await overdue()).toEqual({ finished: 0 });
    api.clock.advance(WAIT_MS);
    expect(await overdue()).toEqual({ finished: 1 });
    expect(await get(begun.id)).toMatchObject({ status: 'ACCOMPLISHED', consistency: 'COMMITTED' });
    expect(await overdue()).toEqual({ finished: 0 });
  });

  test('4.4, 9.3: an answer to an earlier request is none', async () => {
    const first = await createSnapshot(account, disk.id);
    await flush();
    const second = await createSnapshot(account, disk.id);
    await renew(account, disk.id, lease.fence, 1);
    expect(await get(second.id)).toMatchObject({ status: 'PROGRESSING', type: 'INCREMENTAL' });
    await renew(account, disk.id, lease.fence, 2);
    expect((await get(second.id)).consistency).toBe('FLUSHED');
    expect((await get(first.id)).consistency).toBe('FLUSHED');
    const { diskId, fence } = lease;
    expect(await refused(account, RENEW, { diskId, fence, flushed: 3 })).toMatchObject({
      code: 'InvalidParameter',
      field: 'flushed',
    });
  });

  test.each([
    ['released', (fence: number) => releaseLease(account, disk.id, fence)],
    ['stolen', () => acquire(account, disk.id, { holder: 'host-b', steal: true })],
    ['broken', () => account.call(DETACH, { input: { diskId: disk.id, breakLease: true } })],
  ])('4.4, 9.3: a lease that is %s answers no more: what is committed is taken at once', async (_, end) => {
    const begun = await createSnapshot(account, disk.id);
    await end(lease.fence);
    expect(await get(begun.id)).toMatchObject({ status: 'ACCOMPLISHED', consistency: 'COMMITTED' });
  });

  test('4.4: nobody is asked where nobody holds the disk', async () => {
    api.clock.advance(TTL_MS);
    const { id } = await createSnapshot(account, disk.id);
    expect(await get(id)).toMatchObject({ status: 'ACCOMPLISHED', consistency: 'COMMITTED' });
    expect(messages).toEqual([]);
    await renew(account, disk.id, lease.fence);
  });

  test('4.1, 3.4: size and instant are those of the state it has', async () => {
    const begun = await createSnapshot(account, disk.id);
    await account.call('mutation ($input: ResizeDiskInput!) { resizeDisk(input: $input) { disk { id } } }', {
      input: { diskId: disk.id, sizeBytes: 2 * GIB },
    });
    api.clock.advance(1000);
    await flush();
    const done = await get(begun.id);
    expect(done.sourceDisk.sizeBytes).toBe(2 * GIB);
    expect(Date.parse(done.createdAt)).toBeGreaterThanOrEqual(Date.parse(begun.createdAt) + 1000);
    const { nodes } = (await account.call(LIST, { filter: { createdFrom: done.createdAt } })).snapshots;
    expect(nodes).toEqual([{ id: begun.id, status: 'ACCOMPLISHED' }]);
  });

  test('4.12: the same token is the same snapshot, whichever state it is in', async () => {
    const input = { clientToken: 'once' };
    const { id } = await createSnapshot(account, disk.id, input);
    expect(await createSnapshot(account, disk.id, input)).toMatchObject({ id, status: 'PROGRESSING' });
    await flush();
    expect(await createSnapshot(account, disk.id, input)).toMatchObject({ id, status: 'ACCOMPLISHED' });
  });
});

describe('a snapshot that is PROGRESSING', () => {
  test('1.4, 4.8: counts from its beginning, is listed, and has no node yet', async () => {
    const { id } = await createSnapshot(account, disk.id);
    expect(await getChain(account, disk.id)).toMatchObject({
      snapshotCount: 1,
      manualQuota: { used: 1 },
      nodes: { totalCount: 0, nodes: [] },
    });
    for (const filter of [{ diskId: disk.id }, {}, { status: ['PROGRESSING'] }]) {
      expect((await account.call(LIST, { filter })).snapshots.nodes).toEqual([{ id, status: 'PROGRESSING' }]);
    }
    await flush();
    expect(await getChain(account, disk.id)).toMatchObject({ snapshotCount: 1, nodes: { totalCount: 1 } });
    expect((await account.call(LIST, { filter: { diskId: disk.id } })).snapshots.nodes).toHaveLength(1);
  });

  test('1.4: a full quota refuses it at its beginning', async () => {
    const quota =
      'mutation ($limit: Int!) { setQuota(input: { kind: MANUAL_SNAPSHOTS_PER_DISK, limit: $limit }) { quota { limit } } }';
    await account.call(quota, { limit: 1 });
    await createSnapshot(account, disk.id);
    await flush();
    expect(await refused(account, CREATE_SNAPSHOT, { diskId: disk.id })).toMatchObject({ code: 'QuotaExceeded' });
    expect((await renew(account, disk.id, lease.fence)).flushRequest).toBe(1);
  });

  test('4.2, 4.9, 3.5, 3.8: no second one, no rollback, no reinitialising, no release meanwhile', async () => {
    const earlier = await createSnapshot(account, disk.id);
    await flush();
    const { id } = await createSnapshot(account, disk.id);
    const creating = { code: 'SnapshotCreating', diskId: disk.id, snapshotId: id };
    const broken = { diskId: disk.id, breakLease: true };
    expect(await refused(account, CREATE_SNAPSHOT, { diskId: disk.id })).toMatchObject(creating);
    expect(await refused(account, ROLLBACK_DISK, { ...broken, snapshotId: earlier.id })).toMatchObject(creating);
    expect(await refused(account, REINITIALIZE, broken)).toMatchObject(creating);
    expect(await refused(account, RELEASE_DISK, broken)).toMatchObject(creating);
    expect((await leased(account, disk.id)).lease.fence).toBe(lease.fence);
    const dry = await rollbackDisk(account, disk.id, earlier.id, { dryRun: true, breakLease: true });
    expect(dry.refusals).toMatchObject([{ code: 'SnapshotCreating' }]);
    await flush();
    await rollbackDisk(account, disk.id, earlier.id, { breakLease: true });
    await account.call(RELEASE_DISK, { input: broken });
  });

  test('2.3: its instance is not started, stopped, released, nor given another system disk', async () => {
    const instance = await createInstance(account);
    const other = await createDisk(account);
    await attach(account, other.id, instance.id);
    lease = (await acquire(account, other.id)).lease;
    disk = other;
    await createSnapshot(account, other.id);
    const creating = { code: 'SnapshotCreating', diskId: other.id };
    expect((await account.refusal(STOP, { id: instance.id })).extensions).toMatchObject(creating);
    await flush();
    await stop(account, instance.id);
    await createSnapshot(account, other.id);
    api.clock.advance(TTL_MS);
    expect((await account.refusal(START, { id: instance.id })).extensions).toMatchObject(creating);
    expect(await refused(account, RELEASE_INSTANCE, { instanceId: instance.id })).toMatchObject(creating);
    const replaced = { instanceId: instance.id, systemDisk: { sizeBytes: GIB } };
    expect(await refused(account, REPLACE_SYSTEM_DISK, replaced)).toMatchObject(creating);
    await overdue();
    await account.call(START, { id: instance.id });
  });

  test('4.4, 4.9, 6.1: cannot be used: read, cloned, rolled back to, made an image of', async () => {
    const { id } = await createSnapshot(account, disk.id);
    const notReady = { code: 'SnapshotNotReady', snapshotId: id, status: 'PROGRESSING' };
    const map = 'query ($input: BlockMapInput!) { blockMap(input: $input) { root } }';
    expect(await refused(account, map, { source: id })).toMatchObject(notReady);
    expect(await refused(account, CREATE_DISK, { snapshotId: id })).toMatchObject(notReady);
    expect(await refused(account, CREATE_IMAGE, { snapshotId: id })).toMatchObject(notReady);
    expect(await refused(account, ROLLBACK_DISK, { diskId: disk.id, snapshotId: id })).toMatchObject(notReady);
    const changed = 'query ($input: ChangedBlocksInput!) { changedBlocks(input: $input) { sizeBytes } }';
    expect(await refused(account, changed, { toSnapshotId: id })).toMatchObject(notReady);
  });

  test('4.6: is cancelled by deleting it; a late answer brings nothing back', async () => {
    const { id } = await createSnapshot(account, disk.id, { retentionDays: 1 });
    const { deleteSnapshotsPreview } = await account.call(PREVIEW, { input: { snapshotIds: [id] } });
    expect(deleteSnapshotsPreview).toMatchObject({ objects: 0, storedBytes: 0, results: [{ error: null }] });
    expect(await deleteSnapshots(account, [id])).toMatchObject([{ snapshotId: id, deleted: true, job: null }]);
    await renew(account, disk.id, lease.fence, 1);
    api.clock.advance(WAIT_MS);
    expect(await overdue()).toEqual({ finished: 0 });
    expect((await account.refusal(GET, { id })).extensions.code).toBe('NotFound');
    expect(await getChain(account, disk.id)).toMatchObject({ snapshotCount: 0, manualQuota: { used: 0 } });
    await renew(account, disk.id, lease.fence);
    const next = await createSnapshot(account, disk.id);
    expect(next.status).toBe('PROGRESSING');
    await flush();
    expect((await get(next.id)).consistency).toBe('FLUSHED');
  });

  test('4.1: is renamed and described meanwhile, and has its manifest only when it is complete', async () => {
    const { id } = await createSnapshot(account, disk.id);
    const change = { snapshotId: id, name: 'renamed', description: 'meanwhile', tags: [{ key: 'k', value: 'v' }] };
    await account.call(UPDATE_SNAPSHOT, { input: change });
    await api.settle();
    const manifests = async () => (await api.objects.list(`${MANIFESTS}${account.id}/${id}/`, { limit: 10 })).keys;
    expect(await manifests()).toEqual([]);
    await flush();
    expect(await get(id)).toMatchObject({
      name: 'renamed',
      description: 'meanwhile',
      tags: [{ key: 'k', value: 'v' }],
    });
    await api.settle();
    expect(await manifests()).toHaveLength(1);
    const named = await account.call(LIST, { filter: { namePrefix: 'renamed' } });
    expect(named.snapshots.nodes).toMatchObject([{ id }]);
  });

  test('3.6: goes with its disk, where that was prepaid and its grace time is over', async () => {
    const expiresAt = new Date(api.clock.now() + MINUTE_MS).toISOString();
    const prepaid = await createDisk(account, { chargeType: 'PREPAID', expiresAt });
    const own = (await acquire(account, prepaid.id)).lease;
    const kept = await createSnapshot(account, prepaid.id);
    await renew(account, prepaid.id, own.fence, 1);
    api.clock.advance(10 * MINUTE_MS);
    await renew(account, prepaid.id, own.fence);
    const begun = await createSnapshot(account, prepaid.id);
    expect(begun.status).toBe('PROGRESSING');
    expect(await refused(account, RELEASE_DISK, { diskId: prepaid.id, breakLease: true })).toMatchObject({
      code: 'SnapshotCreating',
    });
    await sweepUnpaid(api.service, { graceMs: MINUTE_MS }, FOREVER);
    const node = 'query ($id: ID!) { node(id: $id) { id } }';
    expect((await account.call(node, { id: prepaid.id })).node).toBeNull();
    expect((await account.call(node, { id: begun.id })).node).toBeNull();
    expect(await get(kept.id)).toMatchObject({ consistency: 'FLUSHED', sourceDisk: { disk: null } });
    api.clock.advance(WAIT_MS);
    expect(await overdue()).toEqual({ finished: 0 });
  });

  test('3.8: goes with its disk, where that goes with its instance', async () => {
    const instance = await createInstance(account, { dataDisks: [{ sizeBytes: GIB }] });
    const [{ id: dataId }] = instance.dataDisks;
    await stop(account, instance.id);
    await acquire(account, dataId);
    await createSnapshot(account, dataId);
    // The disk goes though a snapshot began after the instance was gone: as the work of the release
    // finds it.
    const wish = { diskId: dataId, breakLease: true };
    await releaseDisk(api.service, serviceCaller(account.id), wish, { operation: 'RELEASE_WITH_INSTANCE' });
    expect((await account.call(LIST, { filter: {} })).snapshots.nodes).toEqual([]);
  });
});
