import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { Clock } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { type BucketLimits, createTokenBuckets, type TokenBuckets } from '../calls/token-buckets.ts';
import { networkOf } from './address.ts';
import { createFairQueue, type FairQueueLimits, RETRY_AFTER_MS } from './fair-queue.ts';

/** Each of one process: a function on AWS has many of them, behind the limits of its gateway. */
export interface AdmissionLimits {
  readonly ofKey: BucketLimits;
  readonly ofAddress: BucketLimits;
  /** Credentials from one address that are not valid. */
  readonly failures: BucketLimits;
  readonly requests: FairQueueLimits;
  /** Queries that read much, beside being requests. */
  readonly heavy: FairQueueLimits;
  /** How long one of them waits, before it begins, for what other accounts have under way then. */
  readonly giveWayMs: number;
  /** How long a request waits for a turn. */
  readonly patienceMs: number;
}

/** What a request shows to say whom it stands for. */
export interface Credential<C extends Caller = Caller> {
  /** All that it is: the same text is the same credential. */
  readonly text: string;
  /** Refuses with `Unauthenticated`. */
  readonly callerOf: () => Promise<C>;
}

/** Who comes in, and when. */
export interface Admission {
  /**
   * The caller of a request. Refuses with `Unauthenticated`, and with `Throttled` what comes too
   * often. Equal credentials that come at once are looked at once.
   */
  admit<C extends Caller>(credential: Credential<C>, address: string | undefined): Promise<C>;
  /** Waits until it is the account's turn, and answers how to end it. */
  enter(kind: 'requests' | 'heavy', caller: Caller): Promise<() => void>;
}

const VALID_REMEMBERED = 10_000;
/**
 * While a query that read much kept the process, requests of others have come: so long they have to
 * be read and let in.
 */
const LOOK_AROUND_MS = 10;

export function createAdmission({ clock }: { readonly clock: Clock }, limits: AdmissionLimits): Admission {
  const keys = createTokenBuckets(clock, limits.ofKey);
  const addresses = createTokenBuckets(clock, limits.ofAddress);
  const failures = createTokenBuckets(clock, limits.failures);
  const queues = { requests: createFairQueue(limits.requests), heavy: createFairQueue(limits.heavy) };
  // So that somebody who tries secrets does not keep those from coming in who share the address.
  const valid = new LRUCache<string, true>({ max: VALID_REMEMBERED });
  const underWay = new Map<string, Promise<Caller>>();

  /** Of a credential that was not valid here before. */
  const tryFirst = async (place: string, { callerOf }: Credential, network: string): Promise<Caller> => {
    // Taken before it is known whether it is one, so that a thousand tries at once are no more than
    // as many in a row.
    takeOrThrow(failures, network, 'failures');
    let isFailure = false;
    try {
      const caller = await callerOf();
      valid.set(place, true);
      return caller;
    } catch (error) {
      isFailure = isUnauthenticated(error);
      throw error;
    } finally {
      if (!isFailure) failures.giveBack(network);
    }
  };

  const tryAgain = async (place: string, { callerOf }: Credential, network: string): Promise<Caller> => {
    try {
      return await callerOf();
    } catch (error) {
      if (isUnauthenticated(error) && valid.delete(place)) failures.take(network);
      throw error;
    }
  };

  const single = (place: string, work: () => Promise<Caller>): Promise<Caller> => {
    const known = underWay.get(place);
    if (known !== undefined) return known;
    const started = work().finally(() => underWay.delete(place));
    underWay.set(place, started);
    return started;
  };

  return {
    admit: async <C extends Caller>(credential: Credential<C>, address: string | undefined): Promise<C> => {
      const network = networkOf(address);
      takeOrThrow(addresses, network, 'address');
      const place = createHash('sha256').update(`${network} ${credential.text}`).digest('base64');
      const caller = valid.has(place)
        ? await tryAgain(place, credential, network)
        : await single(place, () => tryFirst(place, credential, network));
      takeOrThrow(keys, caller.apiKeyId, 'key');
      return caller as C;
    },
    enter: async (kind, { accountId }) => {
      const patience = AbortSignal.timeout(limits.patienceMs);
      try {
        const leave = await queues[kind].enter(accountId, patience);
        if (kind === 'heavy') {
          await sleep(LOOK_AROUND_MS);
          await queues.requests.othersDone(accountId, AbortSignal.timeout(limits.giveWayMs));
        }
        return leave;
      } catch (error) {
        if (error !== patience.reason) throw error;
        throw new VarveError('Throttled', 'The service is busy.', { retryAfterMs: RETRY_AFTER_MS }, error);
      }
    },
  };
}

/** `limit` says which one was reached. */
function takeOrThrow(buckets: TokenBuckets, key: string, limit: 'key' | 'address' | 'failures'): void {
  const retryAfterMs = buckets.take(key);
  if (retryAfterMs === 0) return;
  const message =
    limit === 'failures' ? 'Too many credentials that are not valid.' : `Too many requests of one ${limit}.`;
  throw new VarveError('Throttled', message, { limit, retryAfterMs });
}

function isUnauthenticated(error: unknown): boolean {
  return error instanceof VarveError && error.code === 'Unauthenticated';
}
