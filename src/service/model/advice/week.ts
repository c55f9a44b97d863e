/** When a policy runs in each week, by its own clocks. */
export interface Week {
  /** 0–23, in ascending order. */
  readonly hours: readonly number[];
  /** 1 = Monday … 7 = Sunday, in ascending order. */
  readonly weekdays: readonly number[];
}

const DAY_HOURS = 24;
const WEEK_HOURS = 7 * DAY_HOURS;

/**
 * Hours from each run of a week to the next one. Clock changes are left out: they move a run by an
 * hour, twice a year.
 */
export function gapsOf({ hours, weekdays }: Week): readonly number[] {
  const runs = weekdays.flatMap((day) => hours.map((hour) => (day - 1) * DAY_HOURS + hour));
  return runs.map((run, at) => (runs[at + 1] ?? (runs[0] as number) + WEEK_HOURS) - run);
}

/** What is lost at worst: everything since the latest run, just before the next one. */
export function worstLossHours(week: Week): number {
  return Math.max(...gapsOf(week));
}

/**
 * Weekdays such that no two runs are further apart than that many days. Policies go by weekdays, so
 * a run of every second day would be on other days each week.
 */
const WEEKDAYS_EVERY: Readonly<Record<number, readonly number[]>> = {
  1: [1, 2, 3, 4, 5, 6, 7],
  2: [1, 3, 5, 7],
  3: [1, 4, 6],
  7: [1],
};

/** One run each so many days (1, 2, 3 or 7), at that hour. */
export function everyDays(days: number, hour: number): Week {
  return { hours: [hour], weekdays: WEEKDAYS_EVERY[days] ?? [] };
}

/** Whether a week has fewer runs than another. */
export function isSparser(week: Week, than: Week): boolean {
  return gapsOf(week).length < gapsOf(than).length;
}
