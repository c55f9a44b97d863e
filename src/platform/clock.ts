/** Time as the product sees it; tests inject one that they move by hand. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** ISO 8601 UTC with milliseconds: sorts as text in the order of time. */
export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
