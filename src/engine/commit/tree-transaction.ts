import type { Catalogue, Write } from '../../platform/catalogue/port.ts';
import { VarveError } from '../../platform/errors.ts';
import type { TreeResult } from '../contract.ts';

const ATTEMPTS = 12; // each one lost to another change of the same node

/** A pointer change, decided from the nodes as they were just read. */
export interface Decision<T> {
  readonly writes: readonly Write[];
  /** Writes of the caller's, in the same transaction. */
  readonly also: readonly Write[];
  readonly value: T;
}

/**
 * Decides and writes until it succeeds or is refused. The tree's own conditions fail if a node has
 * changed in between. Then everything is decided again. A caller that has `readBefore` decides
 * again itself: it gets a refusal that names none of its writes. A refusal of the caller's writes
 * is final, and reported by position.
 */
export async function transactDecision<T>(
  catalogue: Catalogue,
  decide: () => Promise<Decision<T>>,
  { readBefore = false } = {},
): Promise<TreeResult<T>> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { writes, also, value } = await decide();
    const outcome = await catalogue.transact([...writes, ...also]);
    if (outcome.ok) return { ok: true, value };
    const refused = outcome.failed.filter((at) => at >= writes.length).map((at) => at - writes.length);
    if (refused.length > 0 || readBefore) return { ok: false, refused };
  }
  throw new VarveError('Throttled', 'the disk is being changed by many at once', { retryAfterMs: 1000 });
}
