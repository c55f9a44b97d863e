import type { TreeResult } from '../engine/contract.ts';
import { VarveError } from '../platform/errors.ts';

const MAX_ATTEMPTS = 8; // each lost attempt means that another call won; eight in a row is a busy object
const RETRY_AFTER_MS = 200;

/**
 * Decide, then write under the conditions the decision rests on. When one of them did not hold, somebody was faster: decide
 * again on what is there now. So every refusal that a caller sees comes from the decision, with its proper code.
 *
 *     A: read (quota 1 left) ─ decide: yes ─────────────── write: refused ─ read (0 left) ─ decide: QuotaExceeded
 *     B:      read (1 left) ─ decide: yes ─ write: done
 */
export async function untilAccepted<T>(decideAndWrite: () => Promise<TreeResult<T>>): Promise<T> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const result = await decideAndWrite();
    if (result.ok) return result.value;
  }
  throw new VarveError('Throttled', 'Too many concurrent changes of the same object.', {
    retryAfterMs: RETRY_AFTER_MS,
  });
}
