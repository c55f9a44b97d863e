import { beforeAll, describe, expect, test } from 'vitest';
import { forecastDisks } from '../../src/service/advice/policy-preview.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { OPEN_SERVICE, OTHER_REGION, REGION, type TestAccount, type Told } from '../support/api.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import { countReads } from '../support/counted-reads.ts';
import { createDisk, createSnapshot } from '../support/operations.ts';
import { applyPolicy, createPolicy, getPolicy, updatePolicy } from '../support/policies.ts';
import { DAY_MS, HOUR_MS, timedApi } from '../support/timer.ts';

const NEXT_RUNS = `query ($id: ID!, $first: Int! = 5) {
  policy(id: $id) { nextRuns(first: $first) { at utcOffsetMinutes moved } }
}`;
const PREVIEW = `query ($input: PolicyPreviewInput!, $first: Int! = 5) {
  policyPreview(input: $input) {
    region timeZone runsPerWeek worstLossHours nextRuns(first: $first) { at utcOffsetMinutes moved }
  }
}`;
const FORECAST = `query ($input: PolicyPreviewInput!, $ids: [ID!]!, $price: SafeInt) {
  policyPreview(input: $input) {
    disks(ids: $ids, pricePerGibMonth: $price) {
      disk { id } snapshotCount storedBytes addedBytesPerDay cost savedBytes savedCost measured
    }
  }
}`;
const DISK_ADVICE = `query ($diskId: ID!, $price: SafeInt) {
  diskAdvice(diskId: $diskId, pricePerGibMonth: $price) {
    options {
      option hours weekdays retentionDays
      snapshotCount storedBytes addedBytesPerDay cost savedBytes savedCost measured
    }
  }
}`;

const { api, timer } = await timedApi();

const nextRuns = async (account: TestAccount, id: string, first?: number): Promise<Told[]> =>
  (await account.call(NEXT_RUNS, { id, first })).policy.nextRuns;
const preview = async (account: TestAccount, input: object, first?: number): Promise<Told> =>
  (await account.call(PREVIEW, { input, first })).policyPreview;
const instants = (runs: readonly Told[]): string[] => runs.map(({ at }) => at);

/** Only ahead: tests that name a year come last. */
function advanceToDate(iso: string): void {
  api.clock.advance(Date.parse(iso) - api.clock.now());
}

describe('5.1: the next runs of a policy', () => {
  test('5.1: are its slots, the next one first', async () => {
    const account = await api.createAccount();
    const { id, nextRunAt } = await createPolicy(account, { hours: [3, 15] });
    const runs = await nextRuns(account, id, 4);
    const first = Date.parse(nextRunAt);
    const later = [0, 12, 24, 36].map((hours) => new Date(first + hours * HOUR_MS).toISOString());
    expect(runs).toEqual(later.map((at) => ({ at, utcOffsetMinutes: 0, moved: false })));
  });

  test('5.1: begin with the slot that a late timer has not opened yet', async () => {
    const account = await api.createAccount();
    const { id, nextRunAt } = await createPolicy(account, { hours: [6] });
    api.clock.advance(2 * DAY_MS);
    const [due, next, ...others] = instants(await nextRuns(account, id, 3));
    expect(due).toBe(nextRunAt);
    expect(Date.parse(next as string)).toBeGreaterThan(api.clock.now());
    expect(others).toEqual([new Date(Date.parse(next as string) + DAY_MS).toISOString()]);
    await timer.fire();
    expect((await nextRuns(account, id, 1))[0].at).toBe((await getPolicy(account, id)).nextRunAt);
  });

  test('5.1: are none while it is paused', async () => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account);
    await updatePolicy(account, id, { status: 'PAUSED' });
    expect(await nextRuns(account, id)).toEqual([]);
  });

  test.each([0, 101])('5.1: %i of them are refused', async (first) => {
    const account = await api.createAccount();
    const { id } = await createPolicy(account);
    const { extensions } = await account.refusal(NEXT_RUNS, { id, first });
    expect(extensions).toMatchObject({ code: 'InvalidParameter', field: 'first' });
  });
});

test('5.1: a preview has the defaults of a new policy, and needs no open service', async () => {
  const account = await api.createAccount({ open: false });
  const { nextRuns: runs, ...rest } = await preview(account, { hours: [9], region: OTHER_REGION }, 100);
  expect(rest).toEqual({ region: OTHER_REGION, timeZone: 'Asia/Tokyo', runsPerWeek: 7, worstLossHours: 24 });
  expect(new Set(instants(runs)).size).toBe(100);
  await account.call(OPEN_SERVICE, { terms: '2026-01', region: OTHER_REGION });
  const policy = await createPolicy(account, { hours: [9], region: OTHER_REGION });
  expect(await nextRuns(account, policy.id, 100)).toEqual(runs);
});

test('5.1: what a preview says of a week is how often, and what is lost at worst', async () => {
  const account = await api.createAccount();
  const input = { hours: [18, 6], weekdays: [1, 3], timeZone: 'europe/berlin' };
  expect(await preview(account, input)).toMatchObject({
    timeZone: 'Europe/Berlin',
    runsPerWeek: 4,
    worstLossHours: 4 * 24 + 12,
  });
});

test.each([
  [{ hours: [] }, 'hours'],
  [{ hours: [24] }, 'hours.0'],
  [{ hours: [1], weekdays: [1, 1] }, 'weekdays.1'],
  [{ hours: [1], retentionDays: 0 }, 'retentionDays'],
  [{ hours: [1], timeZone: '+01:00' }, 'timeZone'],
  [{ hours: [1], region: 'nowhere' }, 'region'],
])('5.1: a preview of %o is refused, naming the field', async (input, field) => {
  const account = await api.createAccount();
  const { extensions } = await account.refusal(PREVIEW, { input });
  expect(extensions).toMatchObject({ code: 'InvalidParameter', field });
});

describe('8.3: the forecast of a preview', () => {
  const DAYS = 6;
  let account: TestAccount;
  let disk: Told;
  beforeAll(async () => {
    account = await api.createAccount();
    disk = await createDisk(account);
    const policy = await createPolicy(account, { hours: [3], retentionDays: 6 });
    await applyPolicy(account, policy.id, disk.id);
    let version = 0;
    for (let day = 0; day < DAYS; day++) {
      const writes = { 0: blockOf(`first ${day}`), [10 + day]: blockOf(`other ${day}`) };
      version = await writeBlocks(account, disk.id, version, writes);
      await createSnapshot(account, disk.id);
      api.clock.advance(DAY_MS);
    }
    await api.settle();
  });

  test('8.3: says of each option of the advice what the advice says', async () => {
    const price = 50_000_000;
    const { options } = (await account.call(DISK_ADVICE, { diskId: disk.id, price })).diskAdvice;
    expect(options.length).toBeGreaterThan(4);
    for (const { option: _, hours, weekdays, retentionDays, ...expected } of options) {
      const input = { hours, weekdays, retentionDays };
      const { policyPreview } = await account.call(FORECAST, { input, ids: [disk.id], price });
      const { measured: __, ...forecast } = policyPreview.disks[0];
      const { measured: ___, ...told } = expected;
      expect(forecast).toEqual({ disk: { id: disk.id }, ...told });
    }
  });

  test('8.3: knows nothing of a disk without snapshots, nor of what is kept for ever', async () => {
    const bare = await createDisk(account);
    const known = { snapshotCount: null, storedBytes: null, cost: null, savedBytes: null };
    const of = async (input: object, id: string) =>
      (await account.call(FORECAST, { input, ids: [id], price: 1 })).policyPreview.disks;
    expect(await of({ hours: [1] }, bare.id)).toMatchObject([{ ...known, addedBytesPerDay: null }]);
    expect(await of({ hours: [1], retentionDays: null }, disk.id)).toMatchObject([
      { ...known, addedBytesPerDay: expect.any(Number) },
    ]);
  });

  test('8.3: reads five requests for each disk, and the price once', async () => {
    const { catalogue, requests } = countReads(api.service.catalogue);
    const plan = { region: REGION, hours: [1], weekdays: [1], timeZone: 'UTC', retentionDays: 7 };
    const service = { ...api.service, catalogue };
    const of = (ids: string[]) => forecastDisks(service, serviceCaller(account.id), plan, { ids });
    await of([disk.id]);
    const one = requests();
    const other = await createDisk(account, { policyId: (await createPolicy(account)).id });
    await createSnapshot(account, other.id);
    await of([disk.id, other.id]);
    expect([one, requests()]).toEqual([6, 11]);
  });

  test('8.3: is for a few disks of the region, each once', async () => {
    const input = { hours: [1] };
    const local = await createDisk(account, { category: 'LOCAL' });
    const far = await createDisk(account, { region: OTHER_REGION });
    const refused = async (...ids: string[]) => (await account.refusal(FORECAST, { input, ids })).extensions;
    const six = Array.from({ length: 6 }, () => disk.id);
    expect(await refused(...six)).toMatchObject({ code: 'InvalidParameter', field: 'ids' });
    expect(await refused(disk.id, disk.id)).toMatchObject({ code: 'InvalidParameter', field: 'ids.1' });
    expect(await refused(far.id)).toMatchObject({ code: 'InvalidParameter', field: 'ids.0' });
    expect(await refused(local.id)).toMatchObject({ code: 'UnsupportedDiskCategory' });
    expect(await refused('d-00000000000000000000')).toMatchObject({ code: 'NotFound' });
    const stranger = await api.createAccount();
    const theirs = await stranger.refusal(FORECAST, { input, ids: [disk.id] });
    expect(theirs.extensions.code).toBe('NotFound');
  });
});

test('5.1: a preview is open to VIEWER', async () => {
  const account = await api.createAccount();
  const viewer = await account.createKey('VIEWER');
  const { policyPreview } = await account.call(PREVIEW, { input: { hours: [1] } }, viewer);
  expect(policyPreview.nextRuns).toHaveLength(5);
});

test('5.8: clock changes show in the next runs', async () => {
  const account = await api.createAccount();
  const input = { hours: [2, 12], timeZone: 'Europe/Berlin' };
  advanceToDate('2027-03-27T12:00:00Z');
  const { id } = await createPolicy(account, input);
  const spring = [
    { at: '2027-03-28T01:00:00.000Z', utcOffsetMinutes: 120, moved: true },
    { at: '2027-03-28T10:00:00.000Z', utcOffsetMinutes: 120, moved: false },
    { at: '2027-03-29T00:00:00.000Z', utcOffsetMinutes: 120, moved: false },
  ];
  expect(await nextRuns(account, id, 3)).toEqual(spring);
  expect((await preview(account, input, 3)).nextRuns).toEqual(spring);
  advanceToDate('2027-10-30T12:00:00Z');
  // 02:00 comes twice on that day, and the policy runs once.
  expect((await preview(account, input, 3)).nextRuns).toEqual([
    { at: '2027-10-31T00:00:00.000Z', utcOffsetMinutes: 120, moved: false },
    { at: '2027-10-31T11:00:00.000Z', utcOffsetMinutes: 60, moved: false },
    { at: '2027-11-01T01:00:00.000Z', utcOffsetMinutes: 60, moved: false },
  ]);
});
