import { expect, test } from 'vitest';
import { entity, number, string } from '../../src/platform/catalogue/entity.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import { rememberReads } from '../../src/platform/catalogue/remember.ts';
import { createMemoryCatalogue } from '../support/memory-catalogue.ts';

const entityOf = (name: string) =>
  entity({
    name,
    attributes: { account: string(), region: string(), value: number() },
    primary: { partition: ['account'], sort: ['region'] },
  });
const [settled, moving] = [entityOf('settled'), entityOf('moving')];
const key = { account: 'a', region: 'r' };

async function scene() {
  const store = createMemoryCatalogue();
  await store.transact([put(settled, { ...key, value: 1 }), put(moving, { ...key, value: 1 })]);
  const reads: string[] = [];
  const counted = {
    ...store,
    get: (async (of, wanted) => {
      reads.push(of.name);
      return store.get(of, wanted);
    }) as typeof store.get,
  };
  return { store, reads, remembered: rememberReads(counted, [settled]) };
}

test('rows of the given entities are read once, by key, also those that are not there; others each time', async () => {
  const { store, reads, remembered } = await scene();
  const both = () =>
    Promise.all([remembered.get(settled, key), remembered.get(settled, { region: 'r', account: 'a' })]);
  expect(await both()).toEqual([
    { ...key, value: 1 },
    { ...key, value: 1 },
  ]);
  expect(await remembered.get(settled, { ...key, region: 'other' })).toBeUndefined();
  expect(await remembered.get(settled, { ...key, region: 'other' })).toBeUndefined();
  expect(reads).toEqual(['settled', 'settled']);
  await store.transact([put(settled, { ...key, value: 2 }, 'any'), put(moving, { ...key, value: 2 }, 'any')]);
  expect(await remembered.get(settled, key)).toMatchObject({ value: 1 });
  expect(await remembered.get(moving, key)).toMatchObject({ value: 2 });
});

test('a reading that failed is tried again', async () => {
  const { store } = await scene();
  let broken = true;
  const failing = {
    ...store,
    get: ((...args) => (broken ? Promise.reject(new Error('down')) : store.get(...args))) as typeof store.get,
  };
  const remembered = rememberReads(failing, [settled]);
  await expect(remembered.get(settled, key)).rejects.toThrow('down');
  broken = false;
  expect(await remembered.get(settled, key)).toMatchObject({ value: 1 });
});
