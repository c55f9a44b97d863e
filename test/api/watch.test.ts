import { describe, expect, test } from 'vitest';
import { damageEntity } from '../../src/engine/books/rows.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import { markInArrears, settleByOperator } from '../../src/service/accounts/arrears.ts';
import { sweepListing } from '../../src/service/listing/sweep.ts';
import { EVENT_LANES, eventOutboxEntity } from '../../src/service/model/events/rows.ts';
import { tagObjectivesEntity } from '../../src/service/model/watch/rows.ts';
import type { TestAccount, Told } from '../support/api.ts';
import { createDisk, createSnapshot, deleteSnapshots, releaseDisk } from '../support/operations.ts';
import { applyPolicy, cancelPolicy, createPolicy, deletePolicy, updatePolicy } from '../support/policies.ts';
import { DAY_MS, guarded, HOUR_MS, timedApi } from '../support/timer.ts';
import {
  breachesOf,
  protectionOf,
  SET_OBJECTIVE,
  setObjective,
  tagObjectivesOf,
  watchRound,
} from '../support/watch.ts';

const { api, timer } = await timedApi();
const GOLD = { key: 'tier', value: 'gold' };
const EACH_HOUR = Array.from({ length: 24 }, (_, hour) => hour);

/** A disk with an objective of two hours, and a snapshot of now. */
async function watchedDisk(account: TestAccount, input: object = {}): Promise<string> {
  const { id } = await createDisk(account, input);
  await createSnapshot(account, id);
  await setObjective(account, { diskId: id, hours: 2 });
  return id;
}

async function pass(hours: number): Promise<void> {
  api.clock.advance(hours * HOUR_MS);
  await watchRound(api);
}

/** What was told about a disk, the earliest first. */
async function toldOf(diskId: string): Promise<{ readonly type: string; readonly data: object }[]> {
  const lanes = await Promise.all(
    Array.from({ length: EVENT_LANES }, (_, lane) =>
      api.catalogue.list(eventOutboxEntity, { partition: { lane }, limit: 1000 }),
    ),
  );
  return lanes
    .flatMap(({ rows }) => rows)
    .filter(({ subjectId, type }) => subjectId === diskId && type.startsWith('breach.'))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const typesOf = async (diskId: string) => (await toldOf(diskId)).map(({ type }) => type);
const idsOf = ({ nodes }: Told) => nodes.map(({ id }: Told) => id);

describe('8.4: a disk with an objective', () => {
  test('is in breach once its newest snapshot is older, and no more once there is a newer one', async () => {
    const account = await api.createAccount();
    const diskId = await watchedDisk(account);
    await pass(1.5);
    const before = await protectionOf(account, diskId);
    expect(before).toMatchObject({ status: 'PROTECTED', objectiveHours: 2, source: 'DISK', reason: null });
    expect(Date.parse(before.breachAt) - Date.parse(before.newestUsableAt)).toBe(2 * HOUR_MS);
    expect(idsOf(await breachesOf(account))).toEqual([]);

    await pass(1);
    const now = await protectionOf(account, diskId);
    expect(now).toMatchObject({ status: 'IN_BREACH', inBreachSince: before.breachAt, reason: 'NO_POLICY' });
    expect(idsOf(await breachesOf(account))).toEqual([diskId]);
    await pass(1);
    expect(await toldOf(diskId)).toMatchObject([
      {
        type: 'breach.began',
        data: { reason: 'NO_POLICY', objectiveHours: 2, source: 'DISK', since: before.breachAt },
      },
    ]);

    await createSnapshot(account, diskId);
    expect(await protectionOf(account, diskId)).toMatchObject({ status: 'PROTECTED', inBreachSince: null });
    expect(idsOf(await breachesOf(account))).toEqual([]);
    await watchRound(api);
    expect((await toldOf(diskId))[1]).toMatchObject({ type: 'breach.ended', data: { ended: 'SNAPSHOT' } });
    expect(await typesOf(diskId)).toHaveLength(2);
  });

  test('is in breach at once where its newest snapshot is deleted', async () => {
    const account = await api.createAccount();
    const diskId = await watchedDisk(account);
    api.clock.advance(3 * HOUR_MS);
    const newest = await createSnapshot(account, diskId);
    await watchRound(api);
    expect(await typesOf(diskId)).toEqual([]);
    await deleteSnapshots(account, [newest.id]);
    expect(await protectionOf(account, diskId)).toMatchObject({ status: 'IN_BREACH' });
    await watchRound(api);
    expect(await typesOf(diskId)).toEqual(['breach.began']);
  });

  test('is in breach without any snapshot, counted from when it was made', async () => {
    const account = await api.createAccount();
    const disk = await createDisk(account);
    await setObjective(account, { diskId: disk.id, hours: 5 });
    const { breachAt, newestUsableAt } = await protectionOf(account, disk.id);
    expect([Date.parse(breachAt) - Date.parse(disk.createdAt), newestUsableAt]).toEqual([5 * HOUR_MS, null]);
  });

  test('is told to be in breach no more where its objective is gone, longer, or the disk itself is', async () => {
    const account = await api.createAccount();
    const longer = await watchedDisk(account);
    const gone = await watchedDisk(account);
    const exempt = await watchedDisk(account);
    const released = await watchedDisk(account);
    await pass(3);
    await setObjective(account, { diskId: longer, hours: 30 });
    await setObjective(account, { diskId: gone, hours: null });
    await setObjective(account, { diskId: exempt, exempt: true });
    await releaseDisk(account, released);
    await watchRound(api);
    for (const diskId of [longer, gone, exempt, released])
      expect(await typesOf(diskId)).toEqual(['breach.began', 'breach.ended']);
    expect((await toldOf(gone))[1]).toMatchObject({ data: { ended: 'OBJECTIVE' } });
    expect((await toldOf(released))[1]).toMatchObject({ data: { ended: 'RELEASED' } });
    expect(await protectionOf(account, gone)).toMatchObject({ status: 'UNPROTECTED', source: null });
    expect(await protectionOf(account, exempt)).toMatchObject({ status: 'EXEMPT', breachAt: null });
    expect(idsOf(await breachesOf(account))).toEqual([]);
  });

  test('a snapshot in which damage is known is not usable', async () => {
    const account = await api.createAccount();
    const diskId = await watchedDisk(account);
    api.clock.advance(3 * HOUR_MS);
    const newest = await createSnapshot(account, diskId);
    const place = { nodeId: newest.id, offsetBytes: 0 };
    const found = { reason: 'MISSING', isPage: false, sealed: false, foundAt: api.clock.now(), places: [place] };
    const damaged = { accountId: account.id, regionId: 'here', domainId: 'any', objectId: 'some', ...found };
    await api.catalogue.transact([put(damageEntity, damaged)]);
    expect(await protectionOf(account, diskId)).toMatchObject({ status: 'IN_BREACH', reason: 'SNAPSHOTS_DAMAGED' });
    await pass(24);
    expect(await toldOf(diskId)).toMatchObject([{ data: { reason: 'SNAPSHOTS_DAMAGED' } }]);
    await api.catalogue.transact([put(damageEntity, { ...damaged, healedAt: api.clock.now() }, 'any')]);
    expect(await protectionOf(account, diskId)).toMatchObject({ newestUsableAt: newest.createdAt });
  });
});

describe('8.4: an objective that nobody set', () => {
  test('follows from the policy’s longest gap, and counts from when the disk came under it', async () => {
    const account = await api.createAccount();
    const disk = await createDisk(account);
    expect(await protectionOf(account, disk.id)).toMatchObject({ status: 'UNPROTECTED', objectiveHours: null });
    api.clock.advance(100 * HOUR_MS);
    const policy = await createPolicy(account, { hours: [0, 12] });
    await applyPolicy(account, policy.id, disk.id);
    const now = api.clock.now();
    const covered = await protectionOf(account, disk.id);
    expect(covered).toMatchObject({ status: 'PROTECTED', objectiveHours: 14, source: 'POLICY' });
    expect(Date.parse(covered.breachAt) - now).toBeGreaterThan(13.9 * HOUR_MS);
    await cancelPolicy(account, disk.id);
    expect(await protectionOf(account, disk.id)).toMatchObject({ status: 'UNPROTECTED' });
    await watchRound(api);
    await pass(50);
    expect(await typesOf(disk.id)).toEqual([]);
  });

  test('changes with the policy, for all of its disks, and goes with it', async () => {
    const account = await api.createAccount();
    const policy = await createPolicy(account, { hours: EACH_HOUR });
    const disks = await Promise.all([1, 2, 3].map(() => createDisk(account, { policyId: policy.id })));
    await pass(1);
    await updatePolicy(account, policy.id, { hours: [0] });
    await pass(8);
    for (const { id } of disks) expect(await typesOf(id)).toEqual([]);
    await updatePolicy(account, policy.id, { hours: EACH_HOUR });
    await watchRound(api);
    for (const { id } of disks) expect(await typesOf(id)).toEqual(['breach.began']);
    await deletePolicy(account, policy.id);
    await watchRound(api);
    for (const { id } of disks) expect(await typesOf(id)).toEqual(['breach.began', 'breach.ended']);
  });

  test('a LOCAL disk has none', async () => {
    const account = await api.createAccount();
    const { id } = await createDisk(account, { category: 'LOCAL' });
    expect(await protectionOf(account, id)).toBeNull();
  });
});

describe('8.4: an objective of a tag', () => {
  test('holds for all disks of the region that have it, also those that get it later', async () => {
    const account = await api.createAccount();
    await sweepListing(api.service, Number.POSITIVE_INFINITY);
    const before = await createDisk(account, { tags: [GOLD] });
    expect((await setObjective(account, { tag: GOLD, hours: 4 })).tagObjective).toEqual({ ...GOLD, hours: 4 });
    const after = await createDisk(account, { tags: [GOLD] });
    const other = await createDisk(account, { tags: [{ key: 'tier', value: 'tin' }] });
    expect(await protectionOf(account, after.id)).toMatchObject({ objectiveHours: 4, source: 'TAG', tag: GOLD });
    await pass(5);
    expect(idsOf(await breachesOf(account)).sort()).toEqual([before.id, after.id].sort());
    expect(await protectionOf(account, other.id)).toMatchObject({ status: 'UNPROTECTED' });
    await setObjective(account, { tag: GOLD, hours: null });
    await watchRound(api);
    expect(idsOf(await breachesOf(account))).toEqual([]);
    expect((await tagObjectivesOf(account)).nodes).toEqual([]);
  });

  test('the strictest of the disk’s and its tags’ wins', async () => {
    const account = await api.createAccount();
    await setObjective(account, { tag: GOLD, hours: 4 });
    const { id: diskId } = await createDisk(account, { tags: [GOLD] });
    await setObjective(account, { diskId, hours: 9 });
    expect(await protectionOf(account, diskId)).toMatchObject({ objectiveHours: 4, source: 'TAG' });
    await setObjective(account, { diskId, hours: 3 });
    expect(await protectionOf(account, diskId)).toMatchObject({ objectiveHours: 3, source: 'DISK' });
  });

  test('there are a hundred at most, in pages', async () => {
    const account = await api.createAccount();
    const tags = Array.from({ length: 100 }, (_, at) => {
      const tag = { key: 'k'.repeat(128), value: `${at} ${'é'.repeat(200)}` };
      return { ...tag, hours: at + 1, order: String(at).padStart(12, '0') };
    });
    const row = { accountId: account.id, region: 'here', tags, revision: 100 };
    await api.catalogue.transact([put(tagObjectivesEntity, row)]);
    const refusal = await account.refusal(SET_OBJECTIVE, { input: { tag: GOLD, hours: 1 } });
    expect(refusal.extensions).toMatchObject({ code: 'InvalidParameter', field: 'tag' });
    const hours: number[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page = await tagObjectivesOf(account, { first: 30, after });
      hours.push(...page.nodes.map((node: Told) => node.hours));
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    expect(hours).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
  });
});

describe('8.4: the reason is told, whatever it is', () => {
  test('paused, not attached, failed to run, too sparse, in arrears', async () => {
    const account = await api.createAccount();
    const policy = await createPolicy(account, { hours: EACH_HOUR });
    const [attached = ''] = await guarded(account, policy.id, 1);
    const { id: alone } = await createDisk(account, { policyId: policy.id });
    for (const diskId of [attached, alone]) await setObjective(account, { diskId, hours: 2 });
    await pass(3);
    expect(await protectionOf(account, attached)).toMatchObject({ status: 'IN_BREACH', reason: 'NO_RUN' });
    expect(await protectionOf(account, alone)).toMatchObject({ status: 'IN_BREACH', reason: 'DISK_NOT_ATTACHED' });
    expect(idsOf(await breachesOf(account, { reason: 'NO_RUN' }))).toEqual([attached]);
    expect(idsOf(await breachesOf(account, { reason: 'DISK_NOT_ATTACHED' }))).toEqual([alone]);

    await updatePolicy(account, policy.id, { status: 'PAUSED' });
    await pass(2);
    expect(idsOf(await breachesOf(account, { reason: 'POLICY_PAUSED' })).sort()).toEqual([attached, alone].sort());
    expect(idsOf(await breachesOf(account, { reason: 'NO_RUN' }))).toEqual([]);
    expect(await typesOf(attached)).toEqual(['breach.began']);

    await updatePolicy(account, policy.id, { status: 'ACTIVE', hours: [0], weekdays: [1] });
    expect(await protectionOf(account, attached)).toMatchObject({ reason: 'POLICY_TOO_SPARSE' });
    await markInArrears(api.service, { account: account.id });
    await pass(25);
    expect(await protectionOf(account, attached)).toMatchObject({ reason: 'ACCOUNT_IN_ARREARS' });
    await settleByOperator(api.service, { account: account.id });
  });

  test('a run that was skipped', async () => {
    const account = await api.createAccount();
    const policy = await createPolicy(account, { hours: EACH_HOUR });
    const [diskId = ''] = await guarded(account, policy.id, 1);
    await setObjective(account, { diskId, hours: 2 });
    await markInArrears(api.service, { account: account.id });
    api.clock.advance(25 * HOUR_MS);
    await timer.fire();
    await settleByOperator(api.service, { account: account.id });
    expect(await protectionOf(account, diskId)).toMatchObject({ reason: 'RUN_SKIPPED' });
    api.clock.advance(HOUR_MS);
    await timer.fire();
    expect(await protectionOf(account, diskId)).toMatchObject({ status: 'PROTECTED', reason: null });
  });
});

describe('8.4: the list of breaches', () => {
  test('has pages, and belongs to its account', async () => {
    const [account, other] = [await api.createAccount(), await api.createAccount()];
    const ids: string[] = [];
    for (let at = 0; at < 5; at++) ids.push(await watchedDisk(account));
    await pass(3);
    const first = await breachesOf(account, { first: 3 });
    const rest = await breachesOf(account, { first: 3, after: first.pageInfo.endCursor });
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
    expect([...idsOf(first), ...idsOf(rest)]).toEqual(ids.sort());
    expect(idsOf(await breachesOf(other))).toEqual([]);
  });
});

describe('10.4: a wrong clock', () => {
  test('begins no breach while it is not explained, and puts no look off for longer than a day', async () => {
    const account = await api.createAccount();
    const diskId = await watchedDisk(account);
    const trust = { ...api.service.trust, mayDeleteByTime: () => false };
    api.clock.advance(40 * DAY_MS);
    await watchRound({ service: { ...api.service, trust } });
    expect(await typesOf(diskId)).toEqual([]);
    const ahead = await createSnapshot(account, diskId);
    await watchRound(api); // it took itself for right then
    api.clock.advance(-40 * DAY_MS + 3 * HOUR_MS);
    expect(ahead.createdAt > new Date(api.clock.now()).toISOString()).toBe(true);
    await watchRound(api);
    expect(await protectionOf(account, diskId)).toMatchObject({ status: 'IN_BREACH' });
    expect(await typesOf(diskId)).toEqual(['breach.began']);
  });
});
