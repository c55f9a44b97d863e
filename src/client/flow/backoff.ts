export interface Backoff {
  /** Tries in all, the first included. */
  readonly attempts: number;
  readonly firstMs: number;
  readonly mostMs: number;
}

/**
 * About 20 s in all: longer than a restart of the service takes, shorter than a user's patience.
 */
export const DEFAULT_BACKOFF: Backoff = { attempts: 8, firstMs: 100, mostMs: 5000 };

/**
 * How long to wait before try number `attempt` (1 = the first repetition): full jitter, as AWS's
 * clients do it.
 */
export function backoffMs(attempt: number, { firstMs, mostMs }: Backoff, random: () => number): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** (attempt - 1));
  return Math.ceil(ceiling * (0.5 + random() / 2));
}
