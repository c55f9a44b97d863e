import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sweepUnpaid } from '../../src/service/disks/end-of-payment.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { COMMIT, readBlocks } from '../support/blocks.ts';
import { attach, createInstance, REINITIALIZE, stop } from '../support/instances.ts';
import { acquire, commit, commitInput, leased, MINUTE_MS, refused, renew, TTL_MS } from '../support/leases.ts';
import { createDisk, createSnapshot, RELEASE_DISK, ROLLBACK_DISK, rollbackDisk } from '../support/operations.ts';

let api: TestApi;
let account: TestAccount;
/** With `before` in its snapshot, and `after` written since. */
let disk: Told;
let snapshotId: string;
let version: number;
beforeAll(async () => {
  api = await createTestApi();
});
beforeEach(async () => {
  account = await api.createAccount();
  disk = await createDisk(account);
  await commit(account, disk.id, { text: 'before', version: 0 });
  snapshotId = (await createSnapshot(account, disk.id)).id;
  version = await commit(account, disk.id, { text: 'after', version: 1 });
});
afterAll(() => api.close());

const LOCKED = { code: 'DiskLocked', holder: 'host-a' };

async function fencedOff(fence: number): Promise<void> {
  const { disk: now } = await account.call('query ($id: ID!) { disk(id: $id) { version } }', { id: disk.id });
  const late = await commitInput(account, disk.id, { text: 'late', version: now.version, fence });
  expect(await refused(account, COMMIT, late)).toMatchObject({ code: 'LeaseLost' });
}

describe('9.3, 4.9: rolling back under a writer', () => {
  test('9.3, 4.9: is refused while the lease lives; broken, the writer is fenced off', async () => {
    const { lease } = await acquire(account, disk.id);
    const input = { diskId: disk.id, snapshotId };
    expect(await refused(account, ROLLBACK_DISK, input)).toMatchObject({ ...LOCKED, fence: lease.fence });
    const dry = await rollbackDisk(account, disk.id, snapshotId, { dryRun: true });
    expect(dry.refusals).toMatchObject([{ code: 'DiskLocked', message: expect.stringContaining('host-a') }]);
    expect((await rollbackDisk(account, disk.id, snapshotId, { dryRun: true, breakLease: true })).refusals).toEqual([]);
    expect((await leased(account, disk.id)).lease.fence).toBe(lease.fence);
    await rollbackDisk(account, disk.id, snapshotId, { breakLease: true });
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'before' });
    expect(await leased(account, disk.id)).toMatchObject({ status: 'AVAILABLE', lease: null, instances: [] });
    await fencedOff(lease.fence);
  });

  test('9.3, 4.9: takes its safety snapshot of what was committed when the lease was broken', async () => {
    const { lease } = await acquire(account, disk.id);
    await commit(account, disk.id, { text: 'latest', version, fence: lease.fence });
    const input = { breakLease: true, safetySnapshot: true, clientToken: 'safe' };
    const { safetySnapshot } = await rollbackDisk(account, disk.id, snapshotId, input);
    expect(await readBlocks(account, safetySnapshot.id)).toEqual({ 0: 'latest' });
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'before' });
    const again = await rollbackDisk(account, disk.id, snapshotId, input);
    expect(again.safetySnapshot.id).toBe(safetySnapshot.id);
  });

  test('9.3, 4.9: breaks nothing where it is refused for another reason', async () => {
    const { lease } = await acquire(account, disk.id);
    const wrong = { diskId: disk.id, snapshotId, breakLease: true, expectedVersion: version + 1 };
    expect(await refused(account, ROLLBACK_DISK, wrong)).toMatchObject({ code: 'VersionConflict' });
    await renew(account, disk.id, lease.fence);
  });

  test('9.3, 4.9: a lease that has expired is nobody’s', async () => {
    const { lease } = await acquire(account, disk.id);
    api.clock.advance(TTL_MS);
    await rollbackDisk(account, disk.id, snapshotId);
    expect(await readBlocks(account, disk.id)).toEqual({ 0: 'before' });
    await fencedOff(lease.fence);
  });

  test('9.3, 4.9: under an instance, that is to be STOPPED first', async () => {
    const instance = await createInstance(account);
    await attach(account, disk.id, instance.id);
    const { lease } = await acquire(account, disk.id);
    const input = { diskId: disk.id, snapshotId, breakLease: true };
    expect(await refused(account, ROLLBACK_DISK, input)).toMatchObject({ code: 'IncorrectInstanceStatus' });
    await renew(account, disk.id, lease.fence);
    await stop(account, instance.id);
    expect(await refused(account, ROLLBACK_DISK, { ...input, breakLease: false })).toMatchObject(LOCKED);
    await rollbackDisk(account, disk.id, snapshotId, { breakLease: true, startInstance: true });
    expect(await leased(account, disk.id)).toMatchObject({ status: 'IN_USE', lease: null });
    await fencedOff(lease.fence);
  });
});

describe('9.3: reinitialising and releasing under a writer', () => {
  test('9.3, 3.5: reinitialised only once the lease is over, or broken', async () => {
    const { lease } = await acquire(account, disk.id);
    expect(await refused(account, REINITIALIZE, { diskId: disk.id })).toMatchObject(LOCKED);
    await account.call(REINITIALIZE, { input: { diskId: disk.id, breakLease: true } });
    expect(await readBlocks(account, disk.id)).toEqual({});
    await fencedOff(lease.fence);
    const next = await acquire(account, disk.id);
    api.clock.advance(TTL_MS);
    await account.call(REINITIALIZE, { input: { diskId: disk.id } });
    await fencedOff(next.lease.fence);
  });

  test('9.3, 3.8: released only once the lease is over, or broken', async () => {
    const { lease } = await acquire(account, disk.id);
    expect(await refused(account, RELEASE_DISK, { diskId: disk.id })).toMatchObject(LOCKED);
    await renew(account, disk.id, lease.fence);
    await account.call(RELEASE_DISK, { input: { diskId: disk.id, breakLease: true } });
    expect((await account.call('{ instances { nodes { id } } }')).instances.nodes).toEqual([]);
    const other = await createDisk(account);
    await acquire(account, other.id);
    api.clock.advance(TTL_MS);
    await account.call(RELEASE_DISK, { input: { diskId: other.id } });
    expect((await account.call('{ instances { nodes { id } } }')).instances.nodes).toEqual([]);
  });

  test('9.3, 3.8: what an instance has is not released with a broken lease either', async () => {
    const instance = await createInstance(account);
    await attach(account, disk.id, instance.id);
    await acquire(account, disk.id);
    const input = { diskId: disk.id, breakLease: true };
    expect(await refused(account, RELEASE_DISK, input)).toMatchObject({ code: 'IncorrectDiskStatus' });
  });

  test('9.3, 3.6: a prepaid disk goes at its time, whoever holds it', async () => {
    const expiresAt = new Date(api.clock.now() + MINUTE_MS).toISOString();
    const prepaid = await createDisk(account, { chargeType: 'PREPAID', expiresAt });
    const { lease } = await acquire(account, prepaid.id);
    api.clock.advance(10 * MINUTE_MS);
    await renew(account, prepaid.id, lease.fence);
    await sweepUnpaid(api.service, { graceMs: MINUTE_MS }, Number.POSITIVE_INFINITY);
    expect((await account.call('query ($id: ID!) { node(id: $id) { id } }', { id: prepaid.id })).node).toBeNull();
    expect((await account.call('{ instances { nodes { id } } }')).instances.nodes).toEqual([]);
  });
});
