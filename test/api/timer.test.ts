import { describe, expect, test } from 'vitest';
import { markInArrears, settleByOperator } from '../../src/service/accounts/arrears.ts';
import type { TestApi, Told } from '../support/api.ts';
import { createInstance, stop } from '../support/instances.ts';
import { createDisk, deleteSnapshots, GIB } from '../support/operations.ts';
import { applyPolicy, cancelPolicy, createPolicy, deletePolicy, getPolicy, updatePolicy } from '../support/policies.ts';
import {
  advanceTo,
  autoSnapshots,
  createTimer,
  DAY_MS,
  diskRuns,
  guarded,
  HOUR_MS,
  runsOf,
  slotsOf,
  timedApi,
} from '../support/timer.ts';

const MINUTE_MS = 60_000;

const { api, timer } = await timedApi();

describe('5.3: at each due hour', () => {
  test('every IN_USE disk gets one snapshot; others are recorded with the reason, for policy and disk', async () => {
    const account = await api.createAccount();
    advanceTo(api, '01:00');
    const { id } = await createPolicy(account, { hours: [2, 14], retentionDays: 9 });
    const inUse = await guarded(account, id, 3);
    const free = await createDisk(account, { policyId: id });
    const prepaid = { chargeType: 'PREPAID', expiresAt: new Date(api.clock.now() + MINUTE_MS).toISOString() };
    const expired = await createDisk(account, { policyId: id, ...prepaid });
    expect(await timer.fire()).toMatchObject({ opened: 0 });
    expect(await runsOf(account, id)).toEqual([]);

    advanceTo(api, '02:00');
    const slotAt = (await getPolicy(account, id)).nextRunAt;
    expect(await timer.fire()).toEqual({ opened: 1, woken: 0 });
    const runs = await runsOf(account, id);
    expect(runs).toHaveLength(5);
    for (const diskId of inUse) {
      const [run] = runs.filter((one) => one.diskId === diskId);
      const [snapshot, ...others] = await autoSnapshots(account, diskId);
      expect(others).toEqual([]);
      expect(run).toMatchObject({ status: 'DONE', slotAt, snapshotId: snapshot.id, code: null, triedAgain: false });
      const expiresAt = new Date(Date.parse(snapshot.createdAt) + 9 * DAY_MS).toISOString();
      const date = slotAt.slice(0, 10).replaceAll('-', '');
      expect(snapshot).toMatchObject({ name: `auto2.0_${date}_${id}`, policyId: id, retentionDays: 9, expiresAt });
      expect(await diskRuns(account, diskId)).toEqual([run]);
    }
    for (const [diskId, status] of [
      [free.id, 'AVAILABLE'],
      [expired.id, 'EXPIRED'],
    ]) {
      const [run, ...others] = await diskRuns(account, diskId);
      expect(others).toEqual([]);
      expect(run).toMatchObject({ status: 'SKIPPED', code: 'IncorrectDiskStatus', snapshotId: null });
      expect(run.message).toContain(status);
    }
    expect(await runsOf(account, id, ['SKIPPED'])).toHaveLength(2);
    expect((await slotsOf(account, id)).nodes).toMatchObject([
      { slotAt, status: 'DONE', doneCount: 3, skippedCount: 2, failedCount: 0, missedSlots: 0 },
    ]);
    expect(new Date((await getPolicy(account, id)).nextRunAt).getUTCHours()).toBe(14);

    // However often it fires, and whatever is delivered again.
    await timer.fire();
    await timer.work({ kind: 'slot', accountId: account.id, policyId: id, slotAt });
    expect(await runsOf(account, id)).toEqual(runs);
    advanceTo(api, '14:30');
    await timer.fire();
    expect(await autoSnapshots(account, inUse[0] ?? '')).toHaveLength(2);
    expect((await slotsOf(account, id)).nodes).toHaveLength(2);
  });

  test('a slot is opened once by timers at the same time, and done once by workers at the same time', async () => {
    const account = await api.createAccount();
    advanceTo(api, '03:30');
    const { id } = await createPolicy(account, { hours: [4] });
    const disks = await guarded(account, id, 5);
    advanceTo(api, '04:05');
    const ticks = await Promise.all([timer.tick(), timer.tick(), timer.tick()]);
    expect(ticks.reduce((sum, { opened }) => sum + opened, 0)).toBe(1);
    const [message] = timer.messages.splice(0);
    if (message === undefined) throw new Error('no message');
    await Promise.all([timer.work(message), timer.work(message), timer.work(message)]);
    for (const disk of disks) expect(await autoSnapshots(account, disk)).toHaveLength(1);
    expect((await slotsOf(account, id)).nodes).toMatchObject([{ status: 'DONE', doneCount: 5, skippedCount: 0 }]);
    expect(timer.reported).toEqual([]);
  });

  test('a message that was lost is sent again', async () => {
    const account = await api.createAccount();
    advanceTo(api, '04:30');
    const { id } = await createPolicy(account, { hours: [5] });
    const [disk = ''] = await guarded(account, id, 1);
    advanceTo(api, '05:00');
    await timer.tick();
    timer.messages.length = 0; // lost
    expect(await timer.fire()).toEqual({ opened: 0, woken: 0 });
    expect(await autoSnapshots(account, disk)).toHaveLength(0);
    api.clock.advance(3 * MINUTE_MS);
    expect(await timer.fire()).toEqual({ opened: 0, woken: 1 });
    expect(await autoSnapshots(account, disk)).toHaveLength(1);
  });

  test('an account in arrears is skipped until it has paid; what is skipped is not made up for', async () => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account, { hours: [6], timeZone: 'UTC' });
    const [disk = ''] = await guarded(account, id, 1);
    await markInArrears(api.service, { account: account.id });
    api.clock.advance(DAY_MS);
    advanceTo(api, '06:00');
    await timer.fire();
    await settleByOperator(api.service, { account: account.id });
    const [skipped] = await diskRuns(account, disk);
    expect(skipped).toMatchObject({ status: 'SKIPPED', code: 'AccountInArrears', triedAgain: false });
    const before = (await autoSnapshots(account, disk)).length;
    api.clock.advance(DAY_MS);
    await timer.fire();
    expect(await autoSnapshots(account, disk)).toHaveLength(before + 1);
  });

  test('an instance that is neither RUNNING nor STOPPED is skipped; a stopped one is not', async () => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account, { hours: [7] });
    const [system] = [await createInstance(account, { systemDisk: { sizeBytes: GIB, policyId: id } })];
    await stop(account, system.id);
    advanceTo(api, '07:00');
    await timer.fire();
    expect(await diskRuns(account, system.systemDisk.id)).toMatchObject([{ status: 'DONE' }]);
  });

  test('a timer that was down makes up for the latest slot, and records the earlier ones as missed', async () => {
    const account = await api.createAccount();
    advanceTo(api, '23:30');
    const { id } = await createPolicy(account, { hours: [0, 6, 12, 18] });
    const [disk = ''] = await guarded(account, id, 1);
    const first = (await getPolicy(account, id)).nextRunAt;
    api.clock.advance(2 * DAY_MS + HOUR_MS); // nine slots
    await timer.fire();
    const { nodes } = await slotsOf(account, id);
    expect(nodes.map(({ status }: Told) => status)).toEqual(['DONE', ...Array.from({ length: 8 }, () => 'MISSED')]);
    expect(nodes.at(-1).slotAt).toBe(first);
    expect(nodes[0]).toMatchObject({ missedSlots: 8, doneCount: 1 });
    expect(await diskRuns(account, disk)).toMatchObject([{ status: 'DONE', missedSlots: 8, slotAt: nodes[0].slotAt }]);
    expect(await autoSnapshots(account, disk)).toHaveLength(1);
    const page = await slotsOf(account, id, 4);
    expect(page.pageInfo.hasNextPage).toBe(true);
    expect((await slotsOf(account, id, 9, page.pageInfo.endCursor)).nodes).toEqual(nodes.slice(4));

    // The next one in time has missed none.
    advanceTo(api, '06:00');
    await timer.fire();
    expect((await slotsOf(account, id, 1)).nodes[0]).toMatchObject({ missedSlots: 0 });
  });

  test('weeks of hourly slots are missed in several steps, each of which can be the last', async () => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account, { hours: Array.from({ length: 24 }, (_, hour) => hour) });
    const [disk = ''] = await guarded(account, id, 1);
    api.clock.advance(10 * DAY_MS);
    const due = createTimer({ service: dyingAfter(api, 2) });
    await expect(due.tick()).rejects.toThrow('killed');
    await timer.fire();
    const { nodes } = await slotsOf(account, id);
    expect(nodes).toHaveLength(240);
    expect(nodes[0]).toMatchObject({ status: 'DONE', missedSlots: 239 });
    expect(new Set(nodes.map(({ slotAt }: Told) => slotAt)).size).toBe(240);
    expect(await autoSnapshots(account, disk)).toHaveLength(1);
  });

  test('a disk that leaves the policy, or a policy that goes, before its turn has no run', async () => {
    const account = await api.createAccount();
    const [kept, gone] = [await createPolicy(account, { hours: [8] }), await createPolicy(account, { hours: [8] })];
    const [a = '', b = ''] = await guarded(account, kept.id, 2);
    const [c = ''] = await guarded(account, gone.id, 1);
    advanceTo(api, '08:00');
    await timer.tick();
    await cancelPolicy(account, a);
    await deletePolicy(account, gone.id);
    for (const message of timer.messages.splice(0)) await timer.work(message);
    expect(await runsOf(account, kept.id)).toMatchObject([{ diskId: b, status: 'DONE' }]);
    expect([...(await diskRuns(account, a)), ...(await diskRuns(account, c))]).toEqual([]);
    expect(await timer.fire()).toEqual({ opened: 0, woken: 0 });
  });
});

/** A service whose process is killed at a transaction. */
function dyingAfter({ service }: TestApi, transactions: number): TestApi['service'] {
  let left = transactions;
  const catalogue = { ...service.catalogue };
  catalogue.transact = async (writes) => {
    if (left-- <= 0) throw new Error('killed');
    return service.catalogue.transact(writes);
  };
  return { ...service, catalogue };
}

describe('5.7: a change', () => {
  test('acts from the next slot on: what was due before it runs as it was', async () => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account, { hours: [14], retentionDays: 3 });
    const [disk = ''] = await guarded(account, id, 1);
    advanceTo(api, '14:00');
    const slotAt = (await getPolicy(account, id)).nextRunAt;
    const after = await updatePolicy(account, id, { hours: [15], retentionDays: 5 });
    expect(new Date(after.nextRunAt).getTime() - Date.parse(slotAt)).toBe(HOUR_MS);
    api.clock.advance(3 * MINUTE_MS);
    await timer.fire();
    advanceTo(api, '15:00');
    await timer.fire();
    const taken = await autoSnapshots(account, disk);
    expect(taken.map(({ retentionDays }) => retentionDays)).toEqual([3, 5]);
    expect((await slotsOf(account, id)).nodes).toHaveLength(2);
  });

  test('a paused policy is not due, and makes up for nothing when it is resumed', async () => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account, { hours: [16] });
    const [disk = ''] = await guarded(account, id, 1);
    await updatePolicy(account, id, { status: 'PAUSED' });
    api.clock.advance(3 * DAY_MS);
    await timer.fire();
    await updatePolicy(account, id, { status: 'ACTIVE' });
    await timer.fire();
    expect(await autoSnapshots(account, disk)).toEqual([]);
    advanceTo(api, '16:00');
    await timer.fire();
    expect((await slotsOf(account, id)).nodes).toMatchObject([{ status: 'DONE', missedSlots: 0 }]);
  });

  test('a disk that is moved to another policy runs by that one', async () => {
    const account = await api.createAccount();
    const [a, b] = [await createPolicy(account, { hours: [17] }), await createPolicy(account, { hours: [17] })];
    const [disk = ''] = await guarded(account, a.id, 1);
    await applyPolicy(account, b.id, disk);
    advanceTo(api, '17:00');
    await timer.fire();
    expect(await diskRuns(account, disk)).toMatchObject([{ policyId: b.id, status: 'DONE' }]);
  });
});

test('4.7: a snapshot is named by the date in the zone of its policy', async () => {
  const account = await api.createAccount();
  // UTC+14
  const { id } = await createPolicy(account, { hours: [3], timeZone: 'Pacific/Kiritimati' });
  const [disk = ''] = await guarded(account, id, 1);
  advanceTo(api, '13:00');
  await timer.fire();
  const [snapshot] = await autoSnapshots(account, disk);
  const tomorrow = new Date(api.clock.now() + 14 * HOUR_MS).toISOString().slice(0, 10).replaceAll('-', '');
  expect(snapshot.name).toBe(`auto2.0_${tomorrow}_${id}`);
  expect(snapshot.createdAt.slice(0, 10).replaceAll('-', '')).not.toBe(tomorrow);
});

test('history of a disk is none of another account, and its snapshot may be deleted by hand', async () => {
  const [account, other] = [await api.createAccount(), await api.createAccount()];
  const { id } = await createPolicy(account, { hours: [18] });
  const [disk = ''] = await guarded(account, id, 1);
  advanceTo(api, '18:00');
  await timer.fire();
  const query = 'query ($id: ID!) { disk(id: $id) { policyRuns { nodes { slotAt } } } }';
  expect((await other.refusal(query, { id: disk })).extensions.code).toBe('NotFound');
  const [snapshot] = await autoSnapshots(account, disk);
  expect(await deleteSnapshots(account, [snapshot.id])).toMatchObject([{ deleted: true }]);
  expect(await diskRuns(account, disk)).toMatchObject([{ status: 'DONE', snapshotId: snapshot.id }]);
});
