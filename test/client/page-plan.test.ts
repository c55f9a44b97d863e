import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlockName } from '../../src/client/threads/tasks.ts';
import { comparePage, leafPageId, split } from '../../src/client/upload/page-plan.ts';
import { type ObjectId, PAGE_FANOUT } from '../../src/engine/blocks/block.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';

const id = (digit: string) => digit.repeat(64) as ObjectId;
const A = id('a');
const B = id('b');

describe('leafPageId', () => {
  it('is none for a page of holes', () => {
    expect(leafPageId(new Array<BlockName>(PAGE_FANOUT).fill(undefined))).toBeUndefined();
  });

  it('does not depend on how many holes follow', () => {
    expect(leafPageId([A, undefined, B])).toBe(leafPageId([A, undefined, B, undefined]));
    expect(leafPageId([A, undefined, B])).not.toBe(leafPageId([A, B]));
  });
});

describe('comparePage', () => {
  it('tells runs of changed blocks, trims and what is the same', () => {
    expect(comparePage(2048, [A, A, A, B, B], [A, B, B, undefined, undefined, A])).toEqual({
      changed: [
        { first: 2049, count: 2 },
        { first: 2053, count: 1 },
      ],
      trims: [{ start: 2051, count: 2 }],
      unchanged: 1,
    });
  });

  it('turns any page into any other', () => {
    const page = fc.array(fc.constantFrom<BlockName>(undefined, A, B), { maxLength: 40 });
    fc.assert(
      fc.property(page, page, (before, after) => {
        const { changed, trims } = comparePage(0, before, after);
        const made = [...before];
        for (const { start, count } of trims) made.fill(undefined, start, start + count);
        for (const { first, count } of changed) for (let at = first; at < first + count; at++) made[at] = after[at];
        expect(leafPageId(made)).toBe(leafPageId(after));
      }),
      FUZZ_SEED,
    );
  });
});

describe('split', () => {
  it.each([
    [{ first: 5, count: 0 }, []],
    [{ first: 5, count: 3 }, [{ first: 5, count: 3 }]],
    [
      { first: 5, count: 9 },
      [
        { first: 5, count: 4 },
        { first: 9, count: 4 },
        { first: 13, count: 1 },
      ],
    ],
  ])('cuts %o', (run, parts) => {
    expect(split(run, 4)).toEqual(parts);
  });
});
