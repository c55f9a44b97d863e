import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlockRanges } from '../../src/attach/overlay/block-ranges.ts';
import { blockParts, Generation } from '../../src/attach/overlay/generation.ts';
import { resolve } from '../../src/attach/overlay/resolve.ts';
import { BLOCK_BYTES, blockCount } from '../../src/engine/blocks/block.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';

const SIZE = 3 * BLOCK_BYTES + 5000;

/** Bounds near those of blocks, where mistakes live, and anywhere else. */
const bound = fc.oneof(
  fc.integer({ min: 0, max: SIZE }),
  fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -2, max: 2 }))
    .map(([block, by]) => Math.min(Math.max(block * BLOCK_BYTES + by, 0), SIZE)),
  fc.constant(SIZE),
);
const range = fc
  .tuple(bound, bound)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({ offset: Math.min(a, b), length: Math.abs(a - b) }));
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('write' as const), range, fill: fc.integer({ min: 1, max: 255 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('zero' as const), range }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close' as const) }) },
);

/** A run that says what every byte of it is; `first` is where on the disk it begins. */
interface FillRun {
  readonly fill: number;
  readonly first: number;
}

describe('layers of uncommitted bytes', () => {
  test('read as a plain array of bytes does', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 24 }), (steps) => {
        const model = Buffer.alloc(SIZE, 0xee);
        let generations = [new Generation<FillRun>(1, SIZE)];
        for (const one of steps) {
          const [newest] = generations as [Generation<FillRun>];
          if (one.kind === 'close') generations = [new Generation<FillRun>(newest.number + 1, SIZE), ...generations];
          else if (one.kind === 'zero') {
            newest.zero(one.range.offset, one.range.length);
            model.fill(0, one.range.offset, one.range.offset + one.range.length);
          } else {
            for (const part of blockParts(one.range.offset, one.range.length))
              newest.write(part, { fill: one.fill, first: part.block * BLOCK_BYTES + part.from });
            model.fill(one.fill, one.range.offset, one.range.offset + one.range.length);
          }
        }
        expect(read(generations).equals(model)).toBe(true);
        for (const generation of generations) expect(countedPieces(generation)).toBe(generation.pieces);
      }),
      { numRuns: 250, ...FUZZ_SEED },
    );
  });

  test('blocks that become zeros as a whole are holes, the last one too', () => {
    const generation = new Generation<FillRun>(1, SIZE);
    for (const part of blockParts(0, SIZE)) generation.write(part, { fill: 1, first: 0 });
    generation.zero(BLOCK_BYTES, BLOCK_BYTES);
    generation.zero(0, 100);
    generation.zero(100, BLOCK_BYTES - 100);
    generation.zero(3 * BLOCK_BYTES, 5000);
    expect(generation.holes()).toEqual([
      { start: 0, count: 2 },
      { start: 3, count: 1 },
    ]);
    expect(generation.patchedBlocks()).toEqual([2]);
    expect([generation.nextChange(0), generation.nextChange(2), generation.nextChange(4)]).toEqual([0, 2, undefined]);
  });

  test('a hole of any size costs one range', () => {
    const size = 64 * 1024 ** 4;
    const generation = new Generation<FillRun>(1, size);
    generation.zero(0, size);
    expect(generation.changes).toBe(1);
    expect(generation.isHole(blockCount(size) - 1)).toBe(true);
  });
});

test('ranges of blocks are the set of their blocks, in as few ranges as that takes', () => {
  const added = fc.array(fc.record({ start: fc.integer({ min: 0, max: 60 }), count: fc.integer({ min: 1, max: 9 }) }));
  fc.assert(
    fc.property(added, (list) => {
      const ranges = new BlockRanges();
      const model = new Set<number>();
      for (const one of list) {
        ranges.add(one);
        for (let block = one.start; block < one.start + one.count; block++) model.add(block);
      }
      for (let block = 0; block < 72; block++) {
        expect(ranges.has(block)).toBe(model.has(block));
        const next = [...model].filter((other) => other >= block).sort((a, b) => a - b)[0];
        expect(ranges.nextFrom(block)?.start).toBe(next);
      }
      const begins = [...model].filter((block) => !model.has(block - 1));
      expect(ranges.list().map(({ start }) => start)).toEqual(begins.sort((a, b) => a - b));
      expect(ranges.list().reduce((sum, { count }) => sum + count, 0)).toBe(model.size);
    }),
    { numRuns: 300, ...FUZZ_SEED },
  );
});

function read(newestFirst: readonly Generation<FillRun>[]): Buffer {
  const bytes = Buffer.alloc(SIZE);
  for (const part of blockParts(0, SIZE)) {
    const begin = part.block * BLOCK_BYTES;
    const { pieces, below } = resolve(newestFirst, part);
    bytes.fill(below === 'ZEROS' ? 0 : 0xee, begin + part.from, begin + part.to);
    if (below === 'NOTHING') expect(pieces.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(part.to - part.from);
    for (const { from, to, run, skip } of pieces) {
      if (run !== undefined) expect(run.first + skip).toBe(begin + from);
      bytes.fill(run?.fill ?? 0, begin + from, begin + to);
    }
  }
  return bytes;
}

function countedPieces(generation: Generation<FillRun>): number {
  return generation.patchedBlocks().reduce((sum, block) => sum + (generation.patch(block)?.length ?? 0), 0);
}
