export interface Backoff {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** A service that restarts is found again within seconds of its start. */
export const DEFAULT_BACKOFF: Backoff = { firstMs: 100, mostMs: 5000 };

/**
 * How long to wait before try number `attempt` (1 = the first repetition): full jitter, as AWS's
 * clients do it.
 */
export function backoffMs(attempt: number, { firstMs, mostMs }: Backoff, random: () => number): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** (attempt - 1));
  return Math.ceil(ceiling * (0.5 + random() / 2));
}
