import { VarveError } from '../../platform/errors.ts';
import { createTurns } from '../../platform/turns.ts';
import { BLOCK_BYTES, type ObjectId } from './block.ts';
import { decodeObject, requireSealedForm } from './object-form.ts';
import { decodePage } from './page.ts';

/**
 * What an object is to be. Without its key, no more of a sealed block can be seen than its form and
 * length. Pages are never sealed.
 */
export interface Inspected {
  readonly id: ObjectId;
  readonly isPage: boolean;
  readonly sealed: boolean;
}

/** Without a `reason` it is as its id says. */
export interface Verdict {
  readonly bytes: number;
  readonly reason?: string;
}

/**
 * Holds a stored object against its id, for work in the background: it may take its time. `stored`
 * is the judge's from then on.
 */
export type Judge = (stored: Buffer, as: Inspected) => Promise<Verdict>;

export function judgeObject(stored: Buffer, { id, isPage, sealed }: Inspected): Verdict {
  try {
    if (isPage) decodePage(decodeObject(stored, { id }), id);
    else if (sealed) requireSealedForm(stored, id);
    else decodeObject(stored, { id, plainBytes: BLOCK_BYTES });
    return { bytes: stored.length };
  } catch (error) {
    if (!(error instanceof VarveError) || error.code !== 'ObjectDamaged') throw error;
    return { bytes: stored.length, reason: String(error.extra.reason) };
  }
}

/** On the calling thread. An object takes milliseconds, so each has a turn of the event loop. */
export function judgeInTurns(): Judge {
  const turn = createTurns();
  return async (stored, as) => {
    await turn();
    return judgeObject(stored, as);
  };
}
