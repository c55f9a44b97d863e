import { expectTypeOf, test } from 'vitest';
import {
  boolean,
  type Entity,
  entity,
  type KeyOf,
  list,
  map,
  number,
  optional,
  type RowOf,
  string,
} from '../../src/platform/catalogue/entity.ts';
import {
  absent,
  type Catalogue,
  type Condition,
  check,
  equal,
  patch,
  present,
  put,
  read,
  remove,
} from '../../src/platform/catalogue/port.ts';

// What does not compile is refused by `tsc`: it reports each `@ts-expect-error` that expects none.

const disk = entity({
  name: 'disk',
  attributes: {
    owner: string(),
    id: string(),
    status: string<'FREE' | 'USED'>(),
    version: number(),
    hidden: boolean(),
    tags: list<{ readonly key: string }>(),
    labels: map<string>(),
    note: optional(string()),
    due: optional(number()),
    forgetAt: optional(number()),
  },
  primary: { partition: ['owner'], sort: ['id'] },
  indexes: { byDue: { slot: 1, partition: ['status'], sort: ['due', 'id'] } },
  expiry: 'forgetAt',
});
type Disk = RowOf<typeof disk>;

declare const catalogue: Catalogue;
const key = { owner: 'o', id: 'i' };
const row: Disk = { ...key, status: 'FREE', version: 1, hidden: false, tags: [], labels: {} };

/** Read by the compiler, never called. */
const never = (..._: readonly (() => unknown)[]) => undefined;

test('a row is what its attributes say', () => {
  expectTypeOf<Disk>().toEqualTypeOf<{
    readonly owner: string;
    readonly id: string;
    readonly status: 'FREE' | 'USED';
    readonly version: number;
    readonly hidden: boolean;
    readonly tags: readonly { readonly key: string }[];
    readonly labels: Readonly<Record<string, string>>;
    readonly note?: string;
    readonly due?: number;
    readonly forgetAt?: number;
  }>();
  expectTypeOf<KeyOf<typeof disk>>().toEqualTypeOf<{ readonly owner: string; readonly id: string }>();
  expectTypeOf(disk).toExtend<Entity>();
});

test('keys of an entity are attributes of it that can be keys', () => {
  const attributes = { id: string(), tags: list<string>(), note: optional(string()) };
  never(
    // @ts-expect-error no such attribute
    () => entity({ name: 'a', attributes, primary: { partition: ['ID'], sort: [] } }),
    // @ts-expect-error a list has no place in a key
    () => entity({ name: 'a', attributes, primary: { partition: ['tags'], sort: [] } }),
    // @ts-expect-error each row needs a primary key
    () => entity({ name: 'a', attributes, primary: { partition: ['note'], sort: [] } }),
    // @ts-expect-error no time
    () => entity({ name: 'a', attributes, primary: { partition: ['id'], sort: [] }, expiry: 'note' }),
  );
});

test('a row is found by its whole primary key', () => {
  never(
    () => catalogue.get(disk, key),
    () => catalogue.get(disk, row),
    // @ts-expect-error the id is missing
    () => catalogue.get(disk, { owner: 'o' }),
    // @ts-expect-error a number is no id
    () => catalogue.get(disk, { owner: 'o', id: 1 }),
    // @ts-expect-error not of the key
    () => catalogue.get(disk, { ...key, version: 1 }),
    // @ts-expect-error the id is missing
    () => catalogue.getMany(disk, [{ owner: 'o' }]),
    // @ts-expect-error the id is missing
    () => read(disk, { owner: 'o' }),
    // @ts-expect-error the id is missing
    () => patch(disk, { owner: 'o' }, { set: { version: 2 } }),
    // @ts-expect-error the id is missing
    () => remove(disk, { owner: 'o' }),
    // @ts-expect-error the id is missing
    () => check(disk, { owner: 'o' }, 'present'),
  );
  const other = entity({ name: 'o', attributes: { at: number() }, primary: { partition: ['at'], sort: [] } });
  const each = () => catalogue.getEach(read(disk, key), read(other, { at: 1 }));
  expectTypeOf(each).returns.resolves.toEqualTypeOf<[Disk | undefined, { readonly at: number } | undefined]>();
});

test('a list has the partition of its index, and goes on after a place in it', () => {
  const limit = 1;
  never(
    () => catalogue.list(disk, { partition: { owner: 'o' }, after: { id: 'i' }, limit }),
    () => catalogue.list(disk, { index: 'byDue', partition: { status: 'FREE' }, after: { due: 1, id: 'i' }, limit }),
    // @ts-expect-error no partition
    () => catalogue.list(disk, { partition: {}, limit }),
    // @ts-expect-error the partition of the primary key
    () => catalogue.list(disk, { index: 'byDue', partition: { owner: 'o' }, limit }),
    // @ts-expect-error no such index
    () => catalogue.list(disk, { index: 'byDew', partition: { status: 'FREE' }, limit }),
    // @ts-expect-error no such status
    () => catalogue.list(disk, { index: 'byDue', partition: { status: 'LOST' }, limit }),
    // @ts-expect-error half a place
    () => catalogue.list(disk, { index: 'byDue', partition: { status: 'FREE' }, after: { due: 1 }, limit }),
  );
});

test('a put has a whole row', () => {
  const { status: _, ...part } = row;
  never(
    () => put(disk, row, [equal('version', 1)]),
    // @ts-expect-error without status
    () => put(disk, part),
    // @ts-expect-error no such status
    () => put(disk, { ...row, status: 'LOST' }),
    // @ts-expect-error no such attribute
    () => put(disk, { ...row, vresion: 1 }),
    // @ts-expect-error no such attribute
    () => put(disk, row, [equal('vresion', 1)]),
  );
});

test('a patch sets, adds and removes what the row has, and may be without', () => {
  const wide = { version: 2, vresion: 2 };
  never(
    () => patch(disk, key, { set: { version: 2, note: 'x' }, add: { due: 1 }, remove: ['forgetAt'] }),
    // @ts-expect-error no such attribute
    () => patch(disk, key, { set: { vresion: 2 } }),
    // @ts-expect-error no such attribute, in a variable
    () => patch(disk, key, { set: wide }),
    // @ts-expect-error a text is no number
    () => patch(disk, key, { set: { version: '2' } }),
    // @ts-expect-error removing is not setting
    () => patch(disk, key, { set: { note: undefined } }),
    // @ts-expect-error nothing is added to a text
    () => patch(disk, key, { add: { note: 1 } }),
    // @ts-expect-error no such attribute
    () => patch(disk, key, { add: { vresion: 1 } }),
    // @ts-expect-error no row is without its version
    () => patch(disk, key, { remove: ['version'] }),
    // @ts-expect-error no such attribute
    () => patch(disk, key, { remove: ['noet'] }),
  );
});

test('conditions ask for attributes of the row, by values that they can have', () => {
  const when = (..._: readonly Condition<Disk>[]) => undefined;
  const seen: Disk = row;
  never(
    () => when(equal('status', 'USED'), equal('status', seen.status), equal('hidden', seen.hidden)),
    () => when(equal('version', 1), { attribute: 'version', is: '>', value: 0 }, absent('note'), present('due')),
    () => when(seen.note === undefined ? absent('note') : equal('note', seen.note)),
    // @ts-expect-error no such attribute
    () => when(equal('vresion', 1)),
    // @ts-expect-error a text is no number
    () => when(equal('version', 'seven')),
    // @ts-expect-error a number is no text
    () => when(equal('id', 7)),
    // @ts-expect-error no such status
    () => when(equal('status', 'LOST')),
    () => when(equal('tags', seen.tags), equal('tags', [{ key: 'x' }])),
    // @ts-expect-error a text is no list
    () => when(equal('tags', 'x')),
    // @ts-expect-error a list of something else
    () => when(equal('tags', [1])),
    // @ts-expect-error lists have no order
    () => when({ attribute: 'tags', is: '<', value: seen.tags }),
    // @ts-expect-error maps are not compared
    () => when(equal('labels', seen.labels)),
    // @ts-expect-error no row is without its version
    () => when(absent('version')),
    // @ts-expect-error every row has its version
    () => when(present('version')),
    // @ts-expect-error neither true nor false is more
    () => when({ attribute: 'hidden', is: '<', value: true }),
    // @ts-expect-error no such comparison
    () => when({ attribute: 'version', is: '~', value: 1 }),
  );
  never(
    () => check(disk, key, [equal('hidden', false)]),
    () => patch(disk, key, { when: [absent('note')] }),
    // @ts-expect-error no such attribute
    () => check(disk, key, [equal('hiden', false)]),
    // @ts-expect-error no such attribute
    () => patch(disk, key, { when: [absent('noet')] }),
    // @ts-expect-error a text is no number
    () => remove(disk, key, [equal('version', '1')]),
    // @ts-expect-error a put over any row has no condition
    () => check(disk, key, 'any'),
  );
});
