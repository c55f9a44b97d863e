import { expect, test } from 'vitest';
import { boolean, entity, list, map, number, optional, string } from '../../src/platform/catalogue/entity.ts';
import { printQuery, printWrite } from '../../src/platform/catalogue/expressions.ts';
import { itemOf, rowOf } from '../../src/platform/catalogue/fields.ts';
import {
  type AnyCondition,
  absent,
  check,
  equal,
  type ListQuery,
  patch,
  present,
  put,
  remove,
  type Write,
} from '../../src/platform/catalogue/port.ts';
import { canonical } from './stored-form.ts';

/** Named like words that DynamoDB reserves. */
const thing = entity({
  name: 'thing',
  attributes: {
    owner: string(),
    id: string(),
    size: number(),
    open: optional(boolean()),
    name: optional(string()),
    due: optional(number()),
    tags: optional(map<string>()),
    list: optional(list<string>()),
    until: optional(number()),
  },
  primary: { partition: ['owner'], sort: ['id'] },
  indexes: {
    byDue: { slot: 1, partition: ['owner'], sort: ['due', 'id'] },
    byName: { slot: 2, partition: ['name'], sort: ['due'] },
  },
  expiry: 'until',
});

const key = { owner: 'o', id: 'i' };
const Key = { pk: 'thing\u0001o', sk: 'thing\u0001i' };
const atKey = `Key ${JSON.stringify(Key)}`;
const place = { gsi1pk: 'thing\u0001o', gsi1sk: 'thing\u00010000000000000007\u0001i' };

/** The write as a text, its placeholders resolved. */
function printed(write: Write): string {
  const [[kind, params] = []] = Object.entries(printWrite('table', write));
  return `${kind}: ${canonical(params)}`;
}

const unchecked = (change: object): Write =>
  ({ kind: 'patch', entity: thing, key, set: {}, add: {}, remove: [], when: [], ...change }) as const;

test('names and values stand behind placeholders, each name once', () => {
  const when = [equal('size', 1), { attribute: 'size', is: '<', value: 9 }] as const;
  expect(
    printWrite('table', patch(thing, key, { set: { size: 2, list: ['a = b'] }, remove: ['until'], when })),
  ).toEqual({
    Update: {
      TableName: 'table',
      Key,
      UpdateExpression: 'SET #n0 = :v0, #n1 = :v1 REMOVE #n2',
      ConditionExpression: 'attribute_exists(#n3) AND #n0 = :v2 AND #n0 < :v3',
      ExpressionAttributeNames: { '#n0': 'size', '#n1': 'list', '#n2': 'ttl', '#n3': 'pk' },
      ExpressionAttributeValues: { ':v0': 2, ':v1': ['a = b'], ':v2': 1, ':v3': 9 },
    },
  });
});

test('names and values that are not needed are left out, as DynamoDB refuses empty ones', () => {
  expect(printWrite('table', remove(thing, key))).toEqual({ Delete: { TableName: 'table', Key } });
  const { ConditionCheck } = printWrite('table', check(thing, key, 'present')) as Record<string, object>;
  expect(ConditionCheck).not.toHaveProperty('ExpressionAttributeValues');
});

test.each<[AnyCondition, string]>([
  [equal('size', 1), 'size = 1'],
  [{ attribute: 'size', is: '<>', value: 1 }, 'size <> 1'],
  [{ attribute: 'size', is: '<', value: 1 }, 'size < 1'],
  [{ attribute: 'size', is: '<=', value: 1 }, 'size <= 1'],
  [{ attribute: 'size', is: '>', value: 1 }, 'size > 1'],
  [{ attribute: 'size', is: '>=', value: 1 }, 'size >= 1'],
  [equal('open', false), 'open = false'],
  [equal('name', 'x'), 'name = "x"'],
  [equal('until', 5), 'ttl = 5'],
  [absent('name'), 'attribute_not_exists(name)'],
  [present('name'), 'attribute_exists(name)'],
])('condition %j of each kind of write', (condition, text) => {
  const [row, when] = [{ ...key, size: 1 }, [condition]];
  expect(printed({ kind: 'put', entity: thing, row, when })).toContain(`Put: ConditionExpression ${text} | `);
  expect(printed(unchecked({ when }))).toContain(`ConditionExpression attribute_exists(pk) AND ${text} | `);
  expect(printed({ kind: 'delete', entity: thing, key, when })).toBe(`Delete: ConditionExpression ${text} | ${atKey}`);
  const both = [condition, condition];
  const twice = `ConditionCheck: ConditionExpression ${text} AND ${text} | ${atKey}`;
  expect(printed({ kind: 'check', entity: thing, key, when: both })).toBe(twice);
});

test('a put only where there is none, over any, or over what fulfils conditions', () => {
  const row = { ...key, size: 1 };
  const item = 'Item {"id":"i","owner":"o","pk":"thing\\u0001o","size":1,"sk":"thing\\u0001i"}';
  expect(printed(put(thing, row))).toBe(`Put: ConditionExpression attribute_not_exists(pk) | ${item}`);
  expect(printed(put(thing, row, 'any'))).toBe(`Put: ${item}`);
  expect(printed(put(thing, row, [equal('size', 2)]))).toBe(`Put: ConditionExpression size = 2 | ${item}`);
});

test('a check of a row, of none, and never of nothing', () => {
  const asks = (text: string) => `ConditionCheck: ConditionExpression ${text}(pk) | ${atKey}`;
  expect(printed(check(thing, key, 'present'))).toBe(asks('attribute_exists'));
  expect(printed(check(thing, key, 'absent'))).toBe(asks('attribute_not_exists'));
  expect(() => printWrite('table', check(thing, key, []))).toThrow('for nothing');
});

test.each<[object, string]>([
  [{ set: { size: 2 } }, 'SET size = 2'],
  [{ add: { size: -2 } }, 'ADD size -2'],
  [{ remove: ['name', 'open'] }, 'REMOVE gsi2pk, gsi2sk, name, open'],
  [{ set: { until: 5 }, add: { size: 1 }, remove: ['open'] }, 'ADD size 1 REMOVE open SET ttl = 5'],
  [{ set: { tags: { a: 'b' }, list: ['c'] } }, 'SET list = ["c"], tags = {"a":"b"}'],
  [{ set: { size: undefined, open: true } }, 'SET open = true'],
])('patch %j', (change, text) => {
  const expected = `Update: ConditionExpression attribute_exists(pk) | ${atKey} | UpdateExpression ${text}`;
  expect(printed(unchecked(change))).toBe(expected);
});

test('a patch that changes nothing still has an expression, which a transaction needs', () => {
  expect(printWrite('table', patch(thing, key, {}))).toMatchObject({ Update: { UpdateExpression: 'REMOVE #n0' } });
});

test('a row is in the indexes whose attributes it has', () => {
  expect(itemOf(thing, { ...key, size: 1, due: 7 })).toEqual({ ...Key, ...place, ...key, size: 1, due: 7 });
  expect(itemOf(thing, { ...key, size: 1, name: 'n' })).not.toHaveProperty('gsi2pk');
  expect(itemOf(thing, { ...key, size: 1, name: 'n', due: 7 })).toMatchObject({ ...place, gsi2pk: 'thing\u0001n' });
});

test('a patch of an index sets all of it, or takes the row out, of two indexes once each', () => {
  const { Update } = printWrite('table', patch(thing, key, { remove: ['due', 'name'] })) as Record<string, object>;
  const names = Object.values((Update as { ExpressionAttributeNames: object }).ExpressionAttributeNames);
  expect(names).toEqual(['due', 'name', 'gsi1pk', 'gsi1sk', 'gsi2pk', 'gsi2sk', 'pk']);
  expect(printed(patch(thing, key, { set: { ...key, due: 7, name: 'n' } }))).toContain(`gsi1sk = "${'thing\\u0001'}`);
  expect(() => printWrite('table', patch(thing, key, { set: { due: 7 } }))).toThrow('part of an index');
});

test.each<[object, string]>([
  [{ set: { size: '1' } }, 'size of thing is no number'],
  [{ set: { size: null } }, 'size of thing is no number'],
  [{ set: { name: 1 } }, 'name of thing is no string'],
  [{ set: { open: 0 } }, 'open of thing is no boolean'],
  [{ set: { tags: ['a'] } }, 'tags of thing is no map'],
  [{ set: { tags: null } }, 'tags of thing is no map'],
  [{ set: { list: { a: 1 } } }, 'list of thing is no list'],
  [{ set: { colour: 'red' } }, 'thing has no attribute colour'],
  [{ set: { constructor: 'x' } }, 'thing has no attribute constructor'],
  [{ add: { colour: 1 } }, 'thing has no attribute colour'],
  [{ remove: ['colour'] }, 'thing has no attribute colour'],
  [{ when: [equal('colour', 'red')] }, 'thing has no attribute colour'],
  [{ key: { owner: 'o' } }, 'key of thing lacks id'],
  [{ key: { owner: 'o', id: null } }, 'key of thing lacks id'],
])('what comes past the types is refused: patch %j', (change, message) => {
  expect(() => printWrite('table', unchecked(change))).toThrow(message);
});

test('an item is a row again, of any version that wrote it', () => {
  const row = { ...key, size: 1, until: 5, due: 7 };
  const item = itemOf(thing, row);
  expect(item).toMatchObject({ ttl: 5 });
  expect(item).not.toHaveProperty('until');
  expect(rowOf(thing, item)).toEqual(row);
  const byElectroDb = { ...item, __edb_e__: 'thing', __edb_v__: '1' };
  expect(rowOf(thing, byElectroDb)).toEqual(row);
  expect(rowOf(thing, { ...item, colour: 'red' })).toEqual(row);
});

test.each<[Omit<ListQuery, 'limit'>, string]>([
  [{ partition: { owner: 'o' } }, 'pk = "thing\\u0001o" | Limit 9 | ScanIndexForward true'],
  [
    { partition: { owner: 'o' }, after: { id: 'i' } },
    'pk = "thing\\u0001o" AND sk > "thing\\u0001i" | Limit 9 | ScanIndexForward true',
  ],
  [
    { partition: { owner: 'o' }, after: { id: 'i' }, descending: true },
    'pk = "thing\\u0001o" AND sk < "thing\\u0001i" | Limit 9 | ScanIndexForward false',
  ],
  [{ index: 'byName', partition: { name: 'n' } }, 'gsi2pk = "thing\\u0001n" | Limit 9 | ScanIndexForward true'],
  [
    { index: 'byDue', partition: { owner: 'o' }, after: { due: 7, id: 'i' } },
    'gsi1pk = "thing\\u0001o" AND gsi1sk > "thing\\u00010000000000000007\\u0001i" | Limit 9 | ScanIndexForward true',
  ],
])('query %j', (query, text) => {
  const index = query.index === undefined ? '' : `IndexName "gsi${query.index === 'byDue' ? 1 : 2}" | `;
  expect(canonical(printQuery('table', thing, { ...query, limit: 9 }))).toBe(`${index}KeyConditionExpression ${text}`);
});

test('a query of an index that there is not, or without its partition, is refused', () => {
  expect(() => printQuery('table', thing, { index: 'byDew', partition: {}, limit: 1 })).toThrow('no index byDew');
  expect(() => printQuery('table', thing, { partition: {}, limit: 1 })).toThrow('lacks owner');
});

test('parts of a key never run into each other', () => {
  const sk = (id: string) => itemOf(thing, { owner: 'o', id, size: 0 }).sk;
  expect(sk('a\u0001b')).toBe('thing\u0001a\ufffdb');
  expect(itemOf(thing, { ...key, size: 0, due: Number.MAX_SAFE_INTEGER }).gsi1sk).toBe(
    `thing\u0001${2 ** 53 - 1}\u0001i`,
  );
});
