import { setTimeout as sleep } from 'node:timers/promises';
import { VarveError } from './errors.ts';
import { isPassing } from './passing-trouble.ts';

export interface RetryLimits {
  readonly attempts: number;
  readonly attemptMs: number;
  /** For all attempts and waits together. */
  readonly totalMs: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
}

export interface RetryOptions extends RetryLimits {
  /** Whom callers are told to be busy. */
  readonly what: string;
  /** In [0, 1). */
  readonly random: () => number;
  /** The caller's own: once it is aborted, nothing is tried again. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Full jitter: a random wait below a limit that doubles, so that many clients that were turned away
 * together do not come back together. What is still troubled at the end is
 * `VarveError('Throttled')`.
 */
export async function withRetries<T>(options: RetryOptions, attempt: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { attempts, attemptMs, totalMs, signal } = options;
  const own = signal === undefined ? [] : [signal];
  const total = AbortSignal.any([AbortSignal.timeout(totalMs), ...own]);
  for (let made = 1; ; made++) {
    try {
      return await attempt(AbortSignal.any([total, AbortSignal.timeout(attemptMs)]));
    } catch (error) {
      if (!isPassing(error) || signal?.aborted === true) throw error;
      if (made === attempts || total.aborted) throw throttled(options, error);
      await sleep(waitBefore(made + 1, options), undefined, { signal: total }).catch((cause: unknown) => {
        throw throttled(options, cause);
      });
    }
  }
}

/** Milliseconds to wait before attempt number `attempt` (2 is the first that waits). */
export function waitBefore(
  attempt: number,
  { firstWaitMs, longestWaitMs, random }: Pick<RetryOptions, 'firstWaitMs' | 'longestWaitMs' | 'random'>,
): number {
  return Math.floor(random() * Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 2)));
}

function throttled({ what, longestWaitMs }: RetryOptions, cause: unknown): VarveError {
  return new VarveError('Throttled', `${what} is busy.`, { retryAfterMs: longestWaitMs }, cause);
}
