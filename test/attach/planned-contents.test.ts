import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Leaf } from '../../src/attach/blocks/leaf.ts';
import { LeafIds } from '../../src/attach/blocks/leaf-ids.ts';
import { changesByPage } from '../../src/attach/blocks/page-changes.ts';
import { EMPTY, type ObjectId, PAGE_FANOUT, type Root } from '../../src/engine/blocks/block.ts';
import { applyChanges } from '../../src/engine/commit/apply.ts';
import { createMemoryPages } from '../support/memory-pages.ts';

const idOf = (value: number) => (value + 7).toString(16).padStart(64, '0') as ObjectId;
const END = 2 ** 27; // of 64 TiB

/** Blocks as an attachment keeps them, and plans what changes make of them. */
class Planned {
  readonly ids = new LeafIds(new Map());
  readonly #leaves = new Map<number, Leaf>();

  change(changes: Changes): Root {
    const changed = new Map<number, ObjectId | undefined>();
    for (const [page, own] of changesByPage(changes, (at) => this.ids.get(at) !== undefined)) {
      const leaf = own.isWhole ? new Leaf() : (this.#leaves.get(page) ?? new Leaf());
      own.apply(leaf);
      this.#leaves.set(page, leaf);
      changed.set(page, leaf.id());
    }
    const planned = this.ids.plan(changed);
    this.ids.apply(planned);
    expect(this.ids.root()).toBe(planned.root);
    return planned.root;
  }
}

interface Changes {
  readonly writes: { index: number; id: ObjectId }[];
  readonly trims: { start: number; count: number }[];
}

const write = (...indexes: number[]): Changes => ({
  writes: indexes.map((index) => ({ index, id: idOf(index) })),
  trims: [],
});
const trim = (start: number, count: number): Changes => ({ writes: [], trims: [{ start, count }] });

async function expectTheSame(steps: readonly Changes[]): Promise<void> {
  const pages = createMemoryPages();
  const planned = new Planned();
  let root: Root = EMPTY;
  for (const changes of steps) {
    const applied = await applyChanges(pages, root, changes);
    pages.save(applied.newPages);
    root = applied.root;
    expect(planned.change(changes)).toBe(root);
  }
}

test.each<[string, Changes[]]>([
  ['the first block', [write(0)]],
  ['a second leaf page, which goes again', [write(0), write(1024), trim(1024, 1)]],
  ['the first leaf page goes', [write(0, 1024), trim(0, 1024)]],
  ['the last block of 64 TiB, which goes again', [write(0, END - 1), trim(END - 1, 1)]],
  ['a page of pages beside the first', [write(5), write(1024 ** 2), trim(5, 1)]],
  ['everything goes', [write(0, 1, 5000, 1024 ** 2), trim(0, END)]],
  ['a trim below a write', [write(1, 2, 3), { ...write(2), trims: [{ start: 0, count: 4096 }] }]],
  ['nothing changes', [write(3), write(3), trim(9, 9)]],
])('9.6: the root that a change makes is known before: %s', (_, steps) => expectTheSame(steps));

test('9.6: the root that any changes make is known before', async () => {
  const index = fc.oneof(fc.nat(3000), fc.nat(END - 1), fc.constantFrom(1023, 1024, 1024 ** 2 - 1, 1024 ** 2));
  const count = fc.oneof(fc.integer({ min: 1, max: 3 * PAGE_FANOUT }), fc.constant(END));
  const step = fc.record({
    writes: fc
      .uniqueArray(fc.record({ index, id: fc.nat(3).map(idOf) }), { maxLength: 8, selector: (one) => one.index })
      .map((writes) => writes.toSorted((a, b) => a.index - b.index)),
    trims: fc
      .option(fc.tuple(index, count), { nil: undefined })
      .map((range) => (range ? [{ start: range[0], count: Math.min(range[1], END - range[0]) }] : [])),
  });
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 5 }), expectTheSame), { numRuns: 60 });
});
