import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMPTY, type ObjectId, PAGE_FANOUT, type Root } from '../../src/engine/blocks/block.ts';
import { type Cursor, cursorOf, isAfter, type Position, walk } from '../../src/engine/blocks/walk.ts';
import { removalDrops, switchDrops, switchTakes } from '../../src/engine/books/plans.ts';
import { applyChanges } from '../../src/engine/commit/apply.ts';
import type { CommitInput } from '../../src/engine/contract.ts';
import { applyNaively, blockId, type Contents, trims, writes } from '../support/block-contents.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';
import { createMemoryPages, type MemoryPages } from '../support/memory-pages.ts';

const change = fc.record({ writes, trims });

async function build(pages: MemoryPages, changes: readonly Pick<CommitInput, 'writes' | 'trims'>[]) {
  let root: Root = EMPTY;
  let contents: Contents = new Map();
  for (const step of changes) {
    const applied = await applyChanges(pages, root, step);
    pages.save(applied.newPages);
    root = applied.root;
    contents = applyNaively(contents, step);
  }
  return { root, contents };
}

async function all(batches: AsyncGenerator<Position[]>): Promise<Position[]> {
  const found: Position[] = [];
  for await (const batch of batches) found.push(...batch);
  return found;
}

/** Every object of a root with its place: "height/index" → id. */
async function places(pages: MemoryPages, root: Root): Promise<Map<string, ObjectId>> {
  const found = await all(walk(pages, [root], ([id]) => id !== undefined));
  return new Map(found.map(({ height, index, ids }) => [`${height}/${index}`, ids[0] as ObjectId]));
}

function minus(a: Map<string, ObjectId>, b: Map<string, ObjectId>): ObjectId[] {
  return [...a].filter(([place, id]) => b.get(place) !== id).map(([, id]) => id);
}

function tally(...signed: readonly [number, readonly ObjectId[]][]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [sign, ids] of signed) for (const id of ids) counts[id] = (counts[id] ?? 0) + sign;
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
}

async function ids(batches: AsyncGenerator<{ id: ObjectId }[]>): Promise<ObjectId[]> {
  const found: ObjectId[] = [];
  for await (const batch of batches) found.push(...batch.map(({ id }) => id));
  return found;
}

describe('block map', () => {
  test('holds what was written, whatever the history', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (changes) => {
        const pages = createMemoryPages();
        const { root, contents } = await build(pages, changes);
        const blocks = (await all(walk(pages, [root], ([id]) => id !== undefined))).filter(
          ({ height }) => height === 0,
        );
        expect(blocks.map(({ index, ids }) => [index, ids[0]])).toEqual([...contents].sort(([a], [b]) => a - b));
      }),
      { numRuns: 150, ...FUZZ_SEED },
    );
  });

  test('equal contents have equal roots, by whatever way they came', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 5 }), async (changes) => {
        const pages = createMemoryPages();
        const { root, contents } = await build(pages, changes);
        const direct = [...contents].sort(([a], [b]) => a - b).map(([index, id]) => ({ index, id }));
        const again = await build(pages, [{ writes: direct, trims: [] }]);
        expect(again.root).toBe(root);
      }),
      { numRuns: 150, ...FUZZ_SEED },
    );
  });

  test('a commit saves exactly the pages that are new', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), change, async (changes, last) => {
        const pages = createMemoryPages();
        const { root } = await build(pages, changes);
        const { root: next, newPages } = await applyChanges(pages, root, last);
        const before = new Set((await places(pages, root)).values());
        pages.save(newPages);
        const after = [...(await places(pages, next))].filter(([place]) => !place.startsWith('0/')).map(([, id]) => id);
        for (const id of after.filter((id) => !before.has(id))) expect(newPages.map((page) => page.id)).toContain(id);
        for (const page of newPages) expect(after).toContain(page.id);
      }),
      { numRuns: 100, ...FUZZ_SEED },
    );
  });

  test('trimming a large disk reads only the pages at the ends', async () => {
    const pages = createMemoryPages();
    const spread = Array.from({ length: 200 }, (_, i) => ({ index: i * 5000, id: blockId(i) }));
    const { root } = await build(pages, [{ writes: spread, trims: [] }]);
    pages.loaded.clear();
    const { root: trimmed } = await applyChanges(pages, root, { writes: [], trims: [{ start: 1, count: 2 ** 40 }] });
    expect(pages.loaded.size).toBeLessThanOrEqual(3);
    expect(trimmed).toBe(
      (await build(createMemoryPages(), [{ writes: [{ index: 0, id: blockId(0) }], trims: [] }])).root,
    );
  });
});

describe('walk', () => {
  test('ends before any block', async () => {
    await fc.assert(
      fc.asyncProperty(change, change, fc.nat(), fc.integer({ min: 0, max: 1 }), async (first, second, at, past) => {
        const pages = createMemoryPages();
        const a = await build(pages, [first]);
        const b = await build(pages, [first, second]);
        const differs = (ids: readonly (ObjectId | undefined)[]) => ids[0] !== ids[1];
        const whole = await all(walk(pages, [a.root, b.root], differs));
        if (whole.length === 0) return;
        const end = cursorOf(whole[at % whole.length] as Position).lastBlock + past;
        const inside = whole.filter((place) => cursorOf(place).lastBlock < end);
        expect(await all(walk(pages, [a.root, b.root], differs, { end }))).toEqual(inside);
      }),
      { numRuns: 150, ...FUZZ_SEED },
    );
  });

  test('reads nothing behind its end', async () => {
    const pages = createMemoryPages();
    const spread = Array.from({ length: 300 }, (_, at) => ({ index: at * PAGE_FANOUT * 64, id: blockId(at) }));
    const { root } = await build(pages, [{ writes: spread, trims: [] }]);
    pages.loaded.clear();
    const start = 100 * PAGE_FANOUT * 64;
    const span = { after: { lastBlock: start - 1, height: 9 }, end: start + PAGE_FANOUT };
    const found = await all(walk(pages, [root], ([id]) => id !== undefined, span));
    expect(found.filter(({ height }) => height === 0)).toHaveLength(1);
    expect(pages.loaded.size).toBeLessThanOrEqual(3); // one of each level
  });

  test('goes on behind any place it was broken off at', async () => {
    await fc.assert(
      fc.asyncProperty(change, change, fc.nat(), async (first, second, at) => {
        const pages = createMemoryPages();
        const a = await build(pages, [first]);
        const b = await build(pages, [first, second]);
        const differs = (ids: readonly (ObjectId | undefined)[]) => ids[0] !== ids[1];
        const whole = await all(walk(pages, [a.root, b.root], differs));
        for (let i = 1; i < whole.length; i++) {
          expect(isAfter(cursorOf(whole[i] as Position), cursorOf(whole[i - 1] as Position))).toBe(true);
        }
        if (whole.length === 0) return;
        const cut = at % whole.length;
        const after: Cursor = cursorOf(whole[cut] as Position);
        expect(await all(walk(pages, [a.root, b.root], differs, { after }))).toEqual(whole.slice(cut + 1));
      }),
      { numRuns: 150, ...FUZZ_SEED },
    );
  });

  test('a comparison reads only pages that differ', async () => {
    const pages = createMemoryPages();
    const many = Array.from({ length: 300 }, (_, i) => ({ index: i * 1024, id: blockId(i) }));
    const a = await build(pages, [{ writes: many, trims: [] }]);
    const b = await build(pages, [
      { writes: many, trims: [] },
      { writes: [{ index: 7, id: blockId(9999) }], trims: [] },
    ]);
    pages.loaded.clear();
    const found = await all(walk(pages, [a.root, b.root], ([x, y]) => x !== y));
    expect(found.map(({ height, index }) => [height, index])).toEqual([
      [0, 7],
      [1, 0],
      [2, 0],
    ]);
    expect(pages.loaded.size).toBe(4);
  });
});

describe('plans', () => {
  test('a switch takes E(in, base) and drops E(out, base), where out and in differ', async () => {
    await fc.assert(
      fc.asyncProperty(change, change, change, async (one, two, three) => {
        const pages = createMemoryPages();
        const base = (await build(pages, [one])).root;
        const out = (await build(pages, [one, two])).root;
        const into = (await build(pages, [one, two, three])).root;
        const [p, o, n] = await Promise.all([base, out, into].map((root) => places(pages, root)));
        if (!p || !o || !n) throw new Error('unreachable');
        const expected = tally([1, minus(n, p)], [-1, minus(o, p)]);
        const roots = { out, in: into, base };
        expect(tally([1, await ids(switchTakes(pages, roots))], [-1, await ids(switchDrops(pages, roots))])).toEqual(
          expected,
        );
      }),
      { numRuns: 200, ...FUZZ_SEED },
    );
  });

  test('a removal changes references by E(in, base) − E(in, out) − E(out, base), and only drops', async () => {
    await fc.assert(
      fc.asyncProperty(change, change, change, fc.boolean(), async (one, two, three, leaf) => {
        const pages = createMemoryPages();
        const base = (await build(pages, [one])).root;
        const out = (await build(pages, [one, two])).root;
        const into = leaf ? EMPTY : (await build(pages, [two, three])).root;
        const [p, v, c] = await Promise.all([base, out, into].map((root) => places(pages, root)));
        if (!p || !v || !c) throw new Error('unreachable');
        const expected = leaf
          ? tally([-1, minus(v, p)])
          : tally([1, minus(c, p)], [-1, minus(c, v)], [-1, minus(v, p)]);
        expect(tally([-1, await ids(removalDrops(pages, { out, in: into, base }))])).toEqual(expected);
        expect(Object.values(expected).every((count) => count < 0)).toBe(true);
      }),
      { numRuns: 200, ...FUZZ_SEED },
    );
  });
});
