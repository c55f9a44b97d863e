import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextRun } from '../../src/service/model/policies/schedule.ts';
import { breachAtMs, hoursOfPolicy, longestGapHours, objectiveOf } from '../../src/service/model/watch/objective.ts';

const HOUR_MS = 3600_000;
const ALL_WEEK = [1, 2, 3, 4, 5, 6, 7];
const DAILY = { hours: [3], weekdays: ALL_WEEK };
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
/** Clocks change in it. */
const MARCH = Date.UTC(2026, 2, 1);

const subset = (from: number, to: number) =>
  fc.uniqueArray(fc.integer({ min: from, max: to }), { minLength: 1 }).map((list) => list.toSorted((a, b) => a - b));

describe('8.4: what a policy’s schedule promises', () => {
  test.each([
    { hours: [0], weekdays: ALL_WEEK, gap: 24 },
    { hours: [0, 12], weekdays: ALL_WEEK, gap: 12 },
    { hours: [1, 2, 3], weekdays: ALL_WEEK, gap: 22 },
    { hours: [9], weekdays: [1, 2, 3, 4, 5], gap: 72 },
    { hours: [9, 17], weekdays: [1], gap: 160 },
    { hours: [5], weekdays: [4], gap: 168 },
  ])('$hours on $weekdays leaves at most $gap hours', ({ gap, ...schedule }) => {
    expect(longestGapHours(schedule)).toBe(gap);
  });

  test('no two runs are further apart than the objective, in any zone and when clocks change', () => {
    fc.assert(
      fc.property(subset(0, 23), subset(1, 7), fc.constantFrom(...ZONES), (hours, weekdays, timeZone) => {
        const allowed = hoursOfPolicy({ hours, weekdays }) * HOUR_MS;
        let run = nextRun({ hours, weekdays, timeZone }, MARCH);
        for (let count = 0; count < 60; count++) {
          const next = nextRun({ hours, weekdays, timeZone }, run);
          expect(next - run).toBeLessThanOrEqual(allowed);
          run = next;
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('8.4: which objective holds', () => {
  const gold = { key: 'tier', value: 'gold', hours: 4, order: '1' };
  const home = { key: 'place', value: 'home', hours: 48, order: '2' };
  const tags = [
    { key: 'place', value: 'home' },
    { key: 'tier', value: 'gold' },
  ];

  test('none, where nothing sets one', () => {
    expect(objectiveOf({ tags: [] }, [gold], undefined)).toBeUndefined();
  });

  test('that of the policy, where no person has set one', () => {
    expect(objectiveOf({ tags: [] }, [gold], DAILY)).toEqual({ hours: 26, source: 'POLICY' });
  });

  test('that of a tag with the same value', () => {
    const tag = { key: 'tier', value: 'gold' };
    expect(objectiveOf({ tags }, [home, gold], DAILY)).toEqual({ hours: 4, source: 'TAG', tag });
    expect(objectiveOf({ tags: [{ key: 'tier', value: 'tin' }] }, [gold], undefined)).toBeUndefined();
  });

  test('the strictest of the disk’s own and of its tags', () => {
    expect(objectiveOf({ tags, objectiveHours: 2 }, [home, gold], DAILY)).toEqual({ hours: 2, source: 'DISK' });
    expect(objectiveOf({ tags, objectiveHours: 9 }, [home, gold], DAILY)).toMatchObject({ hours: 4, source: 'TAG' });
  });

  test('one that a person has set counts though the policy’s is stricter', () => {
    expect(objectiveOf({ tags: [], objectiveHours: 100 }, [], DAILY)).toEqual({ hours: 100, source: 'DISK' });
  });

  test('none of them, where the disk is exempt', () => {
    expect(objectiveOf({ tags, objectiveHours: 0 }, [gold], DAILY)).toBe('none');
  });
});

describe('8.4: when a disk is in breach', () => {
  const createdAt = '2026-01-01T00:00:00.000Z';
  const newestUsableAt = '2026-01-05T00:00:00.000Z';
  const coveredAt = '2026-01-09T00:00:00.000Z';

  test('so many hours after its newest usable snapshot', () => {
    expect(breachAtMs({ hours: 6, source: 'DISK' }, { createdAt, newestUsableAt })).toBe(Date.UTC(2026, 0, 5, 6));
  });

  test('so many after it was made, where it has none', () => {
    const since = { createdAt, newestUsableAt: undefined };
    expect(breachAtMs({ hours: 6, source: 'TAG' }, since)).toBe(Date.UTC(2026, 0, 1, 6));
  });

  test('a policy promises nothing for the time before it, a person’s objective does', () => {
    const since = { createdAt, newestUsableAt, coveredAt };
    expect(breachAtMs({ hours: 26, source: 'POLICY' }, since)).toBe(Date.UTC(2026, 0, 10, 2));
    expect(breachAtMs({ hours: 26, source: 'DISK' }, since)).toBe(Date.UTC(2026, 0, 6, 2));
  });
});
