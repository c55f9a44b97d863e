import { setTimeout as sleep } from 'node:timers/promises';
import type { TreeResult } from '../../engine/contract.ts';
import type { Clock } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';

export interface AttemptDeps {
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
}

const MAX_ATTEMPTS = 16;
const FIRST_WAIT_MS = 20;
/** With the attempts: 7 s of waiting at the most, half of that on average. */
const LONGEST_WAIT_MS = 640;
/**
 * Where the attempts themselves are slow: no more after this time, so that a caller is answered
 * before the gateway gives up.
 */
const MAX_MS = 15_000;
/** So many there are in any case, whatever a clock does meanwhile. */
const MIN_ATTEMPTS = 8;
const RETRY_AFTER_MS = 1000;

/**
 * Decide, then write under the conditions the decision rests on. When one of them did not hold,
 * somebody was faster: decide again on what is there now. So every refusal that a caller sees comes
 * from the decision, with its proper code.
 *
 *     A: read (quota 1 left) ─ decide: yes ─────────────── write: refused ─ read (0 left) ─ decide: QuotaExceeded
 *     B:      read (1 left) ─ decide: yes ─ write: done
 *
 * Each lost attempt means that another call won. Random waits that grow spread the losers, so that
 * many calls at the same time each have their turn.
 */
export async function untilAccepted<T>(
  { clock, random }: AttemptDeps,
  decideAndWrite: () => Promise<TreeResult<T>>,
): Promise<T> {
  const until = clock.now() + MAX_MS;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    if (attempt > MIN_ATTEMPTS && clock.now() > until) break;
    if (attempt > 1) await sleep(fraction(random) * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 2)));
    const result = await decideAndWrite();
    if (result.ok) return result.value;
  }
  throw new VarveError('Throttled', 'Too many concurrent changes of the same object.', {
    retryAfterMs: RETRY_AFTER_MS,
  });
}

/** In [0, 1). */
function fraction(random: AttemptDeps['random']): number {
  return Buffer.from(random(4)).readUInt32BE() / 2 ** 32;
}
