import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { markInArrears } from '../../src/service/accounts/arrears.ts';
import { sweepArrears } from '../../src/service/snapshots/arrears.ts';
import { sweepOverdue } from '../../src/service/snapshots/overdue.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { acquire, MINUTE_MS, refused, renew } from '../support/leases.ts';
import {
  CREATE_SNAPSHOT,
  createDisk,
  createSnapshot,
  deleteSnapshots,
  getChain,
  getSnapshot,
} from '../support/operations.ts';
import { createPolicy } from '../support/policies.ts';
import {
  advanceTo,
  autoSnapshots,
  createTimer,
  DAY_MS,
  diskRuns,
  retirePolicies,
  slotsOf,
  type TestTimer,
} from '../support/timer.ts';

const FOREVER = Number.POSITIVE_INFINITY;

let api: TestApi;
let timer: TestTimer;
let account: TestAccount;
let policy: Told;
let disk: Told;
let fence: number;
beforeAll(async () => {
  api = await createTestApi();
  timer = createTimer(api);
});
/**
 * A disk that is attached to nothing but the host that holds it open, at the time that its policy
 * is due.
 */
beforeEach(async () => {
  account = await api.createAccount();
  advanceTo(api, '08:00');
  policy = await createPolicy(account, { hours: [9], retentionDays: 2 });
  disk = await createDisk(account, { policyId: policy.id });
  advanceTo(api, '09:00');
  fence = (await acquire(account, disk.id)).lease.fence;
});
afterEach(() => retirePolicies(api));
afterAll(() => api.close());

const answer = async () => {
  const { flushRequest } = await renew(account, disk.id, fence);
  await renew(account, disk.id, fence, flushRequest);
};
const snapshotOf = async () => (await autoSnapshots(account, disk.id))[0];

describe('5.3, 9.3: a policy and a disk that a host holds open', () => {
  test('5.3, 9.3: covers it, and asks its writer to flush', async () => {
    await timer.fire();
    const begun = await snapshotOf();
    expect(await diskRuns(account, disk.id)).toMatchObject([{ status: 'DONE', snapshotId: begun.id }]);
    expect((await slotsOf(account, policy.id)).nodes).toMatchObject([{ status: 'DONE', doneCount: 1 }]);
    expect(await getSnapshot(account, begun.id)).toMatchObject({
      status: 'PROGRESSING',
      kind: 'AUTO',
      expiresAt: null,
    });
    expect(await getChain(account, disk.id)).toMatchObject({ autoQuota: { used: 1 } });
    api.clock.advance(5000);
    await answer();
    const done = await getSnapshot(account, begun.id);
    expect(done).toMatchObject({ status: 'ACCOMPLISHED', name: begun.name, retentionDays: 2 });
    expect(Date.parse(done.expiresAt) - Date.parse(done.createdAt)).toBe(2 * DAY_MS);
    await timer.fire();
    expect(await autoSnapshots(account, disk.id)).toHaveLength(1);
  });

  test('5.3, 4.6: one that is cancelled is not taken again in its slot', async () => {
    await timer.fire();
    await deleteSnapshots(account, [(await snapshotOf()).id]);
    api.clock.advance(6 * MINUTE_MS);
    await timer.fire();
    expect(await autoSnapshots(account, disk.id)).toEqual([]);
  });
});

describe('5.4: one snapshot of a disk at a time', () => {
  test('5.4, 4.2: none by hand while an automatic one is in progress', async () => {
    await timer.fire();
    const { id } = await snapshotOf();
    expect(await refused(account, CREATE_SNAPSHOT, { diskId: disk.id })).toMatchObject({
      code: 'SnapshotCreating',
      diskId: disk.id,
      snapshotId: id,
    });
    await answer();
    expect(await createSnapshot(account, disk.id)).toMatchObject({ status: 'PROGRESSING', type: 'INCREMENTAL' });
  });

  test('5.4: an automatic one is skipped while one by hand is in progress, and tried again within the hour', async () => {
    const byHand = await createSnapshot(account, disk.id);
    await timer.fire();
    expect(await diskRuns(account, disk.id)).toMatchObject([
      { status: 'SKIPPED', code: 'SnapshotCreating', triedAgain: true },
    ]);
    await answer();
    expect((await getSnapshot(account, byHand.id)).status).toBe('ACCOMPLISHED');
    api.clock.advance(6 * MINUTE_MS);
    await renew(account, disk.id, fence);
    await timer.fire();
    const begun = await snapshotOf();
    expect(await diskRuns(account, disk.id)).toMatchObject([{ status: 'DONE', snapshotId: begun.id }]);
    await answer();
    expect((await getSnapshot(account, begun.id)).status).toBe('ACCOMPLISHED');
  });
});

test('1.3: what is in progress when the service stops is finished; after 15 days it is deleted like all others', async () => {
  const begun = await createSnapshot(account, disk.id);
  await markInArrears(api.service, { account: account.id });
  api.clock.advance(DAY_MS);
  await sweepOverdue(api.service, FOREVER);
  expect((await getSnapshot(account, begun.id)).status).toBe('ACCOMPLISHED');
  await renew(account, disk.id, fence);
  expect(await refused(account, CREATE_SNAPSHOT, { diskId: disk.id })).toMatchObject({ code: 'AccountInArrears' });
  api.clock.advance(15 * DAY_MS);
  await sweepArrears(api.service, FOREVER);
  expect(await getChain(account, disk.id)).toMatchObject({ snapshotCount: 0 });
});
