import fc from 'fast-check';
import type { BlockRange, BlockWrite } from '../../src/engine/contract.ts';
import { blockId, trims as tallTrims, writes as tallWrites } from './block-contents.ts';

interface Change {
  readonly writes: readonly BlockWrite[];
  readonly trims: readonly BlockRange[];
}

/**
 * Steps name what they act on by a number that is taken modulo what there is, so that every
 * sequence makes sense.
 */
export type Step =
  | ({ readonly do: 'commit' | 'commitToDraft'; readonly on: number } & Change)
  | { readonly do: 'snapshot' | 'remove' | 'clone' | 'image' | 'release' | 'hold' | 'unhold'; readonly on: number }
  | { readonly do: 'trash' | 'trashDisk' | 'untrash' | 'purge'; readonly on: number }
  | { readonly do: 'openDraft' | 'adoptDraft' | 'discardDraft'; readonly on: number }
  | { readonly do: 'removeMany'; readonly on: number; readonly many: number }
  | { readonly do: 'rollback'; readonly on: number; readonly to: number }
  | { readonly do: 'beginCopy'; readonly on: number; readonly base: number }
  | { readonly do: 'copyOn' | 'finishCopy' | 'abandonCopy'; readonly on: number }
  | { readonly do: 'create'; readonly domain: number }
  | { readonly do: 'work' | 'settle' }
  | { readonly do: 'reclaim' | 'janitor'; readonly minutes: number }
  | { readonly do: 'upload'; readonly domain: number; readonly writes: readonly BlockWrite[] }
  | { readonly do: 'scrub'; readonly repair: boolean }
  | Harm;

/** What something else than Varve does to a block that is alive, or to the count of it. */
export interface Harm {
  readonly do: 'harm';
  readonly on: number;
  /** `broken`: as only who has the key can see. */
  readonly how: 'missing' | 'cut' | 'changed' | 'broken' | 'miscounted';
  /** Whether somebody reads it then, and says so. */
  readonly met: boolean;
}

/**
 * Within few pages, and with few contents: histories of these are fast, and their contents meet.
 */
const lowIndex = fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 5 }) }, { weight: 1, arbitrary: fc.constant(1024) });
const lowWrites: fc.Arbitrary<BlockWrite[]> = fc
  .uniqueArray(fc.tuple(lowIndex, fc.nat({ max: 4 })), { selector: ([index]) => index, maxLength: 4 })
  .map((list) => list.sort(([a], [b]) => a - b).map(([index, value]) => ({ index, id: blockId(value) })));
const lowTrims: fc.Arbitrary<BlockRange[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<BlockRange[]>([]) },
  {
    weight: 1,
    arbitrary: fc.record({ start: lowIndex, count: fc.constantFrom(1, 3, 1024) }).map((trim): BlockRange[] => [trim]),
  },
);

function stepOf(writes: fc.Arbitrary<BlockWrite[]>, trims: fc.Arbitrary<BlockRange[]>): fc.Arbitrary<Step> {
  const on = fc.nat({ max: 30 });
  const named = <D extends string>(weight: number, ...names: readonly D[]) => ({
    weight,
    arbitrary: fc.record({ do: fc.constantFrom(...names), on }),
  });
  return fc.oneof(
    { weight: 7, arbitrary: fc.record({ do: fc.constant('commit' as const), on, writes, trims }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('commitToDraft' as const), on, writes, trims }) },
    named(4, 'snapshot'),
    named(3, 'remove'),
    named(2, 'clone'),
    named(2, 'image', 'release', 'discardDraft'),
    named(3, 'openDraft', 'adoptDraft'),
    named(4, 'trash', 'trash', 'trashDisk'),
    named(5, 'untrash', 'untrash', 'purge'),
    named(2, 'hold', 'hold', 'unhold'),
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('removeMany' as const), on, many: fc.integer({ min: 2, max: 4 }) }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('rollback' as const), on, to: on }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('beginCopy' as const), on, base: on }) },
    named(4, 'copyOn', 'copyOn', 'finishCopy', 'finishCopy', 'abandonCopy'),
    { weight: 1, arbitrary: fc.record({ do: fc.constant('create' as const), domain: on }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('work' as const, 'work' as const, 'settle' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constantFrom('reclaim' as const, 'janitor' as const),
        minutes: fc.constantFrom(0, 1, 20, 30 * 60),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('upload' as const), domain: on, writes }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('scrub' as const), repair: fc.boolean() }) },
  );
}

export const lowStep: fc.Arbitrary<Step> = stepOf(lowWrites, lowTrims);
/** In trees of every height. */
export const tallStep: fc.Arbitrary<Step> = stepOf(tallWrites, tallTrims);

const harm: fc.Arbitrary<Harm> = fc.record({
  do: fc.constant('harm' as const),
  on: fc.nat({ max: 30 }),
  how: fc.constantFrom(
    'missing' as const,
    'cut' as const,
    'changed' as const,
    'broken' as const,
    'miscounted' as const,
  ),
  met: fc.boolean(),
});
/** In a world that is not kind. */
export const withHarm = (step: fc.Arbitrary<Step>): fc.Arbitrary<Step> =>
  fc.oneof({ weight: 24, arbitrary: step }, { weight: 1, arbitrary: harm });
