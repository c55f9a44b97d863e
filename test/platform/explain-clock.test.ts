import { describe, expect, test } from 'vitest';
import {
  type ClockHistory,
  type ClockObservation,
  type ClockVerdict,
  correctInstant,
  explainClock,
  NO_HISTORY,
  nextHistory,
  PATIENCE_MS,
  TOLERATED_MS,
} from '../../src/platform/time/explain-clock.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const START = Date.UTC(2026, 0, 1);
const BOOTED = 5 * HOUR;

const first: ClockObservation = { at: START, boot: 'a', uptimeMs: BOOTED, isSynchronised: false };
const known = nextHistory(first, NO_HISTORY);

/** What is seen after some time, by a clock that is wrong by `wrongMs`. */
const later = (ms: number, wrongMs = 0, more: Partial<ClockObservation> = {}): ClockObservation => ({
  ...first,
  at: START + ms + wrongMs,
  uptimeMs: BOOTED + ms,
  ...more,
});
/** After a restart: the time since boot begins again, and the machine was off for a while. */
const restarted = (offMs: number, upMs = 0, wrongMs = 0): ClockObservation => ({
  ...first,
  at: START + offMs + upMs + wrongMs,
  boot: 'b',
  uptimeMs: upMs,
});
const kindOf = (seen: ClockObservation, history: ClockHistory = known) => explainClock(seen, history).kind;
/** What is known after the janitor has looked at all of these. */
const seenAll = (observations: readonly ClockObservation[], history: ClockHistory = known) =>
  observations.reduce((before, seen) => nextHistory(seen, before), history);

describe('10.4: within a boot, the time since boot explains the clock', () => {
  test.each([
    ['a minute', 0, 'trusted'],
    ['an hour ahead', TOLERATED_MS, 'trusted'],
    ['more than an hour ahead', TOLERATED_MS + 1, 'ahead'],
    ['40 days ahead', 40 * DAY, 'ahead'],
    ['a year ahead', YEAR, 'ahead'],
    ['an hour behind', -TOLERATED_MS, 'trusted'],
    ['more than an hour behind', -TOLERATED_MS - 1, 'behind'],
    ['40 days behind', -40 * DAY, 'behind'],
  ] as const)('%s', (_, wrongMs, kind) => {
    expect(kindOf(later(MINUTE, wrongMs))).toBe(kind);
    expect(kindOf(later(90 * DAY, wrongMs))).toBe(kind);
  });

  test('a clock does not creep away, an hour at a time', () => {
    const crept = seenAll([later(MINUTE, 50 * MINUTE), later(2 * MINUTE, 60 * MINUTE)]);
    expect(kindOf(later(3 * MINUTE, 61 * MINUTE), crept)).toBe('ahead');
    expect(kindOf(later(3 * MINUTE), crept)).toBe('trusted');
  });

  test('a clock that is right again is trusted at once', () => {
    const jumped = seenAll([later(MINUTE, 40 * DAY)]);
    expect(jumped.doubted).toMatchObject({ at: START + MINUTE + 40 * DAY });
    const healed = nextHistory(later(2 * MINUTE), jumped);
    expect(healed).toEqual({
      trusted: { at: START + 2 * MINUTE, boot: 'a', uptimeMs: BOOTED + 2 * MINUTE },
      behind: [],
    });
  });
});

describe('10.4: across boots', () => {
  test('a restart of less than an hour is explained', () => {
    expect(explainClock(restarted(HOUR), known)).toEqual({ kind: 'trusted', by: 'restart' });
  });

  test.each([
    ['off for more than an hour', HOUR + 1, 'ahead'],
    ['off for 40 days', 40 * DAY, 'ahead'],
    ['before the last trusted instant', -40 * DAY, 'behind'],
  ] as const)('%s is not, until a day has passed without contradiction', (_, offMs, kind) => {
    expect(kindOf(restarted(offMs))).toBe(kind);
    const doubted = nextHistory(restarted(offMs), known);
    expect(kindOf(restarted(offMs, PATIENCE_MS - 1), doubted)).toBe(kind);
    expect(explainClock(restarted(offMs, PATIENCE_MS), doubted)).toEqual({ kind: 'trusted', by: 'patience' });
  });

  test('a clock that moves meanwhile has a day to go from then on', () => {
    const doubted = nextHistory(restarted(40 * DAY), known);
    const moved = nextHistory(restarted(40 * DAY, 23 * HOUR, 2 * HOUR), doubted);
    expect(kindOf(restarted(40 * DAY, 30 * HOUR, 2 * HOUR), moved)).toBe('ahead');
    expect(kindOf(restarted(40 * DAY, 47 * HOUR, 2 * HOUR), moved)).toBe('trusted');
  });

  test('another restart begins the day again', () => {
    const doubted = nextHistory(restarted(40 * DAY), known);
    const again = { ...restarted(40 * DAY, 25 * HOUR), boot: 'c', uptimeMs: 0 };
    expect(kindOf(again, doubted)).toBe('ahead');
  });

  test('a system that names no boot is known by a time since boot that begins again', () => {
    const { boot: _, ...nameless } = first;
    const history = nextHistory(nameless, NO_HISTORY);
    expect(kindOf({ ...nameless, at: START + MINUTE, uptimeMs: BOOTED + MINUTE }, history)).toBe('trusted');
    expect(kindOf({ ...nameless, at: START + 40 * DAY, uptimeMs: 0 }, history)).toBe('ahead');
  });
});

describe('10.4: clocks of others', () => {
  const synchronised = { isSynchronised: true };

  test.each<[string, ClockObservation, ClockVerdict['kind']]>([
    ['a synchronised clock explains a machine that was off', { ...restarted(40 * DAY), ...synchronised }, 'trusted'],
    ['and one that was suspended', later(MINUTE, 5 * DAY, synchronised), 'trusted'],
    ['the clock of the store explains it', { ...restarted(40 * DAY), storeNow: START + 40 * DAY - HOUR }, 'trusted'],
    ['it contradicts', later(MINUTE, 0, { storeNow: START - DAY }), 'ahead'],
    [
      'it contradicts a clock that calls itself synchronised',
      later(0, DAY, { ...synchronised, storeNow: START }),
      'ahead',
    ],
    ['it contradicts a clock that is behind', later(0, -DAY, { ...synchronised, storeNow: START }), 'behind'],
    ['it contradicts the very first look', later(0, DAY, { storeNow: START }), 'ahead'],
  ])('%s', (_, seen, kind) => {
    expect(kindOf(seen)).toBe(kind);
  });

  test('no patience helps against the clock of the store', () => {
    const doubted = seenAll([later(0, DAY, { storeNow: START })]);
    expect(kindOf(later(2 * DAY, DAY, { storeNow: START + 2 * DAY }), doubted)).toBe('ahead');
  });
});

test('10.4: the first look of an installation is believed', () => {
  expect(explainClock(first, NO_HISTORY)).toEqual({ kind: 'trusted', by: 'first' });
});

describe('10.4: what a clock stored that was behind', () => {
  const behind = seenAll([later(MINUTE, -40 * DAY), later(11 * MINUTE, -40 * DAY), later(12 * MINUTE)]).behind;
  const stored = (ms: number) => START + ms - 40 * DAY;

  test.each([
    ['in between', stored(5 * MINUTE), START + 11 * MINUTE],
    ['shortly before it was noticed', stored(-3 * MINUTE), START + 11 * MINUTE],
    ['shortly after the last look', stored(14 * MINUTE), START + 11 * MINUTE],
    ['by a right clock, long before', stored(-DAY), stored(-DAY)],
    ['by a right clock, now', START + 12 * MINUTE, START + 12 * MINUTE],
  ])('%s', (_, at, really) => {
    expect(correctInstant(at, behind)).toBe(really);
  });

  test('is taken as it is where the clock is believed after a day: it was ahead before', () => {
    const doubted = seenAll([later(MINUTE, -40 * DAY), later(DAY, -40 * DAY)]);
    expect(doubted.behind).toHaveLength(1);
    expect(nextHistory(later(MINUTE + PATIENCE_MS, -40 * DAY), doubted).behind).toEqual([]);
  });

  test('is remembered of the last eight times', () => {
    const times = Array.from({ length: 20 }, (_, time) => [later(time * HOUR, -40 * DAY), later(time * HOUR + 1)]);
    expect(seenAll(times.flat()).behind).toHaveLength(8);
  });
});
