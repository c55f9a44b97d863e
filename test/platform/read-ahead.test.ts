import { expect, test } from 'vitest';
import { entity, number, string } from '../../src/platform/catalogue/entity.ts';
import { type Catalogue, put, read } from '../../src/platform/catalogue/port.ts';
import { readAhead } from '../../src/platform/catalogue/read-ahead.ts';
import { createMemoryCatalogue } from '../support/memory-catalogue.ts';

const entityOf = (name: string) =>
  entity({ name, attributes: { id: string(), value: number() }, primary: { partition: ['id'], sort: [] } });
const [thing, other] = [entityOf('thing'), entityOf('other')];
const [a, b] = [{ id: 'a' }, { id: 'b' }];

async function scene() {
  const store = createMemoryCatalogue();
  const set = (value: number) =>
    store.transact([put(thing, { ...a, value }, 'any'), put(other, { ...a, value }, 'any')]);
  await set(1);
  const reads: string[] = [];
  const counted = {
    ...store,
    get: (async (of, key) => {
      reads.push(`one ${of.name}`);
      return store.get(of, key);
    }) as typeof store.get,
    getMany: (async (of, keys) => {
      reads.push(`${keys.length} ${of.name}`);
      return store.getMany(of, keys);
    }) as typeof store.getMany,
    getEach: (async (...wanted: { entity: typeof thing; key: object }[]) => {
      reads.push(`${wanted.length} ${wanted[0]?.entity.name}`);
      return wanted.map(({ entity, key }) => store.rows(entity).find(({ id }) => id === (key as { id: string }).id));
    }) as Catalogue['getEach'],
  };
  return { set, reads, counted };
}

test('a row that was read ahead is given away once, also one that is not there; then it is read again', async () => {
  const { set, reads, counted } = await scene();
  const { catalogue, ahead } = readAhead(counted);
  expect(await ahead([read(thing, a), read(thing, b)])).toEqual([{ ...a, value: 1 }, undefined]);
  await set(2);
  expect(await catalogue.get(thing, a)).toMatchObject({ value: 1 });
  expect(await catalogue.get(thing, b)).toBeUndefined();
  expect(reads).toEqual(['2 thing']);
  expect(await catalogue.get(thing, a)).toMatchObject({ value: 2 });
  expect(await catalogue.get(other, a)).toMatchObject({ value: 2 });
  expect(reads).toEqual(['2 thing', 'one thing', 'one other']);
});

test('as often as its key was given, and in the midst of others', async () => {
  const { set, reads, counted } = await scene();
  const { catalogue, ahead } = readAhead(counted);
  await ahead([read(thing, a), read(thing, a)]);
  await set(2);
  expect(await catalogue.getMany(thing, [b, a])).toEqual([undefined, { ...a, value: 1 }]);
  expect(await catalogue.getMany(thing, [a])).toMatchObject([{ value: 1 }]);
  expect(await catalogue.getMany(thing, [a])).toMatchObject([{ value: 2 }]);
  expect(reads).toEqual(['2 thing', '1 thing', '1 thing']);
});

test('where reading ahead fails, rows are read when they are asked for', async () => {
  const { reads, counted } = await scene();
  const { catalogue, ahead } = readAhead({ ...counted, getEach: async () => Promise.reject(new Error('busy')) });
  expect(await ahead([read(thing, a)])).toEqual([]);
  expect(await catalogue.get(thing, a)).toMatchObject({ value: 1 });
  expect(reads).toEqual(['one thing']);
});
