import { beforeAll, describe, expect, test } from 'vitest';
import { markInArrears } from '../../src/service/accounts/arrears.ts';
import { sweepListing } from '../../src/service/listing/sweep.ts';
import { sweepArrears } from '../../src/service/snapshots/arrears.ts';
import { sweepExpired } from '../../src/service/snapshots/expiry.ts';
import type { TestAccount, Told } from '../support/api.ts';
import { createInstance, stop } from '../support/instances.ts';
import { createDisk, createSnapshot, deleteSnapshots, GIB, isThere, setQuota } from '../support/operations.ts';
import { createPolicy } from '../support/policies.ts';
import { advanceTo, autoSnapshots, DAY_MS, HOUR_MS, timedApi } from '../support/timer.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const FIELDS = 'snapshot { id pinnedAt expiresAt retentionDays }';
const PIN = `mutation ($id: ID!) { pinSnapshot(input: { snapshotId: $id }) { ${FIELDS} } }`;
const UNPIN = `mutation ($id: ID!) { unpinSnapshot(input: { snapshotId: $id }) { ${FIELDS} } }`;
const RETAIN = `mutation ($input: SetSnapshotRetentionInput!) { setSnapshotRetention(input: $input) { ${FIELDS} } }`;
const BY_END = '{ snapshots(orderBy: { field: EXPIRES_AT, direction: ASC }) { nodes { id } } }';
const RUNS = 'query ($id: ID!) { policy(id: $id) { runs { nodes { status code snapshotId } } } }';

const { api, timer } = await timedApi();
beforeAll(() => sweepListing(api.service, FOREVER));

const pin = async (account: TestAccount, id: string): Promise<Told> =>
  (await account.call(PIN, { id })).pinSnapshot.snapshot;
const unpin = async (account: TestAccount, id: string): Promise<Told> =>
  (await account.call(UNPIN, { id })).unpinSnapshot.snapshot;
const retain = async (account: TestAccount, snapshotId: string, retentionDays: number | null): Promise<Told> =>
  (await account.call(RETAIN, { input: { snapshotId, retentionDays } })).setSnapshotRetention.snapshot;
const endOf = ({ expiresAt }: Told) => Date.parse(expiresAt);
const expire = () => sweepExpired(api.service, FOREVER);

async function oneOf(account: TestAccount, input: object = {}): Promise<Told> {
  return createSnapshot(account, (await createDisk(account)).id, input);
}

describe('10.2: a pinned snapshot', () => {
  test('cannot be deleted, not even by force, until it is unpinned', async () => {
    const account = await api.createAccount();
    const { id } = await oneOf(account);
    expect((await pin(account, id)).pinnedAt).not.toBeNull();
    const again = await pin(account, id);
    for (const force of [false, true]) {
      const [{ error }] = await deleteSnapshots(account, [id], force);
      expect(error.code).toBe('SnapshotPinned');
    }
    expect((await pin(account, id)).pinnedAt).toBe(again.pinnedAt);
    expect((await unpin(account, id)).pinnedAt).toBeNull();
    expect((await deleteSnapshots(account, [id]))[0].deleted).toBe(true);
  });

  test('never expires, and has its retention again when it is unpinned', async () => {
    const account = await api.createAccount();
    const [short, long] = [await oneOf(account, { retentionDays: 1 }), await oneOf(account, { retentionDays: 90 })];
    for (const { id } of [short, long]) await pin(account, id);
    expect((await account.call(BY_END)).snapshots.nodes).toEqual([]);
    api.clock.advance(30 * DAY_MS);
    await expire();
    expect(await isThere(account, short.id)).toBe(true);
    expect(await unpin(account, long.id)).toMatchObject({ expiresAt: long.expiresAt, retentionDays: 90 });
    // One that has passed is not to take it at once.
    expect(endOf(await unpin(account, short.id)) - api.clock.now()).toBeGreaterThan(DAY_MS - 60_000);
    await expire();
    expect(await isThere(account, short.id)).toBe(true);
    api.clock.advance(DAY_MS + 1000);
    await expire();
    expect([await isThere(account, short.id), await isThere(account, long.id)]).toEqual([false, true]);
  });

  test('never gives way: the next oldest does; where all are pinned, the run fails and says why', async () => {
    const account = await api.createAccount();
    advanceTo(api, '00:00');
    await setQuota(account, 'AUTO_SNAPSHOTS_PER_DISK', 2);
    const policy = await createPolicy(account, { hours: [1, 2, 3, 4] });
    const { systemDisk } = await createInstance(account, { systemDisk: { sizeBytes: GIB, policyId: policy.id } });
    const at = async (hour: string): Promise<readonly string[]> => {
      advanceTo(api, hour);
      await timer.fire();
      return (await autoSnapshots(account, systemDisk.id)).map(({ id }: Told) => id);
    };
    await at('01:00');
    const [first = '', second = ''] = await at('02:00');
    await pin(account, first);
    const [, third = ''] = await at('03:00');
    expect(await isThere(account, second)).toBe(false);
    await pin(account, third);
    expect(await at('04:00')).toEqual([first, third]);
    const [last] = (await account.call(RUNS, { id: policy.id })).policy.runs.nodes;
    expect(last).toMatchObject({ status: 'FAILED', code: 'QuotaExceeded' });
  });

  test('stays when its disk is released, with the retention that it has', async () => {
    const account = await api.createAccount();
    advanceTo(api, '00:00');
    const policy = await createPolicy(account, { hours: [1, 2], retentionDays: 9 });
    const disk = { sizeBytes: GIB, policyId: policy.id, deleteAutoSnapshots: true };
    const instance = await createInstance(account, { systemDisk: disk });
    for (const hour of ['01:00', '02:00']) {
      advanceTo(api, hour);
      await timer.fire();
    }
    const [first, second] = await autoSnapshots(account, instance.systemDisk.id);
    await pin(account, first.id);
    await stop(account, instance.id);
    const release = 'mutation ($id: ID!) { releaseInstance(input: { instanceId: $id }) { releasedDiskIds } }';
    await account.call(release, { id: instance.id });
    expect([await isThere(account, first.id), await isThere(account, second.id)]).toEqual([true, false]);
    expect(await unpin(account, first.id)).toMatchObject({ expiresAt: first.expiresAt });
  });

  test('1.3: goes after 15 days of arrears like all others: nothing is kept for ever unpaid', async () => {
    const account = await api.createAccount();
    const { id } = await oneOf(account);
    await pin(account, id);
    await markInArrears(api.service, { account: account.id });
    api.clock.advance(16 * DAY_MS);
    await sweepArrears(api.service, FOREVER);
    expect(await isThere(account, id)).toBe(false);
  });
});

describe('10.2: the retention of one snapshot', () => {
  test('is lengthened by who may delete, and shortened by ADMIN alone', async () => {
    const account = await api.createAccount();
    const operator = { ...account, call: withKey(account, await account.createKey('OPERATOR')) };
    const { id, createdAt } = await oneOf(account, { retentionDays: 5 });
    const longer = await retain(operator, id, 8);
    expect(endOf(longer) - Date.parse(createdAt)).toBe(8 * DAY_MS);
    const input = { snapshotId: id, retentionDays: 7 };
    const refusal = await account.refusal(RETAIN, { input }, await account.createKey('OPERATOR'));
    expect(refusal.extensions).toMatchObject({ code: 'Forbidden', needed: 'ADMIN' });
    expect(endOf(await retain(account, id, 7)) - Date.parse(createdAt)).toBe(7 * DAY_MS);
    expect(await retain(operator, id, null)).toMatchObject({ expiresAt: null, retentionDays: null });
    // From without an end, any is shorter.
    const ended = await account.refusal(RETAIN, { input }, await account.createKey('OPERATOR'));
    expect(ended.extensions.code).toBe('Forbidden');
  });

  test('moves the end: a clean-up of before finds nothing to delete, and one of after does', async () => {
    const account = await api.createAccount();
    const { id } = await oneOf(account, { retentionDays: 1 });
    await retain(account, id, 3);
    api.clock.advance(DAY_MS + HOUR_MS);
    await expire();
    expect(await isThere(account, id)).toBe(true);
    await retain(account, id, null);
    api.clock.advance(9 * DAY_MS);
    await expire();
    expect(await isThere(account, id)).toBe(true);
    await retain(account, id, 11);
    expect((await account.call(BY_END)).snapshots.nodes).toEqual([{ id }]);
    api.clock.advance(2 * DAY_MS);
    await expire();
    expect(await isThere(account, id)).toBe(false);
  });

  test('cannot end in the past, and is checked like that of a new snapshot', async () => {
    const account = await api.createAccount();
    const { id: snapshotId } = await oneOf(account);
    api.clock.advance(3 * DAY_MS);
    for (const retentionDays of [2, 0, 65_537]) {
      const { extensions } = await account.refusal(RETAIN, { input: { snapshotId, retentionDays } });
      expect(extensions).toMatchObject({ code: 'InvalidParameter', field: 'retentionDays' });
    }
  });

  test('of a pinned one holds as soon as it is unpinned', async () => {
    const account = await api.createAccount();
    const { id, createdAt } = await oneOf(account, { retentionDays: 1 });
    await pin(account, id);
    expect(await retain(account, id, 40)).toMatchObject({ expiresAt: null, retentionDays: 40 });
    expect(endOf(await unpin(account, id)) - Date.parse(createdAt)).toBe(40 * DAY_MS);
  });
});

const withKey = (account: TestAccount, key: string) => (query: string, variables?: object) =>
  account.call(query, variables, key);
