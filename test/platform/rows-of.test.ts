import { expect, test } from 'vitest';
import { entity, number, type RowOf, string } from '../../src/platform/catalogue/entity.ts';
import { type Catalogue, put } from '../../src/platform/catalogue/port.ts';
import { pagesOfRows, rowsOf } from '../../src/platform/catalogue/rows-of.ts';
import { createMemoryCatalogue } from '../support/memory-catalogue.ts';

const thing = entity({
  name: 'thing',
  attributes: { owner: string(), id: string(), dueAt: number() },
  primary: { partition: ['owner'], sort: ['id'] },
  indexes: { byDue: { slot: 1, partition: ['owner'], sort: ['dueAt', 'id'] } },
});
type Thing = RowOf<typeof thing>;
const OF_A = { partition: { owner: 'a' }, pageSize: 3 };

/** As many things of `a`, due in the reverse order of their ids, and one of `b`. */
async function scene(count: number) {
  const store = createMemoryCatalogue();
  for (let at = 0; at < count; at++) await store.transact([put(thing, { owner: 'a', id: `i${at}`, dueAt: -at })]);
  await store.transact([put(thing, { owner: 'b', id: 'i0', dueAt: 0 })]);
  let requests = 0;
  const list: Catalogue['list'] = async (entity, query) => {
    requests += 1;
    return store.list(entity, query);
  };
  return { store, catalogue: { list }, requests: () => requests };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
const idsOf = async (rows: AsyncIterable<Thing>) => (await collect(rows)).map(({ id }) => id);

test.each([
  { name: 'none', count: 0, requests: 1 },
  { name: 'exactly a page', count: 3, requests: 1 },
  { name: 'one more than a page', count: 4, requests: 2 },
  { name: 'many pages', count: 10, requests: 4 },
])('all rows come once and in order: $name', async ({ count, requests }) => {
  const { catalogue, requests: made } = await scene(count);
  const ids = Array.from({ length: count }, (_, at) => `i${at}`);
  expect(await idsOf(rowsOf(catalogue, thing, OF_A))).toEqual(ids);
  expect(made()).toBe(requests);
});

test('descending, by a secondary index, and from a place on', async () => {
  const { catalogue } = await scene(5);
  const descending = { ...OF_A, descending: true };
  expect(await idsOf(rowsOf(catalogue, thing, descending))).toEqual(['i4', 'i3', 'i2', 'i1', 'i0']);
  expect(await idsOf(rowsOf(catalogue, thing, { ...OF_A, index: 'byDue' }))).toEqual(['i4', 'i3', 'i2', 'i1', 'i0']);
  expect(await idsOf(rowsOf(catalogue, thing, { ...descending, after: { id: 'i3' } }))).toEqual(['i2', 'i1', 'i0']);
});

test('a caller that stops early reads no further page', async () => {
  const { catalogue, requests } = await scene(10);
  for await (const { id } of rowsOf(catalogue, thing, OF_A)) if (id === 'i2') break;
  expect(requests()).toBe(1);
});

test('it ends before the first row that is not wanted, and reads no further page', async () => {
  const { catalogue, requests } = await scene(10);
  const query = { ...OF_A, while: ({ id }: Thing) => id < 'i4' };
  expect(await idsOf(rowsOf(catalogue, thing, query))).toEqual(['i0', 'i1', 'i2', 'i3']);
  expect(requests()).toBe(2);
});

test('rows that go while they are worked on leave out none of the others', async () => {
  const { store, catalogue } = await scene(7);
  const seen: string[] = [];
  for await (const row of rowsOf(catalogue, thing, OF_A)) {
    seen.push(row.id);
    await store.transact([{ kind: 'delete', entity: thing, key: row, when: [] }]);
  }
  expect(seen).toEqual(['i0', 'i1', 'i2', 'i3', 'i4', 'i5', 'i6']);
});

test('pages say whether more rows follow', async () => {
  const { catalogue } = await scene(4);
  const pages = await collect(pagesOfRows(catalogue, thing, OF_A));
  expect(pages.map(({ rows, more }) => [rows.length, more])).toEqual([
    [3, true],
    [1, false],
  ]);
  const some = await collect(pagesOfRows(catalogue, thing, { ...OF_A, while: ({ id }) => id < 'i2' }));
  expect(some.map(({ rows, more }) => [rows.length, more])).toEqual([[2, false]]);
});
