import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OldTable } from '../../../src/local/earlier/old-table.ts';
import { takeRows } from '../../../src/local/earlier/rows.ts';
import {
  canonicalText,
  fieldsFromWire,
  fieldsToWire,
  fromWire,
  type WireItem,
} from '../../../src/local/earlier/wire.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-rows-'));
});
afterEach(() => rm(folder, { recursive: true }));

const NOW = 1_000_000_000_000;
const item = (at: number, more: object = {}): WireItem => fieldsToWire({ pk: 'a', sk: `${at}`, at, ...more });

function table(pages: readonly (readonly WireItem[])[], counted?: number): OldTable {
  return {
    rows: async function* () {
      yield* pages;
    },
    count: async () => counted ?? pages.flat().length,
  };
}

describe('the rows of an old catalogue', () => {
  const take = (old: OldTable) => takeRows(old, join(folder, 'catalogue.sqlite'), NOW);

  it('are counted', async () => {
    expect(await take(table([[item(1), item(2)], [], [item(3)]]))).toBe(3);
    await rm(join(folder, 'catalogue.sqlite'));
    expect(await take(table([]))).toBe(0);
  });

  it('have to be as many as the engine counts, but for those whose time is up', async () => {
    await expect(take(table([[item(1)]], 2))).rejects.toThrow('the old catalogue has 2 rows, and 1 were read');
    await rm(join(folder, 'catalogue.sqlite'));
    await expect(take(table([[item(1), item(2)]], 1))).rejects.toThrow('1 rows, and 2 were read');
    await rm(join(folder, 'catalogue.sqlite'));
    expect(await take(table([[item(1), item(2, { ttl: NOW / 1000 - 1 })]], 1))).toBe(2);
  });

  it('are not taken for whole if one comes twice', async () => {
    await expect(take(table([[item(1), item(1)]]))).rejects.toThrow('the new one has others');
  });

  it.each<[string, object]>([
    ['a set', { SS: ['a'] }],
    ['bytes', { B: 'AA==' }],
    ['a number that is no safe integer', { N: '9007199254740993' }],
    ['a number beyond all', { N: '1e400' }],
  ])('are refused with %s', (_, value) => {
    expect(() => fromWire(value as never)).toThrow('a row has ');
  });
});

const number = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }).filter(isStorable));
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.string({ unit: 'binary' }),
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any')),
    fc.dictionary(fc.string(), tie('any')),
  ),
})).any;

function isStorable(one: number): boolean {
  return !Object.is(one, -0) && (!Number.isInteger(one) || Number.isSafeInteger(one));
}

it('fields come back from the wire as they were, and other fields have another text', () => {
  const fields = fc.dictionary(
    fc.string().filter((name) => name !== '__proto__'),
    value,
  );
  fc.assert(
    fc.property(fields, fields, (one, other) => {
      expect(JSON.stringify(fieldsFromWire(fieldsToWire(one)))).toBe(JSON.stringify(one));
      const isSame = canonicalText(fieldsToWire(one)) === canonicalText(fieldsToWire(other));
      expect(isSame).toBe(sorted(one) === sorted(other));
    }),
  );
  expect(canonicalText({ a: { N: '1.0' } })).toBe(canonicalText({ a: { N: '1' } }));
  expect(canonicalText({ a: { N: '1' } })).not.toBe(canonicalText({ a: { S: '1' } }));
  expect(canonicalText({ a: { BOOL: true } })).not.toBe(canonicalText({ a: { S: 'true' } }));
});

function sorted(fields: unknown): string {
  return JSON.stringify(fields, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
