import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestEntity } from '../../src/engine/books/rows.ts';
import { sweepSamples } from '../../src/service/capacity/sample.ts';
import { rebuild } from '../../src/service/manifests/rebuild.ts';
import { HOUR_MS, hoursIn, monthEnd, monthOf } from '../../src/service/model/money/months.ts';
import { statementEntity } from '../../src/service/model/money/rows.ts';
import { answerOperator } from '../../src/service/money/operator.ts';
import { createTestApi, OTHER_REGION, REGION, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import { createDisk, createSnapshot, releaseDisk } from '../support/operations.ts';

const REGION_FIELDS = `region hours missingHours byteHours packages { id gib byteHours } prices { perGibMonth byteHours }
  unpricedByteHours amount`;
const STATEMENT = `query ($month: String!, $currency: String) { statement(month: $month, currency: $currency) {
  month currency closed closedAt hoursInMonth total regions { ${REGION_FIELDS} } corrections { ofMonth region amount } } }`;
const LINES = `query ($month: String!, $region: String, $tagKey: String, $currency: String, $first: Int = 1000, $after: String) {
  statementLines(month: $month, region: $region, tagKey: $tagKey, currency: $currency, first: $first, after: $after) {
    nodes { kind id tagValue byteHours amount } pageInfo { hasNextPage endCursor } } }`;
const STATEMENTS = `query ($first: Int = 24, $after: String) { statements(first: $first, after: $after) {
  nodes { month closed total } pageInfo { hasNextPage endCursor } } }`;
const PRICES = `query ($region: String, $first: Int = 100, $after: String) { prices(region: $region, first: $first, after: $after) {
  nodes { region currency from perGibMonth setAt } pageInfo { hasNextPage endCursor } } }`;
const PACKAGES = `query ($first: Int = 100, $after: String) { packages(first: $first, after: $after) {
  nodes { id region gib from until note } pageInfo { hasNextPage endCursor } } }`;
const CREATE_IMAGE = 'mutation ($id: ID!) { createImage(input: { snapshotId: $id }) { image { id } } }';

let api: TestApi;
let account: TestAccount;
let month: string;
let disks: Told[];
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
  month = monthOf(monthEnd(monthOf(api.clock.now())));
  api.clock.advance(monthEnd(monthOf(api.clock.now())) - api.clock.now() + 60_000);
  disks = await Promise.all(
    [[{ key: 'team', value: 'a' }], [{ key: 'team', value: 'b' }], [{ key: 'other', value: 'a' }]].map((tags) =>
      createDisk(account, { tags }),
    ),
  );
  for (const [at, disk] of disks.entries()) {
    const blocks = Object.fromEntries([0, 1, 2].slice(0, at + 1).map((block) => [block, blockOf(`${at} ${block}`)]));
    await writeBlocks(account, disk.id, 0, blocks);
    await createSnapshot(account, disk.id);
  }
  const { snapshots } = await account.call('{ snapshots(first: 1) { nodes { id } } }');
  await account.call(CREATE_IMAGE, { id: snapshots.nodes[0].id });
  await api.settle();
  await hours(1, 1, 3, 30);
  await releaseDisk(account, disks[2].id);
  await api.settle();
  await hours(1, 200);
}, 120_000);
afterAll(() => api.close());

/** The janitor comes after so many hours. */
async function hours(...after: readonly number[]): Promise<void> {
  for (const hour of after) {
    api.clock.advance(hour * HOUR_MS);
    await sweepSamples(api.service, Number.POSITIVE_INFINITY);
  }
}
const operator = (event: object): Promise<Told> => answerOperator(api.service, event);
const setPrice = (perGibMonth: string, more: object = {}) =>
  operator({ price: { currency: 'EUR', from: `${month}-01`, perGibMonth, ...more } });
const statement = async (variables: object = {}, of = account): Promise<Told> =>
  (await of.call(STATEMENT, { month, ...variables })).statement;
const lines = async (variables: object = {}): Promise<Told> =>
  (await account.call(LINES, { month, ...variables })).statementLines;
const sum = (all: readonly Told[], name: 'byteHours' | 'amount') =>
  all.reduce((total: bigint, one: Told) => total + BigInt(one[name]), 0n);

describe('8.2: a statement of a month', () => {
  test('without any price says what was held, in no currency', async () => {
    const shown = await statement();
    expect(shown).toMatchObject({ month, currency: 'XXX', closed: false, closedAt: null, total: '0' });
    expect(shown.hoursInMonth).toBe(hoursIn(month));
    expect(shown.regions).toMatchObject([
      { region: REGION, hours: 235, missingHours: 230, amount: '0' },
      { region: OTHER_REGION, hours: 0, byteHours: '0' },
    ]);
    expect(shown.regions[0].unpricedByteHours).toBe(shown.regions[0].byteHours);
  });

  test('adds up hour by hour what the samples of the region say', async () => {
    const { capacityHistory } = await account.call(
      `{ capacityHistory(from: "${month}-01T00:00:00Z") { nodes { at storedBytes } } }`,
    );
    const samples: readonly Told[] = capacityHistory.nodes;
    const hourOf = (at: string) => Math.floor(Date.parse(at) / HOUR_MS);
    const until = Math.floor(api.clock.now() / HOUR_MS);
    const byHand = samples.reduce((total: bigint, { at, storedBytes }: Told, index: number) => {
      const next = samples[index + 1];
      return total + BigInt(storedBytes) * BigInt((next === undefined ? until : hourOf(next.at)) - hourOf(at));
    }, 0n);
    expect((await statement()).regions[0].byteHours).toBe(String(byHand));
  });

  test('has lines for chains, with or without a disk, and images, which add up', async () => {
    await setPrice('7000000000');
    const [region] = (await statement()).regions;
    const { nodes } = await lines();
    // The image shares all of its blocks: it has nothing of its own.
    expect(nodes.map(({ kind, id }: Told) => [kind, id])).toEqual(disks.map(({ id }) => ['CHAIN', id]).sort());
    expect(sum(nodes, 'byteHours')).toBe(BigInt(region.byteHours));
    expect(sum(nodes, 'amount')).toBe(BigInt(region.amount));
    expect(region.amount).not.toBe('0');
  });

  test('has lines by the values of a tag, first what has none, and they add up', async () => {
    const [region] = (await statement()).regions;
    const { nodes } = await lines({ tagKey: 'team' });
    expect(nodes.map(({ kind, tagValue }: Told) => [kind, tagValue])).toEqual([
      ['UNTAGGED', null],
      ['TAG', 'a'],
      ['TAG', 'b'],
    ]);
    expect(sum(nodes, 'byteHours')).toBe(BigInt(region.byteHours));
    expect(sum(nodes, 'amount')).toBe(BigInt(region.amount));
    const chains = (await lines()).nodes;
    expect(nodes[1].byteHours).toBe(chains.find(({ id }: Told) => id === disks[0].id).byteHours);
    const none = (await lines({ tagKey: 'nobody has this' })).nodes;
    expect(none).toMatchObject([{ kind: 'UNTAGGED', byteHours: region.byteHours, amount: region.amount }]);
  });

  test('has pages of lines', async () => {
    const all = (await lines()).nodes;
    const paged: Told[] = [];
    for (let after: string | null = null; ; ) {
      const page: Told = await lines({ first: 2, after });
      paged.push(...page.nodes);
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(paged).toEqual(all);
  });

  test('counts a package before anything is charged', async () => {
    const bought = { region: REGION, gib: 1, from: `${month}-01`, until: `${month}-02`, note: 'a day' };
    const added = await operator({ account: account.id, package: bought });
    const [region] = (await statement()).regions;
    expect(region.packages).toMatchObject([{ id: added.id, gib: 1 }]);
    expect(BigInt(region.packages[0].byteHours)).toBeGreaterThan(0n);
    expect(BigInt(region.packages[0].byteHours) + BigInt(region.prices[0].byteHours)).toBe(BigInt(region.byteHours));
    const { nodes } = (await account.call(PACKAGES)).packages;
    expect(nodes).toMatchObject([{ id: added.id, region: REGION, gib: 1, note: 'a day' }]);
    expect((await (await api.createAccount()).call(PACKAGES)).packages.nodes).toEqual([]);
  });

  test('of a key that is limited to a region has only this one', async () => {
    const key = await account.createKey('VIEWER', [OTHER_REGION]);
    const { statement: seen } = await account.call(STATEMENT, { month }, key);
    expect(seen).toMatchObject({ total: '0', regions: [{ region: OTHER_REGION }] });
    const refused = await account.refusal(LINES, { month, region: REGION }, key);
    expect(refused.extensions).toMatchObject({ code: 'InvalidParameter', field: 'region' });
  });

  test('of another account has nothing of this one', async () => {
    const other = await api.createAccount();
    expect((await statement({}, other)).regions).toMatchObject([{ byteHours: '0' }, { byteHours: '0' }]);
  });
});

describe('8.2: the price book', () => {
  test('is listed by currency and date, in pages, for every account', async () => {
    for (const from of ['2020-01-01', '2020-03-01']) await setPrice('5', { from, region: OTHER_REGION });
    await setPrice('6', { from: '2020-03-01', region: OTHER_REGION });
    const { nodes } = (await account.call(PRICES, { region: OTHER_REGION })).prices;
    expect(nodes).toMatchObject([
      { currency: 'EUR', from: '2020-01-01T00:00:00.000Z', perGibMonth: '5' },
      { currency: 'EUR', from: '2020-03-01T00:00:00.000Z', perGibMonth: '6' },
    ]);
    const first = (await account.call(PRICES, { region: OTHER_REGION, first: 1 })).prices;
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = (await account.call(PRICES, { region: OTHER_REGION, after: first.pageInfo.endCursor })).prices;
    expect([...first.nodes, ...rest.nodes]).toEqual(nodes);
  });

  test('with two currencies has callers choose', async () => {
    await setPrice('9', { currency: 'USD', region: OTHER_REGION });
    const refused = await account.refusal(STATEMENT, { month });
    expect(refused.extensions).toMatchObject({ code: 'InvalidParameter', field: 'currency' });
    expect(refused.message).toContain('EUR, USD');
    expect(await statement({ currency: 'EUR' })).toMatchObject({ currency: 'EUR' });
  });
});

test.each([
  [{ month: '2027-13' }, 'month'],
  [{ month: '9998-12' }, 'month'],
  [{ currency: 'eur' }, 'currency'],
  [{ currency: 'EUR', region: 'nowhere' }, 'region'],
  [{ currency: 'EUR', tagKey: '' }, 'tagKey'],
  [{ currency: 'EUR', first: 0 }, 'first'],
  [{ currency: 'EUR', after: 'x' }, 'after'],
])('8.2: %j is refused with the name of the field', async (variables, field) => {
  const { extensions } = await account.refusal(LINES, { month, ...variables });
  expect([extensions.code, extensions.field]).toEqual(['InvalidParameter', field]);
});

// The last: the month is over then.
test('8.2: a closed statement never changes, is listed, and comes back by a rebuild', async () => {
  api.clock.advance(monthEnd(month) - api.clock.now() + HOUR_MS);
  const closing = await operator({ account: account.id, closeMonth: month, currency: 'EUR' });
  const shown = await statement();
  expect(shown).toMatchObject({ closed: true, closedAt: closing.closedAt, total: closing.total });
  const byChain = (await lines()).nodes;
  await setPrice('1');
  expect(await statement()).toEqual(shown);
  expect((await account.refusal(STATEMENT, { month, currency: 'USD' })).extensions).toMatchObject({
    field: 'currency',
  });
  const { nodes } = (await account.call(STATEMENTS)).statements;
  expect(nodes).toEqual([{ month, closed: true, total: shown.total }]);

  const after = await createTestApi({ after: api });
  try {
    const { engine, service } = after;
    const deps = { engine, regions: service.regions, random: service.random };
    const report = await rebuild(deps, {}, Number.POSITIVE_INFINITY);
    expect(report).toMatchObject({ finished: true, losses: [] });
    const key = { accountId: account.id, month };
    const row = await api.catalogue.get(statementEntity, key);
    expect(row).toBeDefined();
    expect(await after.catalogue.get(statementEntity, key)).toEqual(row);
    const manifest = { accountId: account.id, nodeId: `statement-${month}` };
    expect(await after.catalogue.get(manifestEntity, manifest)).toMatchObject({ number: 1 });
    const { apiKey = '' } = report.apiKeys.find(({ accountId }) => accountId === account.id) ?? {};
    const back = after.accountOf(account.id, apiKey);
    expect(await statement({}, back)).toEqual(shown);
    expect((await back.call(LINES, { month })).statementLines.nodes).toEqual(byChain);
  } finally {
    await after.close();
  }
});
