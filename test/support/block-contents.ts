import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { ObjectId } from '../../src/engine/blocks/block.ts';
import type { BlockRange, BlockWrite } from '../../src/engine/contract.ts';

/** A block id that stands for `value`. */
export function blockId(value: number): ObjectId {
  return createHash('sha256').update(`block ${value}`).digest('hex') as ObjectId;
}

/**
 * Block indices that make trees of every height: close together, across page borders, and far
 * apart.
 */
export const blockIndex: fc.Arbitrary<number> = fc.oneof(
  fc.nat({ max: 6 }),
  fc.integer({ min: 1020, max: 1030 }),
  fc.integer({ min: 1024 * 1024 - 3, max: 1024 * 1024 + 3 }),
  fc.constantFrom(2 * 1024 * 1024, 100 * 1024 * 1024),
);

export const writes: fc.Arbitrary<BlockWrite[]> = fc
  .uniqueArray(fc.record({ index: blockIndex, value: fc.nat({ max: 5 }) }), {
    selector: ({ index }) => index,
    maxLength: 8,
  })
  .map((list) => list.sort((a, b) => a.index - b.index).map(({ index, value }) => ({ index, id: blockId(value) })));

export const trims: fc.Arbitrary<BlockRange[]> = fc.array(
  fc.record({
    start: blockIndex,
    count: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(1024, 1024 * 1024, 27 * 1024 * 1024)),
  }),
  { maxLength: 2 },
);

/** A disk as anyone would model it. */
export type Contents = ReadonlyMap<number, ObjectId>;

export function applyNaively(
  contents: Contents,
  change: { writes: readonly BlockWrite[]; trims: readonly BlockRange[] },
): Contents {
  const next = new Map(contents);
  for (const { start, count } of change.trims) {
    for (const index of contents.keys()) if (index >= start && index < start + count) next.delete(index);
  }
  for (const { index, id } of change.writes) next.set(index, id);
  return next;
}
