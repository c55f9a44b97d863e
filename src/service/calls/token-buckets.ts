import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/clock.ts';

export interface BucketLimits {
  /** How many may come at once. */
  readonly burst: number;
  /** How many come back each second. */
  readonly perSecond: number;
}

/** A token bucket for each key, as many as were used lately: one that is forgotten begins full. */
export interface TokenBuckets {
  /** Takes a token. Answers 0, or the milliseconds until there is one. */
  take(key: string): number;
  /** Gives a token back that should not have counted. */
  giveBack(key: string): void;
}

interface Bucket {
  tokens: number;
  at: number;
}

const MOST_KEYS = 10_000;
/** Of tokens, and of milliseconds. */
const ROUNDING = 1e-6;

export function createTokenBuckets(
  clock: Clock,
  { burst, perSecond }: BucketLimits,
  mostKeys: number = MOST_KEYS,
): TokenBuckets {
  const buckets = new LRUCache<string, Bucket>({ max: mostKeys });
  const bucketOf = (key: string): Bucket => {
    const now = clock.now();
    const bucket = buckets.get(key) ?? { tokens: burst, at: now };
    // A clock that was set back gives nothing, and takes nothing away.
    const gained = (Math.max(0, now - bucket.at) / 1000) * perSecond;
    bucket.tokens = Math.min(burst, bucket.tokens + gained);
    bucket.at = now;
    buckets.set(key, bucket);
    return bucket;
  };
  return {
    take: (key) => {
      const bucket = bucketOf(key);
      const missing = 1 - bucket.tokens;
      if (missing > ROUNDING) return Math.ceil((missing / perSecond) * 1000 - ROUNDING);
      bucket.tokens -= 1;
      return 0;
    },
    giveBack: (key) => {
      const bucket = bucketOf(key);
      bucket.tokens = Math.min(burst, bucket.tokens + 1);
    },
  };
}
