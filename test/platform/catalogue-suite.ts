import { describe, expect, test } from 'vitest';
import {
  boolean,
  entity,
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
  check,
  equal,
  patch,
  present,
  put,
  read,
  remove,
} from '../../src/platform/catalogue/port.ts';

const thing = entity({
  name: 'thing',
  attributes: {
    owner: string(),
    id: string(),
    size: number(),
    label: optional(string()),
    due: optional(number()),
    tags: optional(map<string>()),
    open: optional(boolean()),
    places: optional(list<{ readonly at: number }>()),
  },
  primary: { partition: ['owner'], sort: ['id'] },
  indexes: { byDue: { slot: 1, partition: ['owner'], sort: ['due', 'id'] } },
});
type Thing = RowOf<typeof thing>;

/** Shares the partition values of `thing`: rows of different entities must not mix. */
const other = entity({
  name: 'zebra',
  attributes: { owner: string(), id: string(), due: number() },
  primary: { partition: ['owner'], sort: ['id'] },
  indexes: { byDue: { slot: 1, partition: ['owner'], sort: ['due', 'id'] } },
});

const named = entity({
  name: 'named',
  attributes: { owner: string(), name: string(), id: string() },
  primary: { partition: ['owner'], sort: ['name', 'id'] },
});

/** What every catalogue adapter promises. */
export function catalogueSuite(create: () => Promise<Catalogue>): void {
  const fresh = async () => ({ catalogue: await create(), owner: `o-${Math.random().toString(36).slice(2)}` });

  describe('catalogue', () => {
    test('a row comes back as it was put, absent ones are undefined', async () => {
      const { catalogue, owner } = await fresh();
      const row: Thing = {
        owner,
        id: 'a',
        size: 2 ** 50,
        label: 'ä 💾',
        tags: { k: 'v' },
        open: false,
        places: [{ at: 3 }],
      };
      expect(await catalogue.transact([put(thing, row)])).toEqual({ ok: true });
      expect(await catalogue.get(thing, { owner, id: 'a' })).toEqual(row);
      expect(await catalogue.get(thing, { owner, id: 'b' })).toBeUndefined();
    });

    test('getMany keeps the order, repeats and gaps, beyond one batch', async () => {
      const { catalogue, owner } = await fresh();
      const ids = Array.from({ length: 250 }, (_, i) => `n${i}`);
      for (let at = 0; at < ids.length; at += 100) {
        await catalogue.transact(ids.slice(at, at + 100).map((id) => put(thing, { owner, id, size: 1 })));
      }
      const keys = [...ids, 'none', 'n7', 'n7'].map((id) => ({ owner, id }));
      const rows = await catalogue.getMany(thing, keys);
      expect(rows.map((row) => row?.id)).toEqual([...ids, undefined, 'n7', 'n7']);
      expect(await catalogue.getMany(thing, [])).toEqual([]);
    });

    test('getEach gives rows of several kinds, in the order asked for, with repeats and gaps, beyond one batch', async () => {
      const { catalogue, owner } = await fresh();
      const ids = Array.from({ length: 150 }, (_, i) => `n${i}`);
      for (let at = 0; at < ids.length; at += 50) {
        const some = ids.slice(at, at + 50);
        await catalogue.transact(some.map((id) => put(thing, { owner, id, size: 1 })));
        await catalogue.transact(some.map((id) => put(other, { owner, id, due: 5 })));
      }
      const both = ids.flatMap((id) => [read(thing, { owner, id }), read(other, { owner, id })]);
      const rows = await catalogue.getEach(
        ...both,
        read(other, { owner, id: 'none' }),
        read(thing, { owner, id: 'n7' }),
      );
      const expected = ids.flatMap((id) => [
        { owner, id, size: 1 },
        { owner, id, due: 5 },
      ]);
      expect(rows).toEqual([...expected, undefined, { owner, id: 'n7', size: 1 }]);
      expect(await catalogue.getEach()).toEqual([]);
    });

    test('a refused write refuses all of them, and says which', async () => {
      const { catalogue, owner } = await fresh();
      await catalogue.transact([put(thing, { owner, id: 'a', size: 1 })]);
      const outcome = await catalogue.transact([
        put(thing, { owner, id: 'b', size: 1 }),
        put(thing, { owner, id: 'a', size: 2 }),
        check(thing, { owner, id: 'c' }, [equal('size', 1)]),
        patch(thing, { owner, id: 'd' }, { set: { size: 3 } }),
      ]);
      expect(outcome).toEqual({ ok: false, failed: [1, 2, 3] });
      expect(await catalogue.get(thing, { owner, id: 'b' })).toBeUndefined();
      expect((await catalogue.get(thing, { owner, id: 'a' }))?.size).toBe(1);
    });

    test.each([
      ['=', 5, true],
      ['=', 4, false],
      ['<>', 4, true],
      ['<>', 5, false],
      ['<', 6, true],
      ['<', 5, false],
      ['<=', 5, true],
      ['<=', 4, false],
      ['>', 4, true],
      ['>', 5, false],
      ['>=', 5, true],
      ['>=', 6, false],
    ] as const)('condition 5 %s %i is %s', async (is, value, ok) => {
      const { catalogue, owner } = await fresh();
      await catalogue.transact([put(thing, { owner, id: 'a', size: 5 })]);
      const outcome = await catalogue.transact([
        patch(thing, { owner, id: 'a' }, { set: { label: 'x' }, when: [{ attribute: 'size', is, value }] }),
      ]);
      expect(outcome.ok).toBe(ok);
    });

    test.each([
      ['the same', [{ at: 1 }, { at: 2 }], true],
      ['another order', [{ at: 2 }, { at: 1 }], false],
      ['one less', [{ at: 1 }], false],
      ['another value', [{ at: 1 }, { at: 3 }], false],
      ['none', [], false],
    ])('a list is compared as a whole: %s', async (_, places, ok) => {
      const { catalogue, owner } = await fresh();
      await catalogue.transact([put(thing, { owner, id: 'a', size: 1, places: [{ at: 1 }, { at: 2 }] })]);
      const change = { set: { size: 2 }, when: [equal('places', places)] };
      expect((await catalogue.transact([patch(thing, { owner, id: 'a' }, change)])).ok).toBe(ok);
    });

    test('patch sets, adds and removes; absent and present', async () => {
      const { catalogue, owner } = await fresh();
      await catalogue.transact([put(thing, { owner, id: 'a', size: 5, label: 'x' })]);
      expect(
        await catalogue.transact([
          patch(
            thing,
            { owner, id: 'a' },
            { set: { open: true }, add: { size: -2 }, remove: ['label'], when: [absent('due')] },
          ),
        ]),
      ).toEqual({ ok: true });
      expect(await catalogue.get(thing, { owner, id: 'a' })).toEqual({ owner, id: 'a', size: 3, open: true });
      expect((await catalogue.transact([check(thing, { owner, id: 'a' }, [absent('open')])])).ok).toBe(false);
      expect((await catalogue.transact([check(thing, { owner, id: 'a' }, [present('label')])])).ok).toBe(false);
    });

    test('a check that there is a row, or none', async () => {
      const { catalogue, owner } = await fresh();
      await catalogue.transact([put(thing, { owner, id: 'a', size: 1 })]);
      const holds = async (id: string, when: 'absent' | 'present') =>
        (await catalogue.transact([check(thing, { owner, id }, when)])).ok;
      expect([await holds('a', 'present'), await holds('a', 'absent')]).toEqual([true, false]);
      expect([await holds('b', 'present'), await holds('b', 'absent')]).toEqual([false, true]);
    });

    test('a patch that changes nothing asks for the row all the same, by itself too', async () => {
      const { catalogue, owner } = await fresh();
      const key = { owner, id: 'a' };
      const row = { ...key, size: 1 };
      expect((await catalogue.transact([patch(thing, key, {})])).ok).toBe(false);
      await catalogue.transact([put(thing, row)]);
      expect((await catalogue.transact([patch(thing, key, {})])).ok).toBe(true);
      expect(await catalogue.tryWrite(patch(thing, key, { when: [equal('size', 1)] }))).toBe(true);
      expect(await catalogue.tryWrite(patch(thing, key, { when: [equal('size', 2)] }))).toBe(false);
      expect(await catalogue.get(thing, key)).toEqual(row);
    });

    test('what an entity does not have is not stored, as rows of another version may have it', async () => {
      const { catalogue, owner } = await fresh();
      const newer = { owner, id: 'a', size: 1, colour: 'red' };
      await catalogue.transact([put(thing, newer)]);
      expect(await catalogue.get(thing, { owner, id: 'a' })).toEqual({ owner, id: 'a', size: 1 });
      const unknown = { kind: 'patch', entity: thing, key: { owner, id: 'a' }, set: { colour: 'red' } } as const;
      await expect(catalogue.transact([{ ...unknown, add: {}, remove: [], when: [] }])).rejects.toThrow('colour');
    });

    test('a write by itself: done, or refused by its conditions', async () => {
      const { catalogue, owner } = await fresh();
      const key = { owner, id: 'a' };
      expect(await catalogue.tryWrite(put(thing, { ...key, size: 1, due: 5 }))).toBe(true);
      expect(await catalogue.tryWrite(put(thing, { ...key, size: 2 }))).toBe(false);
      expect(await catalogue.tryWrite(patch(thing, key, { set: { size: 3 }, when: [equal('size', 1)] }))).toBe(true);
      expect(await catalogue.tryWrite(patch(thing, key, { set: { size: 4 }, when: [equal('size', 1)] }))).toBe(false);
      expect(await catalogue.tryWrite(patch(thing, { owner, id: 'none' }, { set: { size: 4 } }))).toBe(false);
      expect(await catalogue.get(thing, key)).toEqual({ ...key, size: 3, due: 5 });
      expect((await catalogue.list(thing, { index: 'byDue', partition: { owner }, limit: 9 })).rows).toHaveLength(1);
      expect(await catalogue.tryWrite(remove(thing, key, [equal('size', 1)]))).toBe(false);
      expect(await catalogue.tryWrite(remove(thing, key, [equal('size', 3)]))).toBe(true);
      expect(await catalogue.get(thing, key)).toBeUndefined();
    });

    test('what may not be done twice is no write by itself', async () => {
      const { catalogue, owner } = await fresh();
      const key = { owner, id: 'a' };
      await catalogue.transact([put(thing, { ...key, size: 1 })]);
      await expect(catalogue.tryWrite(patch(thing, key, { add: { size: 1 } }))).rejects.toThrow();
      await expect(catalogue.tryWrite(check(thing, key, [equal('size', 1)]))).rejects.toThrow();
      expect((await catalogue.get(thing, key))?.size).toBe(1);
    });

    test('writes by themselves and transactions at one row wait for one another', async () => {
      const { catalogue, owner } = await fresh();
      const key = { owner, id: 'a' };
      await catalogue.transact([put(thing, { ...key, size: 0 })]);
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          at % 2 === 0
            ? catalogue.transact([patch(thing, key, { add: { size: 1 } })]).then(({ ok }) => ok)
            : catalogue.tryWrite(patch(thing, key, { set: { label: `${at}` } })),
        ),
      );
      expect(outcomes.every((done) => done)).toBe(true);
      expect((await catalogue.get(thing, key))?.size).toBe(10);
    });

    test('removing an attribute of an index takes the row out of it', async () => {
      const { catalogue, owner } = await fresh();
      await catalogue.transact([put(thing, { owner, id: 'a', size: 0, due: 7 })]);
      await catalogue.transact([patch(thing, { owner, id: 'a' }, { remove: ['due'] })]);
      expect((await catalogue.list(thing, { index: 'byDue', partition: { owner }, limit: 5 })).rows).toEqual([]);
      await catalogue.transact([patch(thing, { owner, id: 'a' }, { set: { owner, id: 'a', due: 8 } })]);
      expect((await catalogue.list(thing, { index: 'byDue', partition: { owner }, limit: 5 })).rows).toMatchObject([
        { due: 8 },
      ]);
    });

    test('a put with conditions replaces the whole row, index entries too', async () => {
      const { catalogue, owner } = await fresh();
      await catalogue.transact([put(thing, { owner, id: 'a', size: 0, due: 7 })]);
      expect((await catalogue.transact([put(thing, { owner, id: 'a', size: 9 }, [equal('size', 1)])])).ok).toBe(false);
      expect((await catalogue.transact([put(thing, { owner, id: 'b', size: 9 }, [equal('size', 1)])])).ok).toBe(false);
      expect((await catalogue.transact([put(thing, { owner, id: 'a', size: 9 }, [equal('size', 0)])])).ok).toBe(true);
      expect(await catalogue.get(thing, { owner, id: 'a' })).toEqual({ owner, id: 'a', size: 9 });
      expect((await catalogue.list(thing, { index: 'byDue', partition: { owner }, limit: 5 })).rows).toEqual([]);
    });

    test('delete: conditional, and without condition also of nothing', async () => {
      const { catalogue, owner } = await fresh();
      await catalogue.transact([put(thing, { owner, id: 'a', size: 5 })]);
      expect((await catalogue.transact([remove(thing, { owner, id: 'a' }, [equal('size', 4)])])).ok).toBe(false);
      expect((await catalogue.transact([remove(thing, { owner, id: 'a' }, [equal('size', 5)])])).ok).toBe(true);
      expect((await catalogue.transact([remove(thing, { owner, id: 'a' })])).ok).toBe(true);
      expect((await catalogue.transact([remove(thing, { owner, id: 'a' }, [equal('size', 5)])])).ok).toBe(false);
    });

    test('lists page by key in both directions, numbers sort as numbers, entities do not mix', async () => {
      const { catalogue, owner } = await fresh();
      await catalogue.transact([
        ...[9, 10, 100, 1000].map((due) => put(thing, { owner, id: `i${due}`, size: 1, due })),
        put(thing, { owner, id: 'undue', size: 1 }),
        put(other, { owner, id: 'z', due: 50 }),
      ]);
      const page = (after: Pick<Thing, 'id' | 'due'> | undefined, descending: boolean, limit = 2) =>
        catalogue.list(thing, { index: 'byDue', partition: { owner }, limit, descending, ...(after && { after }) });
      expect(await page(undefined, false)).toMatchObject({ rows: [{ due: 9 }, { due: 10 }], more: true });
      expect(await page({ due: 10, id: 'i10' }, false)).toMatchObject({
        rows: [{ due: 100 }, { due: 1000 }],
        more: false,
      });
      expect(await page(undefined, true)).toMatchObject({ rows: [{ due: 1000 }, { due: 100 }], more: true });
      expect(await page({ due: 100, id: 'i100' }, true, 9)).toMatchObject({
        rows: [{ due: 10 }, { due: 9 }],
        more: false,
      });
      const primary = await catalogue.list(thing, { partition: { owner }, limit: 2, after: { id: 'i1000' } });
      expect(primary).toMatchObject({ rows: [{ id: 'i9' }, { id: 'undue' }], more: false });
      expect((await catalogue.list(other, { index: 'byDue', partition: { owner }, limit: 9 })).rows).toHaveLength(1);
    });

    test('texts sort attribute by attribute, also where one begins like another', async () => {
      const { catalogue, owner } = await fresh();
      const names = ['ab', 'ab c', 'ab!', 'ab#', 'abc'];
      await catalogue.transact(names.map((name) => put(named, { owner, name, id: 'z' })));
      const list = await catalogue.list(named, { partition: { owner }, limit: 10, after: { name: 'ab', id: '' } });
      expect(list.rows.map(({ name }) => name)).toEqual(names);
    });

    test('concurrent additions all count', async () => {
      const { catalogue, owner } = await fresh();
      await catalogue.transact([put(thing, { owner, id: 'a', size: 0 })]);
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => catalogue.transact([patch(thing, { owner, id: 'a' }, { add: { size: 1 } })])),
      );
      expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
      expect((await catalogue.get(thing, { owner, id: 'a' }))?.size).toBe(20);
    });
  });
}
