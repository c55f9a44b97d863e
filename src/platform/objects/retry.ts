import { setTimeout as sleep } from 'node:timers/promises';
import { VarveError } from '../errors.ts';

/** Thrown by an attempt that may well succeed when it is made again. */
export class PassingTrouble extends Error {
  override readonly name = 'PassingTrouble';
}

export interface RetryLimits {
  readonly attempts: number;
  readonly attemptMs: number;
  /** For all attempts and waits together. */
  readonly totalMs: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
}

export interface RetryOptions extends RetryLimits {
  /** In [0, 1). */
  readonly random: () => number;
}

/**
 * Full jitter: a random wait below a limit that doubles, so that many clients that were turned away together do not come
 * back together. What is still troubled at the end is `VarveError('Throttled')`.
 */
export async function withRetries<T>(options: RetryOptions, attempt: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const total = AbortSignal.timeout(options.totalMs);
  for (let made = 1; ; made++) {
    try {
      return await attempt(AbortSignal.any([total, AbortSignal.timeout(options.attemptMs)]));
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (made === options.attempts || total.aborted) throw throttled(options, error);
      await sleep(waitBefore(made + 1, options), undefined, { signal: total }).catch((cause: unknown) => {
        throw throttled(options, cause);
      });
    }
  }
}

/** Milliseconds to wait before attempt number `attempt` (2 is the first that waits). */
export function waitBefore(attempt: number, { firstWaitMs, longestWaitMs, random }: RetryOptions): number {
  return Math.floor(random() * Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 2)));
}

const PASSING_NAMES = new Set(['PassingTrouble', 'AbortError', 'TimeoutError']);
const PASSING_CODES = new Set(['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN']);

function isPassing(error: unknown): boolean {
  const { name, code } = error as { name?: string; code?: string };
  return PASSING_NAMES.has(name ?? '') || PASSING_CODES.has(code ?? '');
}

function throttled({ longestWaitMs }: RetryOptions, cause: unknown): VarveError {
  return new VarveError('Throttled', 'The object store is busy.', { retryAfterMs: longestWaitMs }, cause);
}
