const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** A span of time in words, in the largest unit that it fills once: `40 s`, `4 min` or `2 h`. */
export function formatSpan(ms: number): string {
  if (Math.round(ms / SECOND_MS) < 60) return `${Math.round(ms / SECOND_MS)} s`;
  if (Math.round(ms / MINUTE_MS) < 60) return `${Math.round(ms / MINUTE_MS)} min`;
  return `${Math.round(ms / HOUR_MS)} h`;
}
