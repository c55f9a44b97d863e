import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { put } from '../../src/platform/catalogue/port.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { createTestApi, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { createDisk, createSnapshot, GIB, releaseDisk } from '../support/operations.ts';
import { createPolicy } from '../support/policies.ts';

const DISKS = `query ($first: Int!, $after: String, $filter: DiskFilter, $orderBy: DiskOrder!) {
  disks(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    edges { cursor node { name } } nodes { name } pageInfo { hasNextPage endCursor }
  }
}`;
const SNAPSHOTS = `query ($first: Int!, $after: String, $filter: SnapshotFilter, $orderBy: SnapshotOrder!) {
  snapshots(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    edges { cursor node { name } } nodes { name } pageInfo { hasNextPage endCursor }
  }
}`;
const MINUTE_MS = 60_000;

let api: TestApi;
let account: TestAccount;
const disks: Told[] = [];
const snapshots: Told[] = [];

const DISK_INPUTS = [
  { name: 'web c', kind: 'SYSTEM', tags: [{ key: 'team', value: 'red' }] },
  { name: 'web', tags: [{ key: 'team', value: 'blue' }, { key: 'old' }] },
  { name: 'Web', category: 'LOCAL' },
  { name: 'data', encrypted: true },
  { name: 'web2', category: 'SHARED', tags: [{ key: 'team', value: 'red' }] },
];

beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
  for (const input of DISK_INPUTS) {
    disks.push(await createDisk(account, { sizeBytes: GIB, ...input }));
    api.clock.advance(MINUTE_MS);
  }
  for (const [at, name] of ['nightly', 'manual one', 'nightly 2'].entries()) {
    snapshots.push(
      await createSnapshot(account, disks[at === 1 ? 3 : 0].id, { name, tags: [{ key: 'n', value: `${at}` }] }),
    );
    api.clock.advance(MINUTE_MS);
  }
  await createDisk(account, { name: 'clone', snapshotId: snapshots[0].id });
});
afterAll(() => api.close());

async function listAll(query: string, variables: Record<string, unknown>, first: number): Promise<string[]> {
  const names: string[] = [];
  for (let after: string | null = null; ; ) {
    const data: Told = await account.call(query, { first, after, ...variables });
    const page = data.disks ?? data.snapshots;
    names.push(...page.nodes.map(({ name }: { name: string }) => name));
    expect(page.edges.map(({ node }: { node: object }) => node)).toEqual(page.nodes);
    if (!page.pageInfo.hasNextPage) return names;
    after = page.pageInfo.endCursor;
  }
}

const BY_NAME = { field: 'NAME', direction: 'ASC' };
const BY_TIME = { field: 'CREATED_AT', direction: 'ASC' };

describe('names', () => {
  let other: TestAccount;
  const named = async (name: string) =>
    (await other.call(DISKS, { first: 10, filter: { name }, orderBy: BY_TIME })).disks.nodes;
  beforeAll(async () => {
    other = await api.createAccount();
    await createDisk(other, { sizeBytes: GIB, name: 'cafe\u0301' });
  });

  test.each(['café', 'cafe\u0301'])('%j is found, whatever its Unicode form', async (name) => {
    expect(await named(name)).toEqual([{ name: 'café' }]);
  });

  test('a name in the form of an id is refused', async () => {
    const id = disks[0].id;
    const refusal = await other.refusal(
      'mutation ($name: String!) { createDisk(input: { sizeBytes: 1024, name: $name }) { disk { id } } }',
      { name: id },
    );
    expect(refusal.extensions).toMatchObject({ code: 'InvalidParameter', field: 'name' });
    expect(await named(id)).toEqual([]);
  });
});

describe.each([1, 2, 100])('pages of %i', (first) => {
  test.each([
    [BY_TIME, ['web c', 'web', 'Web', 'data', 'web2', 'clone']],
    [{ ...BY_TIME, direction: 'DESC' }, ['clone', 'web2', 'data', 'Web', 'web', 'web c']],
    [BY_NAME, ['Web', 'clone', 'data', 'web', 'web c', 'web2']],
    [{ ...BY_NAME, direction: 'DESC' }, ['web2', 'web c', 'web', 'data', 'clone', 'Web']],
  ])('disks in the order %o', async (orderBy, expected) => {
    expect(await listAll(DISKS, { orderBy }, first)).toEqual(expected);
  });

  test.each<[object, string[]]>([
    [{ name: 'web' }, ['web']],
    [{ name: 'WEB' }, []],
    [{ name: 'we' }, []],
    [{ name: 'web', tags: [{ key: 'team' }] }, ['web']],
    [{ name: 'web', namePrefix: 'data' }, []],
    [{ namePrefix: 'web' }, ['web', 'web c', 'web2']],
    [{ nameContains: 'WEB' }, ['Web', 'web', 'web c', 'web2']],
    [{ kind: 'SYSTEM' }, ['clone', 'web c']],
    [{ category: ['LOCAL', 'SHARED'] }, ['Web', 'web2']],
    [{ encrypted: true }, ['data']],
    [{ status: ['AVAILABLE'] }, ['Web', 'clone', 'data', 'web', 'web c', 'web2']],
    [{ status: ['CREATING', 'EXPIRED'] }, []],
    [{ tags: [{ key: 'team' }] }, ['web', 'web c', 'web2']],
    [{ tags: [{ key: 'team', values: ['red', 'green'] }] }, ['web c', 'web2']],
    [{ tags: [{ key: 'team' }, { key: 'old', values: [''] }] }, ['web']],
    [{ tags: [{ key: 'toString' }] }, []],
    [{ namePrefix: 'web', kind: 'DATA' }, ['web', 'web2']],
  ])('disks that match %o', async (filter, expected) => {
    expect(await listAll(DISKS, { filter, orderBy: BY_NAME }, first)).toEqual(expected);
    expect(await listAll(DISKS, { filter, orderBy: { ...BY_NAME, direction: 'DESC' } }, first)).toEqual(
      expected.toReversed(),
    );
    expect((await listAll(DISKS, { filter, orderBy: BY_TIME }, first)).toSorted()).toEqual(expected.toSorted());
  });

  test('disks made in a span of time, from its start on, before its end', async () => {
    const filter = { createdFrom: disks[1].createdAt, createdBefore: disks[3].createdAt };
    expect(await listAll(DISKS, { filter, orderBy: BY_TIME }, first)).toEqual(['web', 'Web']);
    expect(await listAll(DISKS, { filter, orderBy: { ...BY_TIME, direction: 'DESC' } }, first)).toEqual(['Web', 'web']);
    expect(await listAll(DISKS, { filter, orderBy: BY_NAME }, first)).toEqual(['Web', 'web']);
  });

  test('disks made from a snapshot', async () => {
    const filter = { originSnapshotId: snapshots[0].id };
    expect(await listAll(DISKS, { filter, orderBy: BY_TIME }, first)).toEqual(['clone']);
  });

  test.each<[() => object, string[]]>([
    [() => ({}), ['nightly', 'manual one', 'nightly 2']],
    [() => ({ diskId: disks[0].id }), ['nightly', 'nightly 2']],
    [() => ({ diskId: 'nonsense' }), []],
    [() => ({ kind: 'AUTO' }), []],
    [() => ({ status: ['ACCOMPLISHED'], encrypted: true }), ['manual one']],
    [() => ({ usage: ['DISK'] }), ['nightly']],
    [() => ({ usage: ['NONE'], diskId: disks[0].id }), ['nightly 2']],
    [() => ({ tags: [{ key: 'n', values: ['1', '2'] }] }), ['manual one', 'nightly 2']],
    [() => ({ namePrefix: 'night', createdFrom: snapshots[1].createdAt }), ['nightly 2']],
  ])('snapshots that match', async (filter, expected) => {
    expect(await listAll(SNAPSHOTS, { filter: filter(), orderBy: BY_TIME }, first)).toEqual(expected);
    const byName = await listAll(SNAPSHOTS, { filter: filter(), orderBy: { ...BY_NAME, direction: 'DESC' } }, first);
    expect(byName).toEqual(expected.toSorted().toReversed());
  });
});

test('a cursor stays good when its object goes', async () => {
  const own = await api.createAccount();
  const made = [
    await createDisk(own, { name: 'one' }),
    await createDisk(own, { name: 'two' }),
    await createDisk(own, { name: 'three' }),
  ];
  const page = await own.call(DISKS, { first: 2, orderBy: BY_TIME });
  await releaseDisk(own, made[1].id);
  const rest = await own.call(DISKS, { first: 2, after: page.disks.pageInfo.endCursor, orderBy: BY_TIME });
  expect(rest.disks.nodes).toEqual([{ name: 'three' }]);
  const other = await own.refusal(DISKS, { first: 2, after: page.disks.pageInfo.endCursor, orderBy: BY_NAME });
  expect(other.extensions).toMatchObject({ code: 'InvalidParameter', field: 'after' });
});

test('names are in the order of their code points in every list', async () => {
  const own = await api.createAccount();
  const names = ['a\u{ff5e}', 'a\u{1f600}'];
  const disk = await createDisk(own, { name: names[1] });
  await createDisk(own, { name: names[0] });
  for (const name of names.toReversed()) {
    await createSnapshot(own, disk.id, { name });
    await createPolicy(own, { name });
  }
  for (const field of ['disks', 'snapshots', 'policies']) {
    const filter = field === 'snapshots' ? `, filter: { diskId: "${disk.id}" }` : '';
    const list = `query ($first: Int!, $after: String) {
      list: ${field}(first: $first, after: $after, orderBy: { field: NAME, direction: ASC }${filter}) {
        nodes { name } pageInfo { endCursor }
      }
    }`;
    const page = (await own.call(list, { first: 1 })).list;
    const rest = (await own.call(list, { first: 2, after: page.pageInfo.endCursor })).list;
    expect([field, ...[...page.nodes, ...rest.nodes].map(({ name }) => name)]).toEqual([field, ...names]);
  }
});

test('a cursor whose text no store can hold is refused as one', async () => {
  const after = Buffer.from('[["name","a\\ud800"],["id","d-0"]]').toString('base64url');
  for (const [query, filter] of [
    [DISKS, {}],
    [SNAPSHOTS, {}],
    [SNAPSHOTS, { diskId: disks[0].id }],
  ] as const) {
    const refusal = await account.refusal(query, { first: 2, after, filter, orderBy: BY_NAME });
    expect(refusal.extensions).toMatchObject({ code: 'InvalidParameter', field: 'after' });
  }
});

test('a filter without an index is refused where fewer than one row in ten match', async () => {
  const own = await api.createAccount();
  const { id } = await createDisk(own, { name: 'needle' });
  const needle = await api.catalogue.get(diskEntity, { accountId: own.id, id });
  if (needle === undefined) throw new Error('no row');
  const count = 300;
  const rows = Array.from({ length: count }, (_, at) => ({
    ...needle,
    id: `d-${`${at}`.padStart(20, '0')}`,
    name: `hay ${at}`,
  }));
  for (let at = 0; at < count; at += 100) {
    await api.catalogue.transact(rows.slice(at, at + 100).map((row) => put(diskEntity, row)));
  }
  const variables = { first: 10, filter: { nameContains: 'needle' }, orderBy: BY_NAME };
  const refusal = await own.refusal(DISKS, variables);
  expect(refusal.extensions).toMatchObject({ code: 'NoIndexForFilter', field: 'filter' });
  const found = (await own.call(DISKS, { ...variables, filter: { nameContains: 'HAY' } })).disks;
  expect(found.nodes).toHaveLength(10);
  const byName = (await own.call(DISKS, { ...variables, filter: { namePrefix: 'needle' } })).disks;
  expect(byName).toMatchObject({ nodes: [{ name: 'needle' }], pageInfo: { hasNextPage: false } });
});
