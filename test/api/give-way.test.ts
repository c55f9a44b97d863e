import { describe, expect, test } from 'vitest';
import { markInArrears, settleByOperator } from '../../src/service/accounts/arrears.ts';
import type { TestAccount } from '../support/api.ts';
import { createDisk, createSnapshot, releaseDisk } from '../support/operations.ts';
import { createPolicy } from '../support/policies.ts';
import { advanceTo, autoSnapshots, DAY_MS, diskRuns, guarded, slotsOf, timedApi } from '../support/timer.ts';

const { api, timer } = await timedApi();

describe('5.6: a full quota', () => {
  const LIMIT =
    'mutation ($kind: QuotaKind!, $limit: Int!) { setQuota(input: { kind: $kind, limit: $limit }) { quota { limit } } }';
  const limit = (account: TestAccount, to: number) =>
    account.call(LIMIT, { kind: 'AUTO_SNAPSHOTS_PER_DISK', limit: to });
  const nextDay = async () => {
    api.clock.advance(DAY_MS);
    await timer.fire();
  };

  test('the oldest automatic snapshot gives way; those by hand and those in use stay', async () => {
    const account = await api.createAccount();
    await limit(account, 2);
    const { id } = await createPolicy(account, { hours: [11] });
    const [disk = ''] = await guarded(account, id, 1);
    const manual = await createSnapshot(account, disk);
    advanceTo(api, '11:00');
    await timer.fire();
    await nextDay();
    const [first, second] = await autoSnapshots(account, disk);
    await nextDay();
    expect((await autoSnapshots(account, disk)).map((one) => one.id)).toEqual([second.id, expect.any(String)]);
    expect((await diskRuns(account, disk))[0]).toMatchObject({ status: 'DONE', replacedSnapshotId: first.id });
    await createDisk(account, { snapshotId: second.id });
    await nextDay();
    const left = await autoSnapshots(account, disk);
    expect(left).toHaveLength(2);
    expect(left[0].id).toBe(second.id);
    expect((await account.call('query ($id: ID!) { snapshot(id: $id) { id } }', { id: manual.id })).snapshot.id).toBe(
      manual.id,
    );

    // None is free: the new one is the one that fails.
    await createDisk(account, { snapshotId: left[1].id });
    await nextDay();
    expect(await autoSnapshots(account, disk)).toEqual([
      expect.objectContaining({ id: left[0].id }),
      expect.objectContaining({ id: left[1].id }),
    ]);
    expect((await diskRuns(account, disk))[0]).toMatchObject({
      status: 'FAILED',
      code: 'QuotaExceeded',
      triedAgain: false,
    });
    expect((await slotsOf(account, id, 1)).nodes).toMatchObject([{ status: 'DONE', failedCount: 1 }]);
  });

  test('a lower quota is met by as many as it takes; a quota of none deletes nothing', async () => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account, { hours: [12] });
    const [disk = ''] = await guarded(account, id, 1);
    advanceTo(api, '12:00');
    await timer.fire();
    for (let days = 0; days < 3; days++) await nextDay();
    await limit(account, 2);
    await nextDay();
    expect(await autoSnapshots(account, disk)).toHaveLength(2);
    await limit(account, 0);
    await nextDay();
    expect(await autoSnapshots(account, disk)).toHaveLength(2);
    expect((await diskRuns(account, disk))[0]).toMatchObject({ status: 'FAILED', code: 'QuotaExceeded' });
  });

  test('5.6: none gives way in vain: where those that are free are too few, they all stay', async () => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account, { hours: [14] });
    const [disk = ''] = await guarded(account, id, 1);
    advanceTo(api, '14:00');
    await timer.fire();
    for (let days = 0; days < 2; days++) await nextDay();
    const before = await autoSnapshots(account, disk);
    const clone = await createDisk(account, { snapshotId: before[1].id });
    await limit(account, 1);
    await nextDay();
    const idsNow = async () => (await autoSnapshots(account, disk)).map((one) => one.id);
    expect(await idsNow()).toEqual(before.map((one) => one.id));
    expect((await diskRuns(account, disk))[0]).toMatchObject({
      status: 'FAILED',
      code: 'QuotaExceeded',
      replacedSnapshotId: null,
    });
    await releaseDisk(account, clone.id);
    await nextDay();
    expect(await idsNow()).toEqual([expect.any(String)]);
    expect((await diskRuns(account, disk))[0]).toMatchObject({ status: 'DONE', replacedSnapshotId: before[2].id });
  });

  test('1.3, 5.6: in arrears none gives way', async () => {
    const account = await api.createAccount();
    await limit(account, 2);
    advanceTo(api, '14:30');
    const { id } = await createPolicy(account, { hours: [15, 16, 17, 18], retentionDays: null });
    const [disk = ''] = await guarded(account, id, 1);
    for (const hour of ['15:00', '16:00']) {
      advanceTo(api, hour);
      await timer.fire();
    }
    const before = await autoSnapshots(account, disk);
    await markInArrears(api.service, { account: account.id });
    advanceTo(api, '17:00');
    await timer.fire();
    expect(await autoSnapshots(account, disk)).toEqual(before);
    expect((await diskRuns(account, disk))[0]).toMatchObject({ status: 'FAILED', code: 'QuotaExceeded' });
    await settleByOperator(api.service, { account: account.id });
    advanceTo(api, '18:00');
    await timer.fire();
    expect((await diskRuns(account, disk))[0]).toMatchObject({ status: 'DONE', replacedSnapshotId: before[0].id });
  });

  test('two workers at the same disk let one snapshot go', async () => {
    const account = await api.createAccount();
    await limit(account, 3);
    const { id } = await createPolicy(account, { hours: [13] });
    const [disk = ''] = await guarded(account, id, 1);
    advanceTo(api, '13:00');
    await timer.fire();
    for (let days = 0; days < 2; days++) await nextDay();
    const before = (await autoSnapshots(account, disk)).map((one) => one.id);
    api.clock.advance(DAY_MS);
    await timer.tick();
    const [message] = timer.messages.splice(0).filter(({ policyId }) => policyId === id);
    if (message === undefined) throw new Error('no message');
    await Promise.all([timer.work(message), timer.work(message), timer.work(message), timer.work(message)]);
    const after = (await autoSnapshots(account, disk)).map((one) => one.id);
    expect(after).toHaveLength(3);
    expect(after.slice(0, 2)).toEqual(before.slice(1));
  });
});
