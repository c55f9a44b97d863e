import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NodeRow } from '../../src/engine/books/rows.ts';
import { pairsApart, type Taken } from '../../src/service/advice/pairs.ts';
import { changeWithin } from '../../src/service/model/advice/curve.ts';
import { growthPerDay, type Plan, steadyState } from '../../src/service/model/advice/forecast.ts';
import { costOf } from '../../src/service/model/advice/price.ts';
import { gapsOf, worstLossHours } from '../../src/service/model/advice/week.ts';

const HOUR_MS = 3600_000;
const MOST_BLOCKS = 1000;

const subset = (min: number, max: number) =>
  fc
    .uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 7 })
    .map((values) => values.toSorted((a, b) => a - b));
const week = fc.record({ hours: subset(0, 23), weekdays: subset(1, 7) });
const points = fc
  .uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 })
  .map((ages) => ages.map((ageHours) => ({ ageHours, blocks: Math.sqrt(ageHours) * 10 })));

/** Hours of all runs in so many weeks. */
function runsOf({ hours, weekdays }: Pick<Plan, 'hours' | 'weekdays'>, weeks: number): number[] {
  const runs: number[] = [];
  for (let hour = 0; hour < weeks * 168; hour++) {
    const isRun = hours.includes(hour % 24) && weekdays.includes((Math.floor(hour / 24) % 7) + 1);
    if (isRun) runs.push(hour);
  }
  return runs;
}

describe('8.3: the steady state of a policy', () => {
  test('8.3: is the most that a week sees of what is there, run by run', () => {
    fc.assert(
      fc.property(
        week,
        points,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 60 }),
        (of, known, days, quota) => {
          const measured = { totalBlocks: MOST_BLOCKS, totalBytes: 5000, points: known, bytesPerBlock: 7 };
          const told = steadyState({ ...of, retentionDays: days }, measured, quota);
          const runs = runsOf(of, Math.ceil(days / 7) + 3);
          let most = 0;
          for (const now of runs.filter((run) => run >= (Math.ceil(days / 7) + 2) * 168)) {
            const there = runs.filter((run) => run <= now && now - run < days * 24).slice(-quota);
            const blocks = there
              .slice(1)
              .reduce(
                (sum, run, at) => sum + (changeWithin(known, run - (there[at] ?? 0), MOST_BLOCKS)?.blocks ?? 0),
                0,
              );
            most = Math.max(most, Math.round(5000 + blocks * 7));
          }
          expect(Math.abs((told?.storedBytes ?? 0) - most)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test('8.3: adds in a week what its runs find changed', () => {
    fc.assert(
      fc.property(week, points, (of, known) => {
        const measured = { totalBlocks: MOST_BLOCKS, totalBytes: 5000, points: known, bytesPerBlock: 7 };
        const runs = runsOf(of, 2);
        const first = runs.filter((run) => run < 168).length;
        const blocks = runs
          .slice(0, first)
          .reduce(
            (sum, run, at) => sum + (changeWithin(known, (runs[at + 1] ?? 0) - run, MOST_BLOCKS)?.blocks ?? 0),
            0,
          );
        expect(growthPerDay(of, measured)).toBeCloseTo((blocks * 7) / 7, -0.5);
      }),
    );
  });

  test('8.3: loses at most the longest time between two runs', () => {
    fc.assert(
      fc.property(week, (of) => {
        const runs = runsOf(of, 3);
        const gaps = runs.slice(1).map((run, at) => run - (runs[at] as number));
        expect(worstLossHours(of)).toBe(gaps.length === 0 ? 168 : Math.max(...gaps));
        expect(gapsOf(of).reduce((sum, gap) => sum + gap, 0)).toBe(168);
      }),
    );
  });

  test('8.3: is not known where no change is, or where nothing ever ends', () => {
    const measured = { totalBlocks: 9, totalBytes: 9, points: [], bytesPerBlock: 1 };
    const plan = { hours: [0], weekdays: [1, 2], retentionDays: 30 };
    expect(steadyState(plan, measured, 256)).toBeUndefined();
    const known = { ...measured, points: [{ ageHours: 24, blocks: 1 }] };
    expect(steadyState({ ...plan, retentionDays: undefined }, known, 256)).toBeUndefined();
  });
});

describe('8.3: what changes within a time', () => {
  test('8.3: is what was measured, grows with the time, and is never more than the disk', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), (known, a, b) => {
        for (const { ageHours, blocks } of known) {
          expect(changeWithin(known, ageHours, MOST_BLOCKS)).toEqual({
            blocks: expect.closeTo(blocks, 6),
            measured: true,
          });
        }
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((at) => changeWithin(known, at, 90)?.blocks ?? 0);
        expect(less).toBeLessThanOrEqual(more as number);
        expect(more).toBeLessThanOrEqual(90);
      }),
    );
  });

  test('8.3: is unknown without any measure, and marked where it is concluded', () => {
    expect(changeWithin([], 24, MOST_BLOCKS)).toBeUndefined();
    expect(changeWithin([{ ageHours: 24, blocks: 8 }], 168, MOST_BLOCKS)).toEqual({ blocks: 56, measured: false });
  });
});

describe('8.3: pairs of snapshots', () => {
  const taken = fc
    .uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 0, maxLength: 30 })
    .map((hours) =>
      hours.toSorted((a, b) => a - b).map((hour): Taken => ({ atMs: hour * HOUR_MS, node: {} as NodeRow })),
    );

  test('8.3: are as far apart as is asked for, to an eighth, and as many as there are', () => {
    fc.assert(
      fc.property(taken, fc.integer({ min: 1, max: 200 }), fc.integer({ min: 2, max: 6 }), (all, hours, most) => {
        const pairs = pairsApart(all, hours, most);
        const isFit = (a: Taken, b: Taken) => Math.abs((b.atMs - a.atMs) / HOUR_MS - hours) <= hours / 8;
        const fitting = all.filter((newer, at) => all.slice(0, at).some((older) => isFit(older, newer)));
        expect(pairs).toHaveLength(Math.min(most, fitting.length));
        for (const { older, newer } of pairs) expect(isFit(older, newer)).toBe(true);
      }),
    );
  });
});

test('8.3: costs are exact for every number of bytes and every price', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 2 ** 30 }), (bytes, price) => {
      const cost = costOf(bytes, price) as number;
      expect(Number.isSafeInteger(cost)).toBe(true);
      expect(BigInt(cost)).toBe((BigInt(bytes) * BigInt(price)) / 2n ** 30n);
    }),
  );
  expect(costOf(null, 1)).toBeNull();
  expect(costOf(1, undefined)).toBeNull();
});
