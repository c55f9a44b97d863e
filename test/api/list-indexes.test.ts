import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeEntity } from '../../src/engine/books/rows.ts';
import type { SnapshotFilter, SnapshotOrder } from '../../src/generated/schema.ts';
import { type Catalogue, put, type Write } from '../../src/platform/catalogue/port.ts';
import { idsFrom } from '../../src/platform/ids.ts';
import { listForgotten } from '../../src/service/advice/forgotten.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import type { Connection } from '../../src/service/calls/page.ts';
import { listDisks } from '../../src/service/disks/list.ts';
import { sweepListing } from '../../src/service/listing/sweep.ts';
import { type DiskRow, diskEntity } from '../../src/service/model/disks/rows.ts';
import { listingEntity } from '../../src/service/model/listed/backfill-rows.ts';
import { listSnapshot } from '../../src/service/model/listed/snapshot-lists.ts';
import { EXPIRY_SHARDS, expiryEntity } from '../../src/service/model/snapshots/expiry-rows.ts';
import { type SnapshotRow, snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { usageOf } from '../../src/service/model/snapshots/rules.ts';
import type { Service } from '../../src/service/service.ts';
import { listSnapshots } from '../../src/service/snapshots/list.ts';
import { createTestApi, REGION, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { createInstance } from '../support/instances.ts';
import { createDisk, createSnapshot, GIB } from '../support/operations.ts';
import { createPolicy } from '../support/policies.ts';

/*
 * The lists of the guide's pages over rows as an earlier version left them, in an account that has
 * many. Each page is compared with what the rows say, and the rows that it reads are counted.
 */
const SNAPSHOTS = 600;
const DISKS = 300;
const MOST_PER_ROW = 10;
const FOREVER = Number.POSITIVE_INFINITY;
const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 1);

let api: TestApi;
let account: TestAccount;
let snapshots: SnapshotRow[] = [];
let disks: DiskRow[] = [];
let policyId: string;

const every = (at: number, step: number) => at % step === step - 1;
const iso = (epochMs: number) => new Date(epochMs).toISOString();
const idAt = (prefix: 'd' | 's', at: number) => idsFrom(prefix, START + at * 60_000).padEnd(22, '0');

/** Few of each kind that has a list, among many automatic ones. */
function snapshotAt(like: SnapshotRow, at: number): SnapshotRow {
  const { expiresAt: _, ...rest } = like;
  const tags = [
    ...(every(at, 60) ? [{ key: 'team', value: 'red' }] : []),
    ...(every(at, 90) ? [{ key: 'team', value: 'blue' }] : []),
  ].slice(0, 1);
  const isManual = every(at, 40);
  return {
    ...rest,
    id: idAt('s', at),
    name: `snapshot ${String(at).padStart(4, '0')}`,
    kind: isManual ? 'MANUAL' : 'AUTO',
    status: every(at, 80) ? 'FAILED' : 'ACCOMPLISHED',
    diskCount: every(at, 50) ? 1 : 0,
    imageCount: every(at, 100) ? 2 : 0,
    tags,
    createdAt: iso(START + at * 60_000),
    ...(isManual ? {} : { retentionDays: 30, expiresAt: iso(START + (30 + ((at * 7) % 40)) * DAY_MS + at) }),
  };
}

async function putAll(catalogue: Catalogue, writes: readonly Write[]): Promise<void> {
  for (let at = 0; at < writes.length; at += 50) await catalogue.transact(writes.slice(at, at + 50));
}

beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
  policyId = (await createPolicy(account)).id;
  const disk = await createDisk(account, { policyId });
  const { id } = await createSnapshot(account, disk.id);
  const { catalogue } = api;
  const likeDisk = await catalogue.get(diskEntity, { accountId: account.id, id: disk.id });
  const like = await catalogue.get(snapshotEntity, { accountId: account.id, id });
  if (likeDisk === undefined || like === undefined) throw new Error('no rows');
  snapshots = Array.from({ length: SNAPSHOTS }, (_, at) => snapshotAt(like, at));
  disks = Array.from({ length: DISKS }, (_, at): DiskRow => {
    const { policyId: _none, ...bare } = {
      ...likeDisk,
      id: idAt('d', at),
      name: `disk ${at}`,
      createdAt: iso(START + at),
    };
    const tags = every(at, 75) ? [{ key: 'team', value: 'red' }] : [];
    return every(at, 60) ? { ...bare, tags } : { ...bare, policyId, tags };
  });
  await putAll(catalogue, [
    ...snapshots.map((row) => put(snapshotEntity, row)),
    ...snapshots.flatMap(({ expiresAt: checkAt, accountId, id: snapshotId }, at) =>
      checkAt === undefined ? [] : [put(expiryEntity, { shard: at % EXPIRY_SHARDS, checkAt, accountId, snapshotId })],
    ),
    ...disks.map((row) => put(diskEntity, row)),
  ]);
  snapshots.push(like);
  disks.push(likeDisk);
}, 240_000);
afterAll(() => api.close());

interface Read {
  readonly nodes: readonly { readonly id: string }[];
  readonly rows: number;
}

/** All pages, each with how many rows of lists it read. */
async function pagesOf(
  list: (
    service: Service,
    page: { first: number; after: string | null },
  ) => Promise<Connection<{ readonly id: string }>>,
  first: number,
): Promise<Read[]> {
  const pages: Read[] = [];
  for (let after: string | null = null; ; ) {
    let rows = 0;
    const counting: Catalogue = {
      ...api.catalogue,
      list: async (entity, query) => {
        const page = await api.catalogue.list(entity, query);
        rows += page.rows.length;
        return page;
      },
    };
    const { nodes, pageInfo } = await list({ ...api.service, catalogue: counting }, { first, after });
    pages.push({ nodes, rows });
    if (!pageInfo.hasNextPage) return pages;
    after = pageInfo.endCursor;
  }
}

function expectFrugal(pages: readonly Read[]): void {
  for (const { nodes, rows } of pages) expect(rows).toBeLessThanOrEqual(MOST_PER_ROW * Math.max(1, nodes.length));
}

const snapshotPages = (filter: SnapshotFilter, orderBy: SnapshotOrder, first: number) =>
  pagesOf(
    (service, page) => listSnapshots(service, serviceCaller(account.id), { region: REGION, filter, orderBy, ...page }),
    first,
  );

test('8.3: before lists are whole, filters look at the rows, and ends have no order', async () => {
  const filter = { status: ['FAILED' as const] };
  const refused = snapshotPages(filter, { field: 'CREATED_AT', direction: 'ASC' }, 5);
  await expect(refused).rejects.toMatchObject({ code: 'NoIndexForFilter', extra: { field: 'filter' } });
  const byEnd = snapshotPages({}, { field: 'EXPIRES_AT', direction: 'ASC' }, 5);
  await expect(byEnd).rejects.toMatchObject({ code: 'Throttled' });
});

describe('with the lists', () => {
  beforeAll(async () => {
    await sweepListing(api.service, FOREVER);
    expect(await api.catalogue.get(listingEntity, { id: 'listing' })).toMatchObject({ done: true });
  }, 240_000);

  test('what was listed once is not listed again', async () => {
    expect(await sweepListing(api.service, FOREVER)).toEqual({ listed: 0 });
  });

  const hasTag = (row: { tags: SnapshotRow['tags'] }, ...values: string[]) =>
    row.tags.some(({ key, value }) => key === 'team' && values.includes(value));
  const CASES: [string, SnapshotFilter, (row: SnapshotRow) => boolean][] = [
    ['status', { status: ['FAILED'] }, ({ status }) => status === 'FAILED'],
    ['kind', { kind: 'MANUAL' }, ({ kind }) => kind === 'MANUAL'],
    ['a kind that most have', { kind: 'AUTO' }, ({ kind }) => kind === 'AUTO'],
    ['usage DISK', { usage: ['DISK'] }, (row) => usageOf(row) === 'DISK'],
    ['usage by disks', { usage: ['DISK', 'IMAGE_AND_DISK'] }, ({ diskCount }) => diskCount > 0],
    ['usage by images', { usage: ['IMAGE', 'IMAGE_AND_DISK'] }, ({ imageCount }) => imageCount > 0],
    ['tag', { tags: [{ key: 'team', values: ['red'] }] }, (row) => hasTag(row, 'red')],
    ['tag, any value', { tags: [{ key: 'team' }] }, (row) => hasTag(row, 'red', 'blue')],
    ['tag, one of two', { tags: [{ key: 'team', values: ['red', 'blue'] }] }, (row) => hasTag(row, 'red', 'blue')],
    [
      'tag and status',
      { tags: [{ key: 'team', values: ['red'] }], status: ['ACCOMPLISHED'] },
      (row) => hasTag(row, 'red') && row.status === 'ACCOMPLISHED',
    ],
    ['a tag that nothing has', { tags: [{ key: 'nobody' }] }, () => false],
  ];

  test.each(CASES)('11.1: snapshots by %s, by ten rows each', async (_, filter, matches) => {
    const expected = snapshots.filter(matches).map(({ id }) => id);
    for (const direction of ['ASC', 'DESC'] as const) {
      for (const first of [5, 1000]) {
        const pages = await snapshotPages(filter, { field: 'CREATED_AT', direction }, first);
        const ids = pages.flatMap(({ nodes }) => nodes.map(({ id }) => id));
        expect(ids).toEqual(direction === 'ASC' ? expected : expected.toReversed());
        expectFrugal(pages);
      }
    }
  });

  test('11.1: snapshots by the end of their retention, and those of a span of it', async () => {
    const ends = snapshots.filter(({ expiresAt }) => expiresAt !== undefined);
    const byEnd = ends.toSorted((a, b) => ((a.expiresAt as string) < (b.expiresAt as string) ? -1 : 1));
    // Some are looked at again, as they are in use: they have two rows for a while.
    for (const { accountId, id: snapshotId, expiresAt: endsAt = '' } of byEnd.slice(10, 30)) {
      const again = { shard: 0, checkAt: iso(START + 365 * DAY_MS), accountId, snapshotId, region: REGION, endsAt };
      await api.catalogue.transact([put(expiryEntity, again, 'any')]);
    }
    const [from, before] = [iso(START + 40 * DAY_MS), iso(START + 50 * DAY_MS)];
    const isIn = ({ expiresAt = '' }: SnapshotRow) => expiresAt >= from && expiresAt < before;
    const idsOf = async (filter: SnapshotFilter, direction: 'ASC' | 'DESC') => {
      const pages = await snapshotPages(filter, { field: 'EXPIRES_AT', direction }, 20);
      expectFrugal(pages);
      return pages.flatMap(({ nodes }) => nodes.map(({ id }) => id));
    };
    expect(await idsOf({}, 'ASC')).toEqual(byEnd.map(({ id }) => id));
    const span = { expiresFrom: from, expiresBefore: before };
    expect(await idsOf(span, 'ASC')).toEqual(byEnd.filter(isIn).map(({ id }) => id));
    expect(await idsOf(span, 'DESC')).toEqual(
      byEnd
        .filter(isIn)
        .toReversed()
        .map(({ id }) => id),
    );
  });

  test.each<[string, SnapshotFilter, SnapshotOrder]>([
    ['a part of a name', { nameContains: 'snapshot 0599' }, { field: 'CREATED_AT', direction: 'ASC' }],
    ['a prefix in the order of time', { namePrefix: 'snapshot 0599' }, { field: 'CREATED_AT', direction: 'ASC' }],
    ['few of a list of time, by name', { status: ['FAILED'] }, { field: 'NAME', direction: 'ASC' }],
  ])('11.1: %s has no index, and is refused rather than slow', async (_, filter, orderBy) => {
    const { refusal } = account;
    const query = `query ($filter: SnapshotFilter, $orderBy: SnapshotOrder!) {
      snapshots(first: 5, filter: $filter, orderBy: $orderBy) { nodes { id } }
    }`;
    const { extensions } = await refusal(query, { filter, orderBy });
    expect(extensions).toMatchObject({ code: 'NoIndexForFilter', field: 'filter' });
  });

  const diskPages = (filter: object, first: number) => {
    const orderBy = { field: 'CREATED_AT', direction: 'ASC' } as const;
    return pagesOf(
      (service, page) => listDisks(service, serviceCaller(account.id), { region: REGION, filter, orderBy, ...page }),
      first,
    );
  };

  test.each<[string, object, (row: DiskRow) => boolean]>([
    ['without a policy', { withoutPolicy: true }, ({ policyId: of }) => of === undefined],
    ['under a policy', { withoutPolicy: false }, ({ policyId: of }) => of !== undefined],
    ['by tag', { tags: [{ key: 'team', values: ['red'] }] }, (row) => hasTag(row, 'red')],
  ])('11.1: disks %s, by ten rows each', async (_, filter, matches) => {
    for (const first of [2, 1000]) {
      const pages = await diskPages(filter, first);
      const ids = pages.flatMap(({ nodes }) => nodes.map(({ id }) => id));
      expect(ids).toEqual(disks.filter(matches).map(({ id }) => id));
      expectFrugal(pages);
    }
  });

  test('5.7: the disks that a policy could cover and none does are found by the list', async () => {
    const other = await createPolicy(account);
    const query = `query ($id: ID!, $after: String) { policy(id: $id) {
      coverableDisks(first: 2, after: $after, withoutPolicy: true) { nodes { id } pageInfo { hasNextPage endCursor } }
    } }`;
    const ids: string[] = [];
    for (let after: string | null = null; ; ) {
      const { coverableDisks }: Told = (await account.call(query, { id: other.id, after })).policy;
      ids.push(...coverableDisks.nodes.map(({ id }: Told) => id));
      if (!coverableDisks.pageInfo.hasNextPage) break;
      after = coverableDisks.pageInfo.endCursor;
    }
    const bare = disks.filter(({ policyId: of }) => of === undefined).map(({ id }) => id);
    expect(ids).toEqual(bare.toReversed());
  });

  test('11.1: the snapshots of an instance, from all its disks in one order', async () => {
    const instance = await createInstance(account, { dataDisks: [{ sizeBytes: GIB }, { sizeBytes: GIB }] });
    const ids = [instance.systemDisk.id, ...instance.dataDisks.map(({ id }: Told) => id)];
    const made: Told[] = [];
    for (let at = 0; at < 7; at++) {
      api.clock.advance(1000);
      made.push(await createSnapshot(account, ids[at % 3], at === 4 ? { tags: [{ key: 'team', value: 'red' }] } : {}));
    }
    const expected = made.map(({ id }) => id);
    const filter = { instanceId: instance.id };
    for (const first of [1, 3, 100]) {
      for (const direction of ['ASC', 'DESC'] as const) {
        const pages = await snapshotPages(filter, { field: 'CREATED_AT', direction }, first);
        const found = pages.flatMap(({ nodes }) => nodes.map(({ id }) => id));
        expect(found).toEqual(direction === 'ASC' ? expected : expected.toReversed());
        expectFrugal(pages);
      }
    }
    const tagged = await snapshotPages(
      { ...filter, tags: [{ key: 'team' }] },
      { field: 'CREATED_AT', direction: 'ASC' },
      5,
    );
    expect(tagged.flatMap(({ nodes }) => nodes)).toMatchObject([{ id: expected[4] }]);
    const byName = snapshotPages(filter, { field: 'NAME', direction: 'ASC' }, 5);
    await expect(byName).rejects.toMatchObject({ code: 'NoIndexForFilter', extra: { field: 'orderBy.field' } });
    expect(await snapshotPages({ instanceId: 'nonsense' }, { field: 'CREATED_AT', direction: 'ASC' }, 5)).toMatchObject(
      [{ nodes: [] }],
    );
  });

  test('11.1: few of many snapshots of an instance are refused, whatever the page', async () => {
    const own = await api.createAccount();
    const instance = await createInstance(own);
    const { id } = await createSnapshot(own, instance.systemDisk.id);
    const key = { accountId: own.id, id };
    const [like, node] = [await api.catalogue.get(snapshotEntity, key), await api.catalogue.get(nodeEntity, key)];
    if (like === undefined || node === undefined) throw new Error('no rows');
    const ids = Array.from({ length: 150 }, (_, at) => idAt('s', at));
    await putAll(api.catalogue, [
      ...ids.map((one) => put(snapshotEntity, { ...like, id: one })),
      ...ids.map((one) => put(nodeEntity, { ...node, id: one })),
    ]);
    const list = (first: number, nameContains: string) =>
      listSnapshots(api.service, serviceCaller(own.id), {
        region: REGION,
        filter: { instanceId: instance.id, nameContains },
        orderBy: { field: 'CREATED_AT', direction: 'ASC' },
        first,
      });
    for (const first of [1, 1000]) {
      await expect(list(first, 'no such name')).rejects.toMatchObject({ code: 'NoIndexForFilter' });
      expect((await list(first, '')).nodes).toHaveLength(Math.min(first, 151));
    }
  });

  test('8.3: forgotten snapshots are found behind many that are in use', async () => {
    const own = await api.createAccount();
    const like = snapshots.at(-1) as SnapshotRow;
    const rows = Array.from({ length: 130 }, (_, at): SnapshotRow => {
      const createdAt = iso(START + at);
      return { ...like, accountId: own.id, id: idAt('s', at), createdAt, diskCount: at < 129 ? 1 : 0 };
    });
    for (const row of rows) await api.catalogue.transact([put(snapshotEntity, row), ...listSnapshot(row)]);
    const { nodes } = await listForgotten(api.service, serviceCaller(own.id), { region: REGION, first: 5 });
    expect(nodes).toMatchObject([{ snapshot: { id: rows.at(-1)?.id } }]);
  });

  test('11.1: an object enters and leaves its lists at once with what changes', async () => {
    const find = async (filter: SnapshotFilter) =>
      (await snapshotPages(filter, { field: 'CREATED_AT', direction: 'DESC' }, 100)).flatMap(({ nodes }) =>
        nodes.map(({ id }) => id),
      );
    const disk = await createDisk(account);
    const tags = [{ key: 'stage', value: 'one' }];
    const { id } = await createSnapshot(account, disk.id, { tags });
    const ofOne = { tags: [{ key: 'stage', values: ['one'] }] };
    expect(await find(ofOne)).toEqual([id]);
    const update = 'mutation ($input: UpdateSnapshotInput!) { updateSnapshot(input: $input) { snapshot { id } } }';
    await account.call(update, { input: { snapshotId: id, addTags: [{ key: 'stage', value: 'two' }] } });
    expect(await find(ofOne)).toEqual([]);
    expect(await find({ tags: [{ key: 'stage' }] })).toEqual([id]);
    await createDisk(account, { snapshotId: id });
    expect(await find({ usage: ['DISK'] })).toContain(id);
  });
});

test('4.3: more tags than fit into one change are refused, and named', async () => {
  const own = await api.createAccount();
  const tags = (prefix: string) => Array.from({ length: 45 }, (_, at) => ({ key: `${prefix} ${at}` }));
  const disk = await createDisk(own, { tags: tags('a') });
  const update = 'mutation ($input: UpdateDiskInput!) { updateDisk(input: $input) { disk { id } } }';
  const refusal = await own.refusal(update, { input: { diskId: disk.id, tags: tags('b') } });
  expect(refusal.extensions).toMatchObject({ code: 'InvalidParameter', field: 'tags' });
  await own.call(update, { input: { diskId: disk.id, tags: [] } });
  await own.call(update, { input: { diskId: disk.id, tags: tags('b') } });
});
