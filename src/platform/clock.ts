/** Time as the product sees it; tests inject one that they move by hand. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** Whether `YYYY-MM-DD` is in the calendar: `Date.parse` takes 30 February for 2 March. */
export function isCalendarDay(date: string): boolean {
  const epochMs = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(epochMs) && new Date(epochMs).toISOString().startsWith(date);
}

/** ISO 8601 UTC with milliseconds: sorts as text in the order of time. */
export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** The UTC date, `YYYY-MM-DD`. */
export function dayOf(epochMs: number): string {
  return isoTime(epochMs).slice(0, 10);
}
