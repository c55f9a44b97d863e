import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { objectKey } from '../../src/engine/blocks/block.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { markInArrears, settleByOperator } from '../../src/service/accounts/arrears.ts';
import { sweepExpired } from '../../src/service/snapshots/expiry.ts';
import { createTestApi, OTHER_REGION, REGION, type TestAccount, type TestApi } from '../support/api.ts';
import { blockOf, encodeBlock, readBlocks, writeBlocks } from '../support/blocks.ts';
import { cancelCopy, openOther } from '../support/copies.ts';
import { attach, createInstance, RELEASE_INSTANCE, stop } from '../support/instances.ts';
import { acquire } from '../support/leases.ts';
import { createDisk, deleteSnapshots, SET_QUOTA, UPDATE_DISK } from '../support/operations.ts';
import { CREATE_POLICY, createPolicy, deletePolicy, UPDATE_POLICY, updatePolicy } from '../support/policies.ts';
import { copiesThere, latestCopies, policyWorkers, withStoreInTrouble } from '../support/policy-copies.ts';
import { autoSnapshots, DAY_MS, guarded, HOUR_MS, retirePolicies } from '../support/timer.ts';

const MINUTE_MS = 60_000;
const FOREVER = Number.POSITIVE_INFINITY;
const AUTO_QUOTA = 'AUTO_SNAPSHOTS_PER_DISK';
const ALL_HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const TO_THERE = { region: OTHER_REGION, retentionDays: 90 };
const TARGETS = 'query ($id: ID!) { policy(id: $id) { copyTargets { region retentionDays } } }';

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi({ apart: true });
});
afterAll(() => api.close());
beforeEach(async () => {
  account = await api.createAccount();
  await openOther(account);
});
afterEach(() => retirePolicies(api));

/** A disk with two blocks under a policy of every hour that copies to the other region. */
async function copiedDisk(input: object = {}): Promise<{ policyId: string; diskId: string }> {
  const policy = await createPolicy(account, { hours: ALL_HOURS, copyTargets: [TO_THERE], ...input });
  const [diskId = ''] = await guarded(account, policy.id, 1);
  await writeBlocks(account, diskId, 0, { 0: blockOf('one'), 1500: blockOf('two') });
  return { policyId: policy.id, diskId };
}

const nextHour = () => api.clock.advance(HOUR_MS);
const targetsOf = async (id: string) => (await account.call(TARGETS, { id })).policy.copyTargets;
const setThere = (limit: number) =>
  account.call(SET_QUOTA, { input: { kind: AUTO_QUOTA, limit, region: OTHER_REGION } });

describe('7.2: the copy targets of a policy', () => {
  test('7.2 are up to three regions, each with its own retention', async () => {
    const { id } = await createPolicy(account, { copyTargets: [{ region: OTHER_REGION, retentionDays: null }] });
    expect(await targetsOf(id)).toEqual([{ region: OTHER_REGION, retentionDays: null }]);
    await updatePolicy(account, id, { name: 'nightly' });
    expect(await targetsOf(id)).toEqual([{ region: OTHER_REGION, retentionDays: null }]);
    await updatePolicy(account, id, { copyTargets: [{ region: OTHER_REGION }] });
    expect(await targetsOf(id)).toEqual([{ region: OTHER_REGION, retentionDays: 30 }]);
    await updatePolicy(account, id, { copyTargets: [] });
    expect(await targetsOf(id)).toEqual([]);
  });

  const wrong = [
    ['copyTargets.0.region', [{ region: 'nowhere' }]],
    ['copyTargets.0.region', [{ region: REGION }]],
    ['copyTargets.1.region', [TO_THERE, TO_THERE]],
    ['copyTargets.0.retentionDays', [{ region: OTHER_REGION, retentionDays: 0 }]],
    ['copyTargets.0.retentionDays', [{ region: OTHER_REGION, retentionDays: 65537 }]],
    ['copyTargets', [TO_THERE, TO_THERE, TO_THERE, TO_THERE]],
  ] as const;
  test.each(wrong)('7.2 are refused with the field that is wrong: %s of %j', async (field, copyTargets) => {
    const code = 'InvalidParameter';
    const created = await account.refusal(CREATE_POLICY, { input: { hours: [0], copyTargets } });
    expect(created.extensions).toMatchObject({ code, field });
    const { id: policyId } = await createPolicy(account);
    const updated = await account.refusal(UPDATE_POLICY, { input: { policyId, copyTargets } });
    expect(updated.extensions).toMatchObject({ code, field });
  });

  test('7.2 need snapshots to be switched on there, and a key that sees the region', async () => {
    const other = await api.createAccount();
    const input = { hours: [0], copyTargets: [TO_THERE] };
    const closed = await other.refusal(CREATE_POLICY, { input });
    expect(closed.extensions).toMatchObject({ code: 'SnapshotServiceNotOpened', region: OTHER_REGION });
    const { id: policyId } = await createPolicy(other);
    const changed = await other.refusal(UPDATE_POLICY, { input: { policyId, copyTargets: [TO_THERE] } });
    expect(changed.extensions).toMatchObject({ code: 'SnapshotServiceNotOpened', region: OTHER_REGION });
    const here = await account.createKey('ADMIN', [REGION]);
    const unseen = await account.refusal(CREATE_POLICY, { input }, here);
    expect(unseen.extensions).toMatchObject({ code: 'InvalidParameter', field: 'copyTargets.0.region' });
  });
});

describe('7.2: copies that a policy makes', () => {
  test('7.2 follow its snapshots, as automatic ones with their own retention', async () => {
    const { policyId, diskId } = await copiedDisk({ retentionDays: 7 });
    nextHour();
    await policyWorkers(api).fire();
    const [source] = await autoSnapshots(account, diskId);
    const [copy, ...others] = await copiesThere(account);
    expect(others).toEqual([]);
    const own = { kind: 'AUTO', status: 'ACCOMPLISHED', name: source.name, policyId, retentionDays: 90 };
    expect(copy).toMatchObject({ ...own, copy: { sourceSnapshotId: source.id } });
    expect(Date.parse(copy.expiresAt) - Date.parse(copy.createdAt)).toBe(90 * DAY_MS);
    expect(await readBlocks(account, copy.id)).toEqual({ 0: 'one', 1500: 'two' });
    expect(await latestCopies(account, diskId)).toEqual([
      { ...TOLD, region: OTHER_REGION, status: 'DONE', snapshotId: copy.id, finishedAt: expect.any(String) },
    ]);
  });

  test('7.2, 5.5: expire there by their own retention, also after their source', async () => {
    await copiedDisk({ retentionDays: 1, copyTargets: [{ region: OTHER_REGION, retentionDays: 2 }] });
    nextHour();
    await policyWorkers(api).fire();
    await retirePolicies(api);
    const expire = async (days: number) => {
      api.clock.advance(days * DAY_MS);
      await sweepExpired(api.service, FOREVER);
      return copiesThere(account);
    };
    expect(await expire(1.1)).toHaveLength(1);
    expect(await expire(1)).toEqual([]);
  });

  test('7.2 are made once, however often and late their messages come', async () => {
    await copiedDisk();
    nextHour();
    const workers = policyWorkers(api);
    await workers.fire();
    const begins = workers.sent.filter(({ kind }) => kind === 'policyCopy');
    expect(begins).toHaveLength(1);
    await Promise.all([...begins, ...begins, ...begins].map(workers.work));
    await workers.sweep();
    expect(await copiesThere(account)).toHaveLength(1);
  });

  test('7.2 are begun by the janitor if their message was lost', async () => {
    const { diskId } = await copiedDisk();
    nextHour();
    await policyWorkers(api, { isHeld: ({ kind }) => kind === 'policyCopy' }).fire();
    expect(await latestCopies(account, diskId)).toMatchObject([{ status: 'WAITING', problem: null }]);
    await policyWorkers(api).sweep();
    expect(await copiesThere(account)).toEqual([]);
    api.clock.advance(3 * MINUTE_MS);
    await policyWorkers(api).sweep();
    expect(await latestCopies(account, diskId)).toMatchObject([{ status: 'DONE' }]);
  });

  test('7.2 wait for a snapshot whose writer is asked to flush', async () => {
    const { diskId } = await copiedDisk();
    nextHour();
    await acquire(account, diskId);
    const workers = policyWorkers(api);
    await workers.fire();
    const [run] = workers.sent.filter(({ kind }) => kind === 'policyCopy');
    if (run === undefined) throw new Error('no copy was begun');
    await workers.work(run);
    expect(await copiesThere(account)).toEqual([]);
    api.clock.advance(MINUTE_MS);
    for (const message of workers.sent.filter(({ kind }) => kind === 'snapshot')) await workers.work(message);
    await workers.sweep();
    expect(await copiesThere(account)).toMatchObject([{ status: 'ACCOMPLISHED' }]);
  });

  test('7.2, 5.7: of a slot that is open have the retention that the policy had then', async () => {
    const { policyId, diskId } = await copiedDisk();
    nextHour();
    await policyWorkers(api, { isHeld: ({ kind }) => kind === 'policyCopy' }).fire();
    await updatePolicy(account, policyId, { copyTargets: [{ region: OTHER_REGION, retentionDays: 5 }] });
    api.clock.advance(3 * MINUTE_MS);
    await policyWorkers(api).sweep();
    expect(await copiesThere(account)).toMatchObject([{ retentionDays: 90 }]);
    nextHour();
    await policyWorkers(api).fire();
    expect((await copiesThere(account)).map(({ retentionDays }) => retentionDays)).toEqual([90, 5]);
    expect(await latestCopies(account, diskId)).toMatchObject([{ status: 'DONE' }]);
  });

  test('7.2 stay when their disk is released with its automatic snapshots', async () => {
    const { diskId } = await copiedDisk();
    nextHour();
    await policyWorkers(api).fire();
    expect(await autoSnapshots(account, diskId)).toHaveLength(1);
    await account.call(UPDATE_DISK, { input: { diskId, deleteAutoSnapshots: true } });
    const { disk } = await account.call('query ($id: ID!) { disk(id: $id) { instances { id } } }', { id: diskId });
    const instanceId = disk.instances[0].id;
    await stop(account, instanceId);
    await account.call(RELEASE_INSTANCE, { input: { instanceId } });
    await api.settle();
    expect(await autoSnapshots(account, diskId)).toEqual([]);
    const [copy] = await copiesThere(account);
    const made = await createDisk(account, { snapshotId: copy.id, sizeBytes: undefined });
    expect(await readBlocks(account, made.id)).toEqual({ 0: 'one', 1500: 'two' });
  });
});

const TOLD = { replacedSnapshotId: null, problem: null };

describe('7.2: copies in trouble', () => {
  const begun = async () => {
    const ids = await copiedDisk();
    nextHour();
    return ids;
  };

  test('7.2 wait while the store there is in trouble, which their run tells', async () => {
    const { diskId } = await begun();
    let trouble: Error | undefined = new VarveError('Throttled', 'The object store is busy.', { retryAfterMs: 1 });
    const workers = policyWorkers({ service: withStoreInTrouble(api, () => trouble) });
    await workers.fire();
    const [copy] = await copiesThere(account);
    const problem = { code: 'Throttled', message: 'The object store is busy.' };
    expect(await latestCopies(account, diskId)).toMatchObject([{ status: 'COPYING', snapshotId: copy.id, problem }]);
    api.clock.advance(HOUR_MS / 2);
    trouble = undefined;
    await workers.sweep();
    expect(await latestCopies(account, diskId)).toMatchObject([{ status: 'DONE', snapshotId: copy.id, problem: null }]);
  });

  test('7.2, 1.3: wait in arrears, and are made once these are settled', async () => {
    const { diskId } = await begun();
    const held = policyWorkers(api, { isHeld: ({ kind }) => kind === 'policyCopy' });
    await held.fire();
    const since = new Date(api.clock.now() - 2 * DAY_MS).toISOString();
    await markInArrears(api.service, { account: account.id, since, yesDeleteNow: true });
    const retry = async () => {
      api.clock.advance(61 * MINUTE_MS);
      await policyWorkers(api).sweep();
    };
    await retry();
    const problem = { code: 'AccountInArrears' };
    expect(await latestCopies(account, diskId)).toMatchObject([{ status: 'WAITING', snapshotId: null, problem }]);
    await settleByOperator(api.service, { account: account.id });
    await retry();
    expect(await latestCopies(account, diskId)).toMatchObject([{ status: 'DONE', problem: null }]);
  });

  test('7.2, 3.7: wait for a key that cannot be used there', async () => {
    const policy = await createPolicy(account, { hours: ALL_HOURS, copyTargets: [TO_THERE] });
    const { id: instanceId } = await createInstance(account);
    const { id: diskId } = await createDisk(account, { encrypted: true, policyId: policy.id });
    await attach(account, diskId, instanceId);
    nextHour();
    await policyWorkers(api, { isHeld: ({ kind }) => kind === 'policyCopy' }).fire();
    const keys = await readFile(api.keyFile, 'utf8');
    const retry = async (usable: string) => {
      await writeFile(api.keyFile, usable, { mode: 0o600 });
      api.clock.advance(61 * MINUTE_MS);
      await policyWorkers(api).sweep();
      return latestCopies(account, diskId);
    };
    try {
      const problem = { code: 'KeyUnavailable' };
      expect(await retry('{"version":1,"keys":{}}')).toMatchObject([{ status: 'WAITING', snapshotId: null, problem }]);
    } finally {
      expect(await retry(keys)).toMatchObject([{ status: 'DONE', problem: null }]);
    }
  });

  test('7.2 of a damaged source leave nothing, and are tried again until it is whole', async () => {
    const { diskId } = await begun();
    const { id, stored } = encodeBlock(blockOf('two'));
    const { domainId } = (await api.service.tree.get(account.id, diskId)) ?? { domainId: '' };
    const key = objectKey(domainId, id);
    await api.service.objects(REGION).remove([key]);
    const workers = policyWorkers(api);
    await workers.fire();
    expect(await copiesThere(account)).toEqual([]);
    const problem = { code: 'ObjectDamaged' };
    expect(await latestCopies(account, diskId)).toMatchObject([{ status: 'WAITING', snapshotId: null, problem }]);
    await api.service.objects(REGION).put(key, stored);
    api.clock.advance(2 * MINUTE_MS);
    await workers.sweep();
    const [copy] = await copiesThere(account);
    expect(copy.status).toBe('ACCOMPLISHED');
    expect(await latestCopies(account, diskId)).toMatchObject([{ status: 'DONE', snapshotId: copy.id, problem: null }]);
  });

  test('7.2 that cannot be made are given up after 7 days, and the reason stays', { timeout: 300_000 }, async () => {
    const { policyId, diskId } = await begun();
    await setThere(0);
    const workers = policyWorkers(api);
    await workers.fire();
    await updatePolicy(account, policyId, { status: 'PAUSED' });
    const problem = { code: 'QuotaExceeded' };
    expect(await latestCopies(account, diskId)).toMatchObject([{ status: 'WAITING', problem }]);
    api.clock.advance(6 * DAY_MS);
    await workers.sweep();
    expect(await latestCopies(account, diskId)).toMatchObject([{ status: 'WAITING', problem }]);
    api.clock.advance(2 * DAY_MS);
    await workers.sweep();
    const given = await latestCopies(account, diskId);
    expect(given).toMatchObject([{ status: 'FAILED', problem, finishedAt: expect.any(String) }]);
    api.clock.advance(DAY_MS);
    await workers.sweep();
    expect(await latestCopies(account, diskId)).toEqual(given);
  });

  test('7.2 that somebody cancels are not begun again', async () => {
    const { diskId } = await begun();
    const workers = policyWorkers(api, { isHeld: ({ kind }) => kind === 'copy' });
    await workers.fire();
    const [{ id }] = await copiesThere(account);
    expect(await cancelCopy(account, id)).toBe(true);
    api.clock.advance(HOUR_MS / 2);
    await policyWorkers(api).sweep();
    expect(await copiesThere(account)).toEqual([]);
    expect(await latestCopies(account, diskId)).toMatchObject([{ status: 'CANCELLED', problem: null }]);
  });
});

describe('7.2: copies that nobody wants any more', () => {
  const waiting = async () => {
    const ids = await copiedDisk();
    nextHour();
    await policyWorkers(api, { isHeld: ({ kind }) => kind === 'policyCopy' }).fire();
    api.clock.advance(3 * MINUTE_MS);
    return ids;
  };
  const isSkipped = async (diskId: string) => {
    await policyWorkers(api).sweep();
    expect(await copiesThere(account)).toEqual([]);
    expect(await latestCopies(account, diskId)).toMatchObject([{ status: 'SKIPPED', problem: { code: 'NotFound' } }]);
  };

  test('7.2 are skipped if their source was deleted before they began', async () => {
    const { diskId } = await waiting();
    const [{ id }] = await autoSnapshots(account, diskId);
    await deleteSnapshots(account, [id]);
    await isSkipped(diskId);
  });

  test('7.2 are skipped if the policy does not name the region any more', async () => {
    const { policyId, diskId } = await waiting();
    await updatePolicy(account, policyId, { copyTargets: [] });
    await isSkipped(diskId);
  });

  test('7.2 are skipped if the policy was deleted', async () => {
    const { policyId, diskId } = await waiting();
    await deletePolicy(account, policyId);
    await isSkipped(diskId);
  });

  test('7.2 that have begun go on after their policy and their source are gone', async () => {
    const { policyId, diskId } = await copiedDisk();
    nextHour();
    await policyWorkers(api, { isHeld: ({ kind }) => kind === 'copy' }).fire();
    const [{ id }] = await autoSnapshots(account, diskId);
    await deletePolicy(account, policyId);
    await deleteSnapshots(account, [id]);
    await api.settle();
    api.clock.advance(10 * MINUTE_MS);
    await policyWorkers(api).sweep();
    const [copy] = await copiesThere(account);
    expect(copy.status).toBe('ACCOMPLISHED');
    expect(await readBlocks(account, copy.id)).toEqual({ 0: 'one', 1500: 'two' });
  });
});

describe('7.2, 5.6: a full quota of the other region', () => {
  const copyHours = async (hours: number) => {
    for (let hour = 0; hour < hours; hour++) {
      nextHour();
      await policyWorkers(api).fire();
    }
    return copiesThere(account);
  };

  test('7.2, 5.6: the oldest automatic copy gives way, which the run tells', async () => {
    const { diskId } = await copiedDisk();
    await setThere(2);
    const [first, second] = await copyHours(2);
    expect(await copyHours(1)).toMatchObject([{ id: second.id }, { status: 'ACCOMPLISHED' }]);
    expect(await latestCopies(account, diskId)).toMatchObject([{ status: 'DONE', replacedSnapshotId: first.id }]);
    expect(await autoSnapshots(account, diskId)).toHaveLength(3);
  });

  test('7.2, 5.6: the newest copy that is there never gives way', async () => {
    const { diskId } = await copiedDisk();
    await setThere(1);
    const [only] = await copyHours(1);
    expect(await copyHours(1)).toEqual([only]);
    const problem = { code: 'QuotaExceeded' };
    expect(await latestCopies(account, diskId)).toMatchObject([{ status: 'WAITING', problem }]);
  });
});
