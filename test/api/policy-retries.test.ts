import { describe, expect, test } from 'vitest';
import type { TestAccount } from '../support/api.ts';
import { inProgress } from '../support/instances.ts';
import { cancelPolicy, createPolicy, deletePolicy, updatePolicy } from '../support/policies.ts';
import { advanceTo, autoSnapshots, diskRuns, guarded, slotsOf, timedApi } from '../support/timer.ts';

const MINUTE_MS = 60_000;

const { api, timer } = await timedApi();

describe('5.4: one snapshot of a disk at a time', () => {
  test('a slot that meets one in progress is skipped, and tried again within the hour', async () => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account, { hours: [9] });
    const [busy = '', quiet = ''] = await guarded(account, id, 2);
    advanceTo(api, '09:00');
    await inProgress(api, account, busy, async () => {
      await timer.fire();
      expect(await diskRuns(account, busy)).toMatchObject([
        { status: 'SKIPPED', code: 'SnapshotCreating', triedAgain: true },
      ]);
      expect(await diskRuns(account, quiet)).toMatchObject([{ status: 'DONE' }]);
      expect((await slotsOf(account, id)).nodes).toMatchObject([{ status: 'RETRYING', doneCount: 1, skippedCount: 1 }]);
      api.clock.advance(6 * MINUTE_MS);
      expect(await timer.fire()).toEqual({ opened: 0, woken: 1 });
      expect(await diskRuns(account, busy)).toMatchObject([{ status: 'SKIPPED', triedAgain: true }]);
    });
    api.clock.advance(6 * MINUTE_MS);
    await timer.fire();
    const [run, ...others] = await diskRuns(account, busy);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ status: 'DONE', triedAgain: false, code: null });
    expect(await autoSnapshots(account, busy)).toHaveLength(1);
    expect((await slotsOf(account, id)).nodes).toMatchObject([{ status: 'DONE', doneCount: 2, skippedCount: 0 }]);
  });

  const ends = {
    'a disk that leaves the policy': async (account: TestAccount, _policy: string, disk: string) =>
      cancelPolicy(account, disk).then(() => undefined),
    'a policy that is deleted': deletePolicy,
    'a policy that is paused': (account: TestAccount, policy: string) =>
      updatePolicy(account, policy, { status: 'PAUSED' }).then(() => undefined),
  };
  test.each(Object.entries(ends))('5.4, 5.3: %s is not tried again, and keeps its reason', async (_what, end) => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account, { hours: [9] });
    const [busy = ''] = await guarded(account, id, 1);
    advanceTo(api, '09:00');
    await inProgress(api, account, busy, async () => {
      await timer.fire();
    });
    const [before] = await diskRuns(account, busy);
    await end(account, id, busy);
    api.clock.advance(6 * MINUTE_MS);
    expect(await timer.fire()).toEqual({ opened: 0, woken: 1 });
    const { at: _, ...reason } = before;
    expect(await diskRuns(account, busy)).toMatchObject([{ ...reason, triedAgain: false }]);
    expect(reason).toMatchObject({ status: 'SKIPPED', code: 'SnapshotCreating', triedAgain: true });
    expect(await autoSnapshots(account, busy)).toEqual([]);
    api.clock.advance(6 * MINUTE_MS);
    expect(await timer.fire()).toEqual({ opened: 0, woken: 0 });
    if (end === deletePolicy) return;
    expect((await slotsOf(account, id)).nodes).toMatchObject([{ status: 'DONE', skippedCount: 1, failedCount: 0 }]);
  });

  test('one that never ends is given up after an hour', async () => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account, { hours: [9] });
    const [busy = ''] = await guarded(account, id, 1);
    advanceTo(api, '09:00');
    await inProgress(api, account, busy, async () => {
      for (let minutes = 0; minutes <= 66; minutes += 3) {
        await timer.fire();
        api.clock.advance(3 * MINUTE_MS);
      }
    });
    expect(await diskRuns(account, busy)).toMatchObject([
      { status: 'SKIPPED', code: 'SnapshotCreating', triedAgain: false },
    ]);
    expect((await slotsOf(account, id)).nodes).toMatchObject([{ status: 'DONE', doneCount: 0, skippedCount: 1 }]);
    expect(await autoSnapshots(account, busy)).toEqual([]);
  });

  test('a fault of the service is recorded as failed, reported, and tried again', async () => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account, { hours: [10] });
    const [disk = ''] = await guarded(account, id, 1);
    advanceTo(api, '10:00');
    await timer.tick();
    const broken = {
      ...api.service,
      tree: { ...api.service.tree, snapshot: async () => Promise.reject(new Error('broken')) },
    };
    for (const message of timer.messages.splice(0)) await timer.work(message, broken);
    expect(timer.reported.splice(0)).toMatchObject([{ message: 'broken' }]);
    expect(await diskRuns(account, disk)).toMatchObject([{ status: 'FAILED', code: 'Internal', triedAgain: true }]);
    api.clock.advance(6 * MINUTE_MS);
    await timer.fire();
    expect(await diskRuns(account, disk)).toMatchObject([{ status: 'DONE' }]);
    expect((await slotsOf(account, id)).nodes).toMatchObject([{ status: 'DONE', doneCount: 1, failedCount: 0 }]);
  });
});
