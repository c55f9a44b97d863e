import { afterAll, beforeAll, expect, test } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { objectEntity } from '../../src/engine/books/rows.ts';
import { sweepSamples } from '../../src/service/capacity/sample.ts';
import type { Service } from '../../src/service/service.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import { createDisk, createSnapshot, deleteSnapshots, getChain, releaseDisk } from '../support/operations.ts';

const NOW =
  'query ($region: String) { capacity(region: $region) { logicalBytes deduplicatedBytes storedBytes waitingBytes } }';
const HISTORY = `query ($region: String, $from: DateTime, $to: DateTime, $first: Int = 1000, $after: String) {
  capacityHistory(region: $region, from: $from, to: $to, first: $first, after: $after) {
    nodes { region at logicalBytes deduplicatedBytes storedBytes waitingBytes } pageInfo { hasNextPage endCursor }
  }
}`;
const HOUR_MS = 3600_000;
const FOREVER = Number.POSITIVE_INFINITY;

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

const now = async (of = account): Promise<Told> => (await of.call(NOW)).capacity;
const history = async (variables: object = {}): Promise<Told> =>
  (await account.call(HISTORY, variables)).capacityHistory;
const sweep = (deps: Service = api.service) => sweepSamples(deps, FOREVER);
const iso = (epochMs: number) => new Date(epochMs).toISOString();
/** To the middle of the next hour: none strikes between the calls that follow. */
const nextHour = () => api.clock.advance(1.5 * HOUR_MS - (api.clock.now() % HOUR_MS));

test('8.1: logical, deduplicated and stored bytes follow every change, and add up with the chains', async () => {
  expect(await now()).toEqual({ logicalBytes: 0, deduplicatedBytes: 0, storedBytes: 0, waitingBytes: 0 });
  const disk = await createDisk(account);
  await writeBlocks(account, disk.id, 0, { 0: blockOf('a'), 1: blockOf('b'), 2: blockOf('a') });
  await api.settle();
  expect(await now()).toMatchObject({
    logicalBytes: 3 * BLOCK_BYTES,
    deduplicatedBytes: 2 * BLOCK_BYTES,
    waitingBytes: 0,
  });
  const snapshot = await createSnapshot(account, disk.id);
  await writeBlocks(account, disk.id, 1, { 1: blockOf('c') });
  const clone = await createDisk(account, { snapshotId: snapshot.id });
  await api.settle();
  const before = await now();
  expect(before).toMatchObject({ logicalBytes: 4 * BLOCK_BYTES, deduplicatedBytes: 3 * BLOCK_BYTES });
  const { capacity } = await getChain(account, disk.id);
  // the snapshot's; the disk's own block is no node of the chain
  expect(capacity.logicalBytes).toBe(3 * BLOCK_BYTES);
  const { domainId } = (await api.service.tree.get(account.id, disk.id)) as { domainId: string };
  const stored = await api.objects.list(`objects/${domainId}/`, { limit: 1000 });
  expect(before.storedBytes).toBe(stored.keys.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  await releaseDisk(account, clone.id);
  await deleteSnapshots(account, [snapshot.id]);
  await api.settle();
  const after = await now();
  expect(after).toMatchObject({ logicalBytes: 3 * BLOCK_BYTES, deduplicatedBytes: 2 * BLOCK_BYTES });
  expect(after.storedBytes + after.waitingBytes).toBe(before.storedBytes);
  const gone = await Promise.all(
    stored.keys.map(({ key }) => api.catalogue.get(objectEntity, { domainId, id: key.split('/')[2] as string })),
  );
  expect(after.waitingBytes).toBe(
    gone.filter((row) => row?.refs === 0).reduce((sum, row) => sum + (row?.storedBytes ?? 0), 0),
  );
  expect(await now(await api.createAccount())).toMatchObject({ storedBytes: 0 });
});

test('9.4: what is trimmed leaves the capacity, of later snapshots too', async () => {
  const before = await now();
  const disk = await createDisk(account);
  await writeBlocks(account, disk.id, 0, { 0: blockOf('stays'), 1: blockOf('goes') });
  await writeBlocks(account, disk.id, 1, { 1: null });
  const snapshot = await createSnapshot(account, disk.id);
  await api.settle();
  expect((await now()).logicalBytes - before.logicalBytes).toBe(BLOCK_BYTES);
  expect(snapshot.sizes.totalBytes).toBe(BLOCK_BYTES);
});

test('8.1: one sample an hour over 16 days, whoever takes it and however often; hours in which nothing ran are missing', async () => {
  nextHour();
  const begun = api.clock.now();
  const disk = await createDisk(account);
  let version = 0;
  const hours = 16 * 24;
  for (let hour = 0; hour < hours; hour++) {
    api.clock.advance(HOUR_MS);
    if (hour % 24 === 7) continue; // the service was off
    if (hour % 96 === 0) {
      version = await writeBlocks(account, disk.id, version, { [hour]: blockOf(`hour ${hour}`) });
      await api.settle();
    }
    if (hour % 50 === 0) await Promise.all([sweep(), sweep(), sweep()]);
    else await sweep();
  }
  const all = (await history({ from: iso(begun) })).nodes;
  expect(all).toHaveLength(hours - 16);
  const taken: number[] = all.map(({ at }: Told) => Math.floor(Date.parse(at) / HOUR_MS));
  expect(new Set(taken).size).toBe(taken.length);
  expect(taken).toEqual([...taken].sort((a, b) => a - b));
  // the first hour's is in the first sample
  expect(all.at(-1).logicalBytes - all[0].logicalBytes).toBe(3 * BLOCK_BYTES);
  expect(all.at(-1)).toMatchObject(await now());

  const ofDefault = (await history()).nodes;
  expect(Date.parse(ofDefault[0].at)).toBeGreaterThanOrEqual(api.clock.now() - 15 * 24 * HOUR_MS - HOUR_MS);
  expect(ofDefault.length).toBeLessThan(all.length);
  const some = await history({ from: all[10].at, to: all[20].at });
  expect(some.nodes.length).toBeGreaterThanOrEqual(9);
  expect(some.nodes.every(({ at }: Told) => all.slice(9, 21).some((sample: Told) => sample.at === at))).toBe(true);

  const paged: Told[] = [];
  for (let after: string | null = null; ; ) {
    const page: Told = await history({ from: iso(begun), first: 100, after });
    paged.push(...page.nodes);
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) break;
  }
  expect(paged).toEqual(all);
}, 240_000);

test('8.1: a janitor that dies before or after any of its writes leaves one sample an hour all the same', async () => {
  for (const when of ['before', 'after']) {
    for (let dies = 1; dies <= 3; dies++) {
      nextHour();
      const from = iso(Math.floor(api.clock.now() / HOUR_MS) * HOUR_MS);
      let writes = 0;
      const catalogue = {
        ...api.catalogue,
        transact: async (list: Parameters<typeof api.catalogue.transact>[0]) => {
          const isLast = ++writes === dies;
          if (isLast && when === 'before') throw new Error('killed');
          const outcome = await api.catalogue.transact(list);
          if (isLast) throw new Error('killed');
          return outcome;
        },
      };
      await sweep({ ...api.service, catalogue }).catch(() => undefined);
      await sweep();
      expect((await history({ from })).nodes).toHaveLength(1);
    }
  }
});

test('8.1: without `from`, the course is that of the 15 days before `to`', async () => {
  await createDisk(account);
  nextHour();
  await sweep();
  const before = async (days: number) => (await history({ to: iso(api.clock.now() + days * 24 * HOUR_MS) })).nodes;
  expect(await before(14)).not.toEqual([]);
  expect(await before(16)).toEqual([]);
  expect(await before(-2000)).toEqual([]);
});

test.each([
  [{ region: 'nowhere' }, 'region'],
  [{ first: 0 }, 'first'],
  [{ after: 'x' }, 'after'],
  [{ from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'to'],
  [{ from: '2026-02-29T00:00:00Z' }, 'from'],
  [{ from: '2026-04-31T08:00:00+02:00' }, 'from'],
  [{ to: '9999-12-31T23:59:59-01:00' }, 'to'],
])('8.1: %j is refused', async (variables, field) => {
  const { extensions } = await account.refusal(HISTORY, variables);
  expect([extensions.code, extensions.field]).toEqual(['InvalidParameter', field]);
});
