import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { setPrice } from '../../src/service/money/prices.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import { createImage } from '../support/instances.ts';
import { createDisk, createSnapshot, deleteSnapshots, PREVIEW, releaseDisk } from '../support/operations.ts';
import { applyPolicy, createPolicy } from '../support/policies.ts';

const DAY_MS = 86_400_000;
const PURPOSE = 'purpose { purpose tag everyDays keepDays }';
const ADVICE = `disk { id } ${PURPOSE} totalStoredBytes storedBytes
  changes { ageHours pairs changedBytes changedStoredBytes }
  options { option hours weekdays retentionDays worstLossHours snapshotCount storedBytes addedBytesPerDay cost savedBytes savedCost measured }`;
const DISK_ADVICE = `query ($diskId: ID!, $price: SafeInt) {
  diskAdvice(diskId: $diskId, pricePerGibMonth: $price) { ${ADVICE} }
}`;
const LIST = (field: string, fields: string) => `query ($first: Int = 5, $after: String, $price: SafeInt) {
  list: ${field}(first: $first, after: $after, pricePerGibMonth: $price) {
    nodes { ${fields} } edges { cursor } pageInfo { hasNextPage endCursor }
  }
}`;
const UNPROTECTED = LIST('unprotectedDisks', `disk { id } ${PURPOSE} newestSnapshot { id } freedBytes freedCost`);
const FORGOTTEN = LIST('forgottenSnapshots', `snapshot { id } ${PURPOSE} ageDays freedBytes freedCost`);

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

/** All pages of a list. */
async function all(account: TestAccount, query: string, first = 5): Promise<Told[]> {
  const nodes: Told[] = [];
  for (let after: string | null = null; ; ) {
    const { list }: Told = await account.call(query, { first, after });
    nodes.push(...list.nodes);
    expect(list.edges).toHaveLength(list.nodes.length);
    if (!list.pageInfo.hasNextPage) return nodes;
    after = list.pageInfo.endCursor;
  }
}

const adviceOf = async (account: TestAccount, diskId: string, price?: number): Promise<Told> =>
  (await account.call(DISK_ADVICE, { diskId, price })).diskAdvice;

const named = (advice: Told, option: string): Told => advice.options.find((one: Told) => one.option === option);

describe('8.3: the advice for a disk', () => {
  const DAYS = 10;
  let account: TestAccount;
  let disk: Told;
  /** Two new blocks a day, one of them the same place each day: two days change three places. */
  beforeAll(async () => {
    account = await api.createAccount();
    disk = await createDisk(account, { tags: [{ key: 'purpose', value: 'core' }] });
    const policy = await createPolicy(account, { hours: [3], retentionDays: 10 });
    await applyPolicy(account, policy.id, disk.id);
    let version = 0;
    for (let day = 0; day < DAYS; day++) {
      version = await writeBlocks(account, disk.id, version, {
        0: blockOf(`first ${day}`),
        [10 + day]: blockOf(`other ${day}`),
      });
      await createSnapshot(account, disk.id);
      api.clock.advance(DAY_MS);
    }
    await api.settle();
  });

  test('8.3: says what changed within each interval, exactly', async () => {
    const { changes } = await adviceOf(account, disk.id);
    const blocks = changes.map(({ ageHours, changedBytes }: Told) => [ageHours, changedBytes / BLOCK_BYTES]);
    expect(blocks).toEqual([
      [24, 2],
      [48, 3],
      [72, 4],
      [168, 8],
    ]);
  });

  test('8.3: says what its policy and sparser ones take, and what each loses', async () => {
    const advice = await adviceOf(account, disk.id);
    const { options, totalStoredBytes } = advice;
    expect(options.map(({ option, worstLossHours }: Told) => [option, worstLossHours])).toEqual([
      ['CURRENT', 24],
      ['EVERY_2_DAYS', 48],
      ['EVERY_3_DAYS', 72],
      ['EVERY_7_DAYS', 168],
      ['HALF_RETENTION', 24],
      ['PURPOSE', 24],
    ]);
    const day = advice.changes[0].changedStoredBytes;
    expect(named(advice, 'CURRENT')).toMatchObject({
      snapshotCount: 10,
      storedBytes: totalStoredBytes + 9 * day,
      addedBytesPerDay: day,
      savedBytes: 0,
      measured: true,
    });
    expect(named(advice, 'HALF_RETENTION')).toMatchObject({
      retentionDays: 5,
      snapshotCount: 5,
      storedBytes: totalStoredBytes + 4 * day,
      savedBytes: 5 * day,
    });
    expect(named(advice, 'PURPOSE')).toMatchObject({ retentionDays: 30, snapshotCount: 30 });
  });

  test('8.3: what is there already is the size of the chain', async () => {
    const { chain } = await account.call('query ($id: ID!) { chain(id: $id) { capacity { storedBytes } } }', {
      id: disk.id,
    });
    expect((await adviceOf(account, disk.id)).storedBytes).toBe(chain.capacity.storedBytes);
  });

  test('8.3: with a price, costs are whole millionths of the smallest unit', async () => {
    const price = 50_000_000;
    const { options } = await adviceOf(account, disk.id, price);
    for (const { storedBytes, cost, savedBytes, savedCost } of options) {
      expect(cost).toBe(Number((BigInt(storedBytes) * BigInt(price)) / 2n ** 30n));
      expect(savedCost).toBe(Number((BigInt(savedBytes) * BigInt(price)) / 2n ** 30n));
    }
    expect((await adviceOf(account, disk.id)).options[0]).toMatchObject({ cost: null, savedCost: null });
  });

  test('8.3: without one, costs are by the price of the region, if that is clear', async () => {
    const costs = async () => (await adviceOf(account, disk.id)).options.map(({ cost }: Told) => cost);
    const by = async (price: number) => (await adviceOf(account, disk.id, price)).options.map(({ cost }: Told) => cost);
    const set = (perGibMonth: string, currency: string, from: string) =>
      setPrice(api.service, { perGibMonth, currency, from });
    await set('7', 'EUR', '2020-01-01');
    await set('3000000', 'EUR', '2020-02-01');
    await set('9', 'EUR', '2999-01-01');
    expect(await costs()).toEqual(await by(3_000_000));
    await set('4000000', 'USD', '2020-01-01');
    expect(await costs()).toEqual((await costs()).map(() => null));
  });

  test('8.3: what is offered can be given to the policy as it is', async () => {
    const { hours, weekdays, retentionDays } = named(await adviceOf(account, disk.id), 'EVERY_3_DAYS');
    const other = await createPolicy(account, { hours, weekdays, retentionDays });
    expect(other).toMatchObject({ hours: [3], weekdays: [1, 4, 6], retentionDays: 10 });
  });

  test('8.3: a policy that keeps everything never comes to a steady state', async () => {
    const own = await createDisk(account);
    const policy = await createPolicy(account, { retentionDays: null });
    await applyPolicy(account, policy.id, own.id);
    const advice = await adviceOf(account, own.id);
    expect(named(advice, 'CURRENT')).toMatchObject({ retentionDays: null, storedBytes: null, snapshotCount: null });
    expect(named(advice, 'HALF_RETENTION')).toBeUndefined();
  });

  test('8.3: has no forecast without snapshots, without a policy the purpose alone', async () => {
    const own = await createDisk(account, { kind: 'SYSTEM' });
    const advice = await adviceOf(account, own.id);
    expect(advice).toMatchObject({ purpose: { purpose: 'SYSTEM_DISK' }, totalStoredBytes: null, changes: [] });
    expect(advice.options).toMatchObject([{ option: 'PURPOSE', storedBytes: null, savedBytes: null, measured: false }]);
  });

  test('8.3: the list of a region has each disk that can have a policy once', async () => {
    const local = await createDisk(account, { category: 'LOCAL' });
    const listed = (await all(account, LIST('advice', ADVICE), 1)).map(({ disk: { id } }) => id);
    expect(listed).toContain(disk.id);
    expect(listed).not.toContain(local.id);
    expect(new Set(listed).size).toBe(listed.length);
    const refusal = await account.refusal(DISK_ADVICE, { diskId: local.id });
    expect(refusal.extensions.code).toBe('UnsupportedDiskCategory');
  });
});

test.each([
  ['diskAdvice', { price: -1 }, 'pricePerGibMonth'],
  ['diskAdvice', { price: 2 ** 30 + 1 }, 'pricePerGibMonth'],
  ['advice', { first: 6 }, 'first'],
  ['advice', { first: 0 }, 'first'],
  ['advice', { price: -1 }, 'pricePerGibMonth'],
  ['unprotectedDisks', { first: 21 }, 'first'],
  ['forgottenSnapshots', { first: 21 }, 'first'],
  ['forgottenSnapshots', { after: 'nonsense' }, 'after'],
])('8.3: %s refuses %o, naming the field', async (field, variables, named) => {
  const account = await api.createAccount();
  const disk = await createDisk(account);
  const query = field === 'diskAdvice' ? DISK_ADVICE : LIST(field, '__typename');
  const { extensions } = await account.refusal(query, { diskId: disk.id, ...variables });
  expect(extensions).toMatchObject({ code: 'InvalidParameter', field: named });
});

test('8.3: the table of purposes is data', async () => {
  const account = await api.createAccount();
  const { purposes } = await account.call('{ purposes { purpose tag everyDays keepDays } }');
  expect(purposes.map(({ tag }: Told) => tag)).toEqual(['core', 'other', 'system', 'upgrade', 'test']);
});

test('8.3: disks without a policy are listed with what their release frees', async () => {
  const account = await api.createAccount();
  const policy = await createPolicy(account);
  await createDisk(account, { policyId: policy.id });
  await createDisk(account, { category: 'LOCAL' });
  const bare = await createDisk(account);
  await writeBlocks(account, bare.id, 0, { 0: blockOf('in the snapshot') });
  const snapshot = await createSnapshot(account, bare.id);
  await writeBlocks(account, bare.id, 1, { 1: blockOf('of the disk alone') });
  await api.settle();
  const [found, ...others] = await all(account, UNPROTECTED, 1);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ disk: { id: bare.id }, newestSnapshot: { id: snapshot.id }, freedCost: null });
  const waiting = async () => (await account.call('{ capacity { waitingBytes } }')).capacity.waitingBytes;
  const before = await waiting();
  await releaseDisk(account, bare.id);
  await api.settle();
  expect(found.freedBytes).toBeGreaterThan(0);
  expect((await waiting()) - before).toBe(found.freedBytes);
  expect(await all(account, UNPROTECTED)).toEqual([]);
});

describe('8.3: snapshots that nobody needs any more', () => {
  let account: TestAccount;
  let ids: Readonly<Record<string, string>>;
  beforeAll(async () => {
    account = await api.createAccount();
    const core = await createDisk(account, { tags: [{ key: 'purpose', value: 'Core' }] });
    let version = 0;
    const take = async (name: string, input: object = {}) => {
      version = await writeBlocks(account, core.id, version, { 0: blockOf(name), 1: blockOf(`${name} too`) });
      return (await createSnapshot(account, core.id, input)).id as string;
    };
    const tagged = (value: string) => ({ tags: [{ key: 'purpose', value }] });
    const oldest = await take('oldest');
    api.clock.advance(25 * DAY_MS);
    ids = {
      oldest,
      upgrade: await take('upgrade', tagged('upgrade')),
      core: await take('core'),
      ending: await take('ending', { retentionDays: 400, ...tagged('test') }),
      imaged: await take('imaged', tagged('test')),
      newest: await take('newest', tagged('test')),
    };
    await createImage(account, ids.imaged as string);
    api.clock.advance(8 * DAY_MS);
    await api.settle();
  });

  test('8.3: are old for their purpose, without retention, and not the newest', async () => {
    const found = await all(account, FORGOTTEN, 1);
    expect(found.map(({ snapshot, purpose, ageDays }) => [snapshot.id, purpose.purpose, ageDays])).toEqual([
      [ids.oldest, 'CORE_APPLICATION', 33],
      [ids.upgrade, 'UPGRADE', 8],
    ]);
  });

  test('8.3: are told with what their deletion frees, alone and together', async () => {
    const query = FORGOTTEN.replace('pageInfo', 'freedTogetherBytes freedTogetherCost pageInfo');
    const { list } = await account.call(query, { price: 1_000_000 });
    for (const { snapshot, freedBytes, freedCost } of list.nodes) {
      const preview = await account.call(PREVIEW, { input: { snapshotIds: [snapshot.id] } });
      expect(freedBytes).toBe(preview.deleteSnapshotsPreview.storedBytes);
      expect(freedCost).toBe(Math.floor((freedBytes * 1_000_000) / 2 ** 30));
    }
    const snapshotIds = list.nodes.map(({ snapshot }: Told) => snapshot.id);
    const together = await account.call(PREVIEW, { input: { snapshotIds } });
    expect(list.freedTogetherBytes).toBe(together.deleteSnapshotsPreview.storedBytes);
    expect(list.freedTogetherCost).toBe(Math.floor((list.freedTogetherBytes * 1_000_000) / 2 ** 30));
  });

  test('8.3: also those of a disk that is no more, down to the last one', async () => {
    const own = await api.createAccount();
    const disk = await createDisk(own);
    const { id } = await createSnapshot(own, disk.id);
    api.clock.advance(29 * DAY_MS);
    expect(await all(own, FORGOTTEN)).toEqual([]);
    await releaseDisk(own, disk.id);
    expect((await all(own, FORGOTTEN)).map(({ snapshot }) => snapshot.id)).toEqual([id]);
    await deleteSnapshots(own, [id]);
    expect(await all(own, FORGOTTEN)).toEqual([]);
  });
});
