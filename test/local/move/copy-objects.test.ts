import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compared } from '../../../src/local/move/compare.ts';
import { type Copied, copyObjects } from '../../../src/local/move/copy-objects.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { VarveError } from '../../../src/platform/errors.ts';
import { OWNER_KEY } from '../../../src/platform/objects/owner.ts';
import type { ObjectStore } from '../../../src/platform/objects/port.ts';
import { createMemoryObjects, type MemoryObjects } from '../../support/memory-objects.ts';

type Contents = Readonly<Record<string, string>>;

function storeOf(contents: Contents): MemoryObjects {
  const stored = new Map(Object.entries(contents).map(([key, text]) => [key, Buffer.from(text)]));
  return createMemoryObjects(systemClock, stored);
}
const contentsOf = ({ stored }: MemoryObjects): Contents =>
  Object.fromEntries([...stored].map(([key, bytes]) => [key, bytes.toString()]));

function copy(from: ObjectStore, to: ObjectStore): Promise<Copied> {
  const options = { signal: new AbortController().signal, progress: () => undefined, requireRoom: () => undefined };
  return copyObjects(from, to, options);
}

const contents = fc.dictionary(
  fc.constantFrom(...'abcdefghij').map((name) => `objects/d/${name}`),
  fc.constantFrom('x', 'y', 'zz'),
);

describe('copying objects', () => {
  test('makes the other store hold the same, and copies nothing that is there', async () => {
    await fc.assert(
      fc.asyncProperty(contents, contents, async (source, before) => {
        const target = storeOf({ ...before, [OWNER_KEY]: 'owner' });
        const written: string[] = [];
        const put: ObjectStore['put'] = (key, bytes) => {
          written.push(key);
          return target.put(key, bytes);
        };
        const { copied, there, removed, keys } = await copy(storeOf(source), { ...target, put });
        expect(contentsOf(target)).toEqual({ ...source, [OWNER_KEY]: 'owner' });
        expect(written.sort()).toEqual(
          Object.keys(source)
            .filter((key) => source[key] !== before[key])
            .sort(),
        );
        expect([...keys].sort()).toEqual(Object.keys(source).sort());
        expect([copied, there]).toEqual([written.length, keys.size - written.length]);
        expect(removed).toBe(Object.keys(before).filter((key) => !(key in source)).length);
      }),
      { numRuns: 200 },
    );
  });

  test('goes on wherever it was cut off', async () => {
    const source = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`objects/d/${at}`, `block ${at}`]));
    for (let calls = 1; calls < 80; calls += 11) {
      const target = storeOf({ 'objects/d/left': 'of an earlier run' });
      let left = calls;
      const cut =
        <Args extends readonly unknown[], Answer>(call: (...args: Args) => Promise<Answer>) =>
        (...args: Args) =>
          left-- > 0 ? call(...args) : Promise.reject(new Error('killed'));
      const dying = { ...target, put: cut(target.put), head: cut(target.head), remove: cut(target.remove) };
      await expect(copy(storeOf(source), dying)).rejects.toThrow('killed');
      await copy(storeOf(source), target);
      expect(contentsOf(target)).toEqual(source);
    }
  });

  test('compares bytes where a store does not know their sum', async () => {
    const target = storeOf({ a: 'same', b: 'diff' });
    const noSum: ObjectStore['head'] = async (key) => {
      const head = await target.head(key);
      return head && { sizeBytes: head.sizeBytes };
    };
    const done = await copy(storeOf({ a: 'same', b: 'other', c: 'new' }), { ...target, head: noSum });
    expect(done).toMatchObject({ copied: 2, there: 1 });
    expect(contentsOf(target)).toEqual({ a: 'same', b: 'other', c: 'new' });
  });

  test.each<[string, Partial<ObjectStore>, Partial<ObjectStore>]>([
    ['a source that lists and does not give', { get: async () => undefined }, {}],
    ['a target that forgets', {}, { put: async () => undefined }],
    ['a target that keeps other bytes', {}, { head: async () => ({ sizeBytes: 1, sha256: 'ff' }) }],
  ])('ends at %s', async (_, lyingSource, lyingTarget) => {
    const outcome = copy({ ...storeOf({ a: 'x' }), ...lyingSource }, { ...storeOf({}), ...lyingTarget });
    await expect(outcome).rejects.toMatchObject({
      code: 'ObjectDamaged',
      message: expect.stringContaining('nothing has moved'),
    });
  });

  test('waits for a store that is busy', async () => {
    const target = storeOf({});
    let busy = 2;
    const put: ObjectStore['put'] = async (key, bytes) => {
      if (busy-- > 0) throw new VarveError('Throttled', 'The object store is busy.');
      await target.put(key, bytes);
    };
    expect(await copy(storeOf({ a: 'x' }), { ...target, put })).toMatchObject({ copied: 1 });
  });
});

test('keys of two stores are compared a few at a time, in order', async () => {
  const found: unknown[] = [];
  const [from, to] = [storeOf({ a: '1', b: '12', d: '1' }), storeOf({ b: '1', c: '123' })];
  for await (const one of compared(from, to)) found.push(one);
  expect(found).toEqual([
    { key: 'a', from: 1 },
    { key: 'b', from: 2, to: 1 },
    { key: 'c', to: 3 },
    { key: 'd', from: 1 },
  ]);
});
