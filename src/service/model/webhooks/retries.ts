const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Between the tries of one event; the last again and again. */
const WAITS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
] as const;

/** The longest that a try is put off, with its spread. */
export const LONGEST_RETRY_MS = 5 * HOUR_MS;

/** How long an event is tried. */
export const TRIED_FOR_MS = 24 * HOUR_MS;

/** How long a receiver may take nothing before it is switched off. */
export const DISABLED_AFTER_MS = 5 * 24 * HOUR_MS;

/** So many tries in a row that came to nothing mean that the receiver is down. */
export const DOWN_AFTER = 5;
const FIRST_QUIET_MS = 30 * SECOND_MS;
export const LONGEST_QUIET_MS = 10 * MINUTE_MS;

/** How long one more try of an event waits. `spread` in [0, 1): many do not come back at once. */
export function waitAfterTry(attempts: number, spread: number): number {
  const wait = WAITS_MS[Math.min(attempts, WAITS_MS.length) - 1] ?? WAITS_MS[0];
  return Math.round(wait * (1 + spread / 5));
}

/**
 * How long a receiver that is down is left alone, after so many failures in a row: it gets one
 * event then, however many wait. Nothing for one that may be up.
 */
export function quietAfter(failures: number): number {
  if (failures < DOWN_AFTER) return 0;
  return Math.min(LONGEST_QUIET_MS, FIRST_QUIET_MS * 2 ** Math.min(failures - DOWN_AFTER, 10));
}
