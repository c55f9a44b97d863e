import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entity, number, string } from '../../src/platform/catalogue/entity.ts';
import { patch, put, remove } from '../../src/platform/catalogue/port.ts';
import type { Reply, Request } from '../../src/platform/catalogue/sqlite/requests.ts';
import { RowCache } from '../../src/platform/catalogue/sqlite/row-cache.ts';
import { openSqliteCatalogue, type SqliteCatalogue } from '../../src/platform/catalogue/sqlite.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';

const thing = entity({
  name: 'thing',
  attributes: { id: string(), count: number() },
  primary: { partition: ['id'], sort: [] },
});

let folder: string;
let catalogue: SqliteCatalogue;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'varve-rows-'));
  catalogue = await openSqliteCatalogue(join(folder, 'catalogue.sqlite'));
});
afterAll(async () => {
  await catalogue.close();
  rmSync(folder, { recursive: true });
});

describe('rows that the process remembers', () => {
  test('a read sees every write that was acknowledged before it began, whatever runs beside it', async () => {
    const step = fc.constantFrom('get', 'get', 'add', 'tryWrite', 'turn', 'remove', 'put');
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const key = { id: `row-${++runs}` };
        /** Number of the newest change that was acknowledged, and what each change left. */
        let acknowledged = 0;
        const left: (number | undefined)[] = [undefined];
        let last = Promise.resolve();
        let sent = 0;
        const change = (write: () => Promise<number | undefined>) => {
          sent += 1;
          const number_ = sent;
          last = last.then(async () => {
            left[number_] = await write();
            acknowledged = number_;
          });
        };
        const reads: Promise<void>[] = [];
        const current = () => left[acknowledged];
        for (const one of steps) {
          if (one === 'get') {
            const before = acknowledged;
            reads.push(
              catalogue.get(thing, key).then(async (row) => {
                await last;
                expect(left.slice(before)).toContain(row?.count);
              }),
            );
          } else if (one === 'turn') await turn();
          else if (one === 'put')
            change(async () => {
              await catalogue.transact([put(thing, { ...key, count: 0 }, 'any')]);
              return 0;
            });
          else if (one === 'remove')
            change(async () => {
              await catalogue.transact([remove(thing, key)]);
              return undefined;
            });
          else
            change(async () => {
              const count = current();
              const set = { count: (count ?? 0) + 1 };
              const { ok } =
                one === 'add'
                  ? await catalogue.transact([patch(thing, key, { add: { count: 1 } })])
                  : { ok: await catalogue.tryWrite(patch(thing, key, { set })) };
              expect(ok).toBe(count !== undefined);
              return count === undefined ? undefined : count + 1;
            });
        }
        await last;
        await Promise.all(reads);
        expect((await catalogue.get(thing, key))?.count).toBe(current());
      }),
      { ...FUZZ_SEED, numRuns: 200 },
    );
  });

  test('rows whose time was up are forgotten with the database', async () => {
    const mortal = entity({
      name: 'mortal',
      attributes: { id: string(), expiresAt: number() },
      primary: { partition: ['id'], sort: [] },
      expiry: 'expiresAt',
    });
    await catalogue.transact([put(mortal, { id: 'one', expiresAt: 100 })]);
    expect(await catalogue.get(mortal, { id: 'one' })).toBeDefined();
    expect(await catalogue.dropExpired(101_000)).toBe(1);
    expect(await catalogue.get(mortal, { id: 'one' })).toBeUndefined();
  });
});

describe('what a reply says of rows', () => {
  const key = { pk: 'p', sk: 's' };
  const read: Request = { id: 1, kind: 'read', input: [key] };
  const write: Request = { id: 2, kind: 'write', input: [{ ...key, kind: 'delete', when: [] }] };
  const learned = (...replies: readonly (readonly [Request, Reply])[]) => {
    const rows = new RowCache();
    for (const reply of replies) rows.learn(...reply);
    return rows.get(key);
  };
  const seen = [read, { id: 1, answer: ['{"a":1}'] }] as const;

  test('a read and a write leave the row as it is then', () => {
    expect(learned(seen)).toEqual({ item: '{"a":1}' });
    expect(learned([read, { id: 1, answer: [undefined] }])).toEqual({ item: undefined });
    expect(learned(seen, [write, { id: 2, answer: { ok: true, after: ['{"a":2}'] } }])).toEqual({ item: '{"a":2}' });
    expect(learned(seen, [write, { id: 2, answer: { ok: true, after: [null] } }])).toEqual({ item: undefined });
  });

  test('a check, and a write that was refused, change nothing', () => {
    expect(learned(seen, [write, { id: 2, answer: { ok: true, after: [undefined] } }])).toEqual({ item: '{"a":1}' });
    expect(learned(seen, [write, { id: 2, answer: { ok: false, failed: [0] } }])).toEqual({ item: '{"a":1}' });
  });

  test('after a write of unknown outcome nothing is known', () => {
    expect(learned(seen, [write, { id: 2, trouble: { kind: 'LOST', message: 'EIO' } }])).toBeUndefined();
  });

  test('a read that failed says nothing', () => {
    expect(learned(seen, [read, { id: 1, trouble: { kind: 'FAILED', message: 'x' } }])).toEqual({ item: '{"a":1}' });
  });
});
