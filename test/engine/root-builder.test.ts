import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY, type ObjectId, PAGE_FANOUT } from '../../src/engine/blocks/block.ts';
import { encodePage, pageId } from '../../src/engine/blocks/page.ts';
import { RootBuilder } from '../../src/engine/blocks/root-builder.ts';
import { applyChanges } from '../../src/engine/commit/apply.ts';
import { createMemoryPages } from '../support/memory-pages.ts';

const idOf = (value: number) => value.toString(16).padStart(64, '0') as ObjectId;

async function committedRoot(indexes: readonly number[]) {
  const writes = indexes.map((index) => ({ index, id: idOf(index + 7) }));
  return (await applyChanges(createMemoryPages(), EMPTY, { writes, trims: [] })).root;
}

function builtRoot(indexes: readonly number[]) {
  const builder = new RootBuilder();
  for (const index of indexes) builder.add(index, idOf(index + 7));
  return builder.finish();
}

const PLACES: [string, number[]][] = [
  ['nothing', []],
  ['the first block', [0]],
  ['the last block of the first leaf', [1023]],
  ['the first block of the second leaf alone', [1024]],
  ['both sides of a leaf', [1023, 1024]],
  ['both sides of a page of pages', [1024 ** 2 - 1, 1024 ** 2]],
  ['the end of 64 TiB', [0, 2 ** 27 - 1]],
];

test.each(PLACES)('%s has the root that a commit gives it (9.6)', async (_, indexes) => {
  expect(builtRoot(indexes)).toBe(await committedRoot(indexes));
});

test.each(PLACES)('%s has the same root by its leaf pages alone (9.6)', async (_, indexes) => {
  const builder = new RootBuilder(1);
  for (const page of new Set(indexes.map((index) => Math.floor(index / PAGE_FANOUT)))) {
    const children = new Array<ObjectId | undefined>(PAGE_FANOUT).fill(undefined);
    for (const index of indexes) {
      if (Math.floor(index / PAGE_FANOUT) === page) children[index % PAGE_FANOUT] = idOf(index + 7);
    }
    builder.add(page, pageId(encodePage({ level: 0, children })));
  }
  expect(builder.finish()).toBe(await committedRoot(indexes));
});

test('any blocks have the root that a commit gives them (9.6)', async () => {
  const index = fc.oneof(fc.nat(3000), fc.nat(2 ** 27 - 1), fc.constantFrom(1023, 1024, 1024 ** 2 - 1, 1024 ** 2));
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(index, { maxLength: 40 }), async (chosen) => {
      const indexes = chosen.toSorted((a, b) => a - b);
      expect(builtRoot(indexes)).toBe(await committedRoot(indexes));
    }),
  );
});

test.each([
  ['twice', [5, 5]],
  ['backwards', [6, 5]],
  ['no index', [-1]],
])('a block %s is refused', (_, indexes) => {
  expect(() => builtRoot(indexes)).toThrow(RangeError);
});
