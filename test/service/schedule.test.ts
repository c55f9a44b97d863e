import { describe, expect, test } from 'vitest';
import { localDate, nextRun, type Schedule, slotsBetween } from '../../src/service/model/policies/schedule.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const FROM = Date.UTC(2020, 0, 1);
const TO = Date.UTC(2036, 0, 1);
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const EVERY_HOUR = Array.from({ length: 24 }, (_, hour) => hour);

/**
 * What a zone's clocks show, by the engine's own tables, as milliseconds of a UTC that shows the
 * same.
 */
function wallClock(timeZone: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (atMs) => {
    const of = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(of.year ?? 0, (of.month ?? 0) - 1, of.day, of.hour, of.minute);
  };
}

function remembered(shows: (atMs: number) => number): (atMs: number) => number {
  const known = new Map<number, number>();
  return (atMs) => known.get(atMs) ?? known.set(atMs, shows(atMs)).get(atMs) ?? 0;
}

/** Instants from which on the offset is another one. */
function transitions(timeZone: string): number[] {
  const shows = wallClock(timeZone);
  const offset = (atMs: number) => shows(atMs) - atMs;
  const found: number[] = [];
  // Ramadan clocks go back and forth within five weeks; nobody changes twice within six days.
  for (let at = FROM; at < TO; at += 6 * DAY_MS) {
    let [low, high] = [at, at + 6 * DAY_MS];
    if (offset(low) === offset(high)) continue;
    while (high - low > MINUTE_MS) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
      if (offset(middle) === offset(low)) low = middle;
      else high = middle;
    }
    found.push(high);
  }
  return found;
}

/**
 * The reference: looks at a clock minute by minute, and runs an hour of a day at the first minute
 * at which it has been reached or passed. Knows nothing of offsets.
 */
function watch(schedule: Schedule, fromMs: number, toMs: number, shows: (atMs: number) => number): number[] {
  const runs: number[] = [];
  let reached = shows(fromMs - MINUTE_MS);
  for (let at = fromMs; at <= toMs; at += MINUTE_MS) {
    const shown = shows(at);
    let isDue = false;
    for (let hour = nextHour(reached); hour <= shown; hour += HOUR_MS) isDue ||= isMeant(schedule, hour);
    if (isDue) runs.push(at);
    reached = Math.max(reached, shown);
  }
  return runs;
}

const nextHour = (shown: number) => Math.floor(shown / HOUR_MS) * HOUR_MS + HOUR_MS;
function isMeant({ hours, weekdays }: Schedule, shown: number): boolean {
  const date = new Date(shown);
  return hours.includes(date.getUTCHours()) && weekdays.includes(date.getUTCDay() || 7);
}

/** One zone for each different set of transitions and offsets around them. */
function differentZones(): Map<string, readonly number[]> {
  const zones = new Map<string, { timeZone: string; at: readonly number[] }>();
  for (const timeZone of Intl.supportedValuesOf('timeZone')) {
    const shows = wallClock(timeZone);
    const at = transitions(timeZone);
    const key = JSON.stringify(at.map((ms) => [ms, shows(ms) - shows(ms - MINUTE_MS)]));
    if (!zones.has(key)) zones.set(key, { timeZone, at });
  }
  return new Map([...zones.values()].map(({ timeZone, at }) => [timeZone, at]));
}

describe('5.8: hours, weekdays and clock changes', () => {
  test('every clock change of the world from 2020 to 2035, against a clock that is watched', () => {
    const zones = differentZones();
    let compared = 0;
    for (const [timeZone, at] of zones) {
      const shows = remembered(wallClock(timeZone));
      for (const change of at) {
        const [from, to] = [change - 2 * HOUR_MS, change + 2 * HOUR_MS];
        for (const schedule of [
          { hours: EVERY_HOUR, weekdays: EVERY_DAY, timeZone },
          { hours: [0, 2], weekdays: [7], timeZone },
        ]) {
          const slots = slotsBetween(schedule, from, to, 100);
          expect(slots, `${timeZone} ${new Date(change).toISOString()}`).toEqual(watch(schedule, from, to, shows));
          compared++;
        }
      }
    }
    expect(zones.size).toBeGreaterThan(40);
    expect(compared).toBeGreaterThan(1000);
  }, 240_000);

  test.each([
    // Berlin: 2026-03-29 02:00 → 03:00, 2026-10-25 03:00 → 02:00.
    {
      name: 'a skipped hour runs where the clocks go on',
      timeZone: 'Europe/Berlin',
      hours: [2],
      after: '2026-03-28T12:00Z',
      next: '2026-03-29T01:00:00.000Z',
    },
    {
      name: 'and the day after at its own time',
      timeZone: 'Europe/Berlin',
      hours: [2],
      after: '2026-03-29T01:00Z',
      next: '2026-03-30T00:00:00.000Z',
    },
    {
      name: 'a skipped hour and the next one are one run',
      timeZone: 'Europe/Berlin',
      hours: [2, 3],
      after: '2026-03-29T01:00Z',
      next: '2026-03-30T00:00:00.000Z',
    },
    {
      name: 'a repeated hour runs the first time',
      timeZone: 'Europe/Berlin',
      hours: [2],
      after: '2026-10-24T12:00Z',
      next: '2026-10-25T00:00:00.000Z',
    },
    {
      name: 'and not the second time',
      timeZone: 'Europe/Berlin',
      hours: [2],
      after: '2026-10-25T00:00Z',
      next: '2026-10-26T01:00:00.000Z',
    },
    {
      name: 'half an hour is skipped',
      timeZone: 'Australia/Lord_Howe',
      hours: [2],
      after: '2026-10-03T12:00Z',
      next: '2026-10-03T15:30:00.000Z',
    },
    {
      name: 'midnight is skipped',
      timeZone: 'America/Santiago',
      hours: [0],
      after: '2026-09-05T12:00Z',
      next: '2026-09-06T04:00:00.000Z',
    },
    {
      name: 'a zone of 45 minutes',
      timeZone: 'Asia/Kathmandu',
      hours: [0],
      after: '2026-01-01T00:00Z',
      next: '2026-01-01T18:15:00.000Z',
    },
    {
      name: 'strictly after',
      timeZone: 'UTC',
      hours: [5],
      after: '2026-01-01T05:00Z',
      next: '2026-01-02T05:00:00.000Z',
    },
    {
      name: 'an hour of a day that a zone left out',
      timeZone: 'Pacific/Apia',
      hours: [9],
      after: '2011-12-29T19:00Z',
      next: '2011-12-30T10:00:00.000Z',
    },
  ])('$name', ({ timeZone, hours, after, next }) => {
    const schedule = { hours, weekdays: EVERY_DAY, timeZone };
    expect(new Date(nextRun(schedule, Date.parse(after))).toISOString()).toBe(next);
  });

  test('weekdays are those of the zone', () => {
    const monday = { hours: [0], weekdays: [1], timeZone: 'Pacific/Auckland' };
    const next = nextRun(monday, Date.parse('2026-01-07T00:00Z'));
    expect(new Date(next).toISOString()).toBe('2026-01-11T11:00:00.000Z');
    expect(localDate(monday, next)).toBe('20260112');
  });

  test('slots are listed from the first to the limit, ends included', () => {
    const schedule = { hours: [0, 12], weekdays: EVERY_DAY, timeZone: 'UTC' };
    const at = (text: string) => Date.parse(text);
    expect(slotsBetween(schedule, at('2026-01-01T00:00Z'), at('2026-01-02T00:00Z'), 10)).toEqual(
      ['2026-01-01T00:00Z', '2026-01-01T12:00Z', '2026-01-02T00:00Z'].map(at),
    );
    expect(slotsBetween(schedule, at('2026-01-01T00:00Z'), at('2027-01-01T00:00Z'), 2)).toHaveLength(2);
    expect(slotsBetween(schedule, at('2026-01-01T00:01Z'), at('2026-01-01T11:59Z'), 2)).toEqual([]);
  });
});
