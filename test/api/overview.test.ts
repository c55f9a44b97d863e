import { expect, test } from 'vitest';
import { patch, remove } from '../../src/platform/catalogue/port.ts';
import {
  OVERVIEW_SHARDS,
  overviewEntity,
  type RunTallyRow,
  runTallyEntity,
} from '../../src/service/model/overview/rows.ts';
import { slotEntity } from '../../src/service/model/policies/run-rows.ts';
import { recount } from '../../src/service/watch/recount.ts';
import { runsOfDay } from '../../src/service/watch/runs-of-day.ts';
import { sweepOverviews } from '../../src/service/watch/sweep-overview.ts';
import { REGION, type TestAccount, type Told } from '../support/api.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import { countReads } from '../support/counted-reads.ts';
import { fillRegion } from '../support/large-region.ts';
import { createDisk, createSnapshot, deleteSnapshots, releaseDisk } from '../support/operations.ts';
import { createPolicy } from '../support/policies.ts';
import { advanceTo, guarded, HOUR_MS, timedApi } from '../support/timer.ts';
import { setObjective, watchRound } from '../support/watch.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const OVERVIEW = `{ overview {
  region disks { total protected inBreach unprotected exempt local }
  snapshots { manual automatic inProgress failed } runs { since done skipped failed missedSlots }
  waiting { objects bytes } damagedObjects countedAt drift
} }`;

const { api, timer } = await timedApi();

const overviewOf = async (account: TestAccount): Promise<Told> => (await account.call(OVERVIEW)).overview;
const driftOf = (account: TestAccount) => recount(api.service, { accountId: account.id, region: REGION });

test('8.4: an overview says how disks are protected, and what the policies have done', async () => {
  const account = await api.createAccount();
  advanceTo(api, '22:00');
  const policy = await createPolicy(account, { hours: [23] });
  await guarded(account, policy.id, 2);
  await createDisk(account, { policyId: policy.id }); // is not attached: skipped
  await createDisk(account);
  await createDisk(account, { category: 'LOCAL' });
  const late = await createDisk(account);
  await setObjective(account, { diskId: late.id, hours: 1 });
  const exempt = await createDisk(account);
  await setObjective(account, { diskId: exempt.id, exempt: true });
  expect(await overviewOf(account)).toMatchObject({ disks: { total: 7, protected: 0, unprotected: 6, local: 1 } });
  advanceTo(api, '23:10');
  await timer.fire();
  await watchRound(api);
  const { disks, snapshots, runs, ...rest } = await overviewOf(account);
  expect(disks).toEqual({ total: 7, protected: 3, inBreach: 1, unprotected: 1, exempt: 1, local: 1 });
  expect(snapshots).toEqual({ manual: 0, automatic: 2, inProgress: 0, failed: 0 });
  expect(runs).toMatchObject({ done: 2, skipped: 1, failed: 0, missedSlots: 0 });
  expect(rest).toMatchObject({ region: REGION, waiting: { objects: 0, bytes: 0 }, damagedObjects: 0, drift: 0 });
  api.clock.advance(25 * HOUR_MS);
  expect((await overviewOf(account)).runs).toMatchObject({ done: 0, skipped: 0 });
});

test('8.4: it counts what is made and goes, and what waits to be freed', async () => {
  const account = await api.createAccount();
  await overviewOf(account);
  const disk = await createDisk(account);
  await writeBlocks(account, disk.id, 0, { 0: blockOf('of the first') });
  const first = await createSnapshot(account, disk.id);
  await writeBlocks(account, disk.id, 1, { 0: blockOf('of the second') });
  await createSnapshot(account, disk.id);
  expect((await overviewOf(account)).snapshots).toMatchObject({ manual: 2 });
  await deleteSnapshots(account, [first.id]);
  await api.settle();
  const after = await overviewOf(account);
  expect(after.snapshots).toMatchObject({ manual: 1 });
  expect(after.waiting.objects).toBeGreaterThan(0);
  await releaseDisk(account, disk.id);
  expect(await overviewOf(account)).toMatchObject({ disks: { total: 0 }, snapshots: { manual: 1 } });
  expect(await driftOf(account)).toEqual({ busy: 0, drift: 0 });
});

test('8.4: many calls at the same time are counted, also while everything is being counted', async () => {
  const account = await api.createAccount();
  const disks = await Promise.all(Array.from({ length: 12 }, () => createDisk(account)));
  const take = async ({ id }: Told) => {
    const one = await createSnapshot(account, id);
    await createSnapshot(account, id);
    await deleteSnapshots(account, [one.id]);
  };
  await Promise.all([overviewOf(account), ...disks.map(take), overviewOf(account)]);
  expect((await overviewOf(account)).snapshots.manual).toBe(12);
  expect(await driftOf(account)).toEqual({ busy: 0, drift: 0 });
});

test('8.4: a count that is wrong is put right within a day, and told', async () => {
  const account = await api.createAccount();
  await createSnapshot(account, (await createDisk(account)).id);
  await overviewOf(account);
  const key = { accountId: account.id, region: REGION, shard: OVERVIEW_SHARDS - 1 };
  await api.catalogue.transact([patch(overviewEntity, key, { add: { manual: 5, inBreach: 2, revision: 1 } })]);
  expect(await overviewOf(account)).toMatchObject({ disks: { inBreach: 2 }, snapshots: { manual: 6 } });
  api.clock.advance(25 * HOUR_MS);
  expect(await sweepOverviews(api.service, FOREVER)).toMatchObject({ drift: 7 });
  const right = await overviewOf(account);
  expect(right).toMatchObject({ disks: { inBreach: 0 }, snapshots: { manual: 1 }, drift: 7 });
  expect(await sweepOverviews(api.service, FOREVER)).toEqual({ recounted: 0, drift: 0 });
});

test('8.4: 200 disks are counted in the first call, also beside a day of 100 policies', async () => {
  const account = await api.createAccount();
  await fillRegion(api, account, { disks: 200, snapshotsEach: 100, policies: 100 });
  const { disks, snapshots, runs } = await overviewOf(account);
  expect(disks).toMatchObject({ total: 200, unprotected: 200 });
  expect(snapshots).toMatchObject({ automatic: 20_000 });
  expect(runs.done).toBe(100 * 25); // 24 full hours and the present one
});

test('8.4: what policies did in an hour that is over is summed once', async () => {
  const account = await api.createAccount();
  await fillRegion(api, account, { disks: 1, snapshotsEach: 1, policies: 20 });
  const place = { accountId: account.id, region: REGION };
  const counted = countReads(api.catalogue);
  const reads = async (): Promise<[Told, number]> => {
    const runs = await runsOfDay({ catalogue: counted.catalogue, clock: api.clock }, place);
    return [runs, counted.requests()];
  };
  const [first, many] = await reads();
  const [again, few] = await reads();
  expect(again).toEqual(first);
  expect(again.done).toBe(20 * 25);
  expect([many, few]).toEqual([20 * 5 + 2, 20 + 2]);

  // One that is under way again keeps its hour from being summed for good.
  const { rows } = await api.catalogue.list(runTallyEntity, { partition: place, limit: 100 });
  expect(rows).toHaveLength(21);
  const { hour } = rows[7] as RunTallyRow;
  const slot = { accountId: account.id, policyId: `sp-${'0'.repeat(20)}`, slotAt: hour };
  await api.catalogue.transact([
    remove(runTallyEntity, { ...place, hour }),
    patch(slotEntity, slot, { remove: ['finishedAt'] }),
  ]);
  expect((await reads())[0]).toEqual(first);
  await api.catalogue.transact([patch(slotEntity, slot, { add: { done: 3 }, set: { finishedAt: hour } })]);
  expect((await reads())[0]).toMatchObject({ done: first.done + 3 });
  expect((await reads())[1]).toBe(few);
});

test('8.4: an overview is answered with what 100 policies did with 100 disks each', async () => {
  const account = await api.createAccount();
  await fillRegion(api, account, { disks: 1000, snapshotsEach: 100, policies: 100 });
  expect((await account.refusal(OVERVIEW)).extensions).toMatchObject({ code: 'Throttled' });
  await sweepOverviews(api.service, FOREVER);
  const { disks, runs } = await overviewOf(account);
  expect([disks.total, runs.done]).toEqual([1000, 100 * 25]);
});

test('8.4: chains of disks that are gone can be too many for the first call: the janitor counts them', async () => {
  const account = await api.createAccount();
  await fillRegion(api, account, { disks: 1, oldChains: 2500, snapshotsEach: 1 });
  expect((await account.refusal(OVERVIEW)).extensions).toMatchObject({ code: 'Throttled', retryAfterMs: 60_000 });
  await sweepOverviews(api.service, FOREVER);
  expect((await overviewOf(account)).snapshots).toMatchObject({ automatic: 2501 });
});
