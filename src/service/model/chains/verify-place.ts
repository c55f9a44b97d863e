import type { ChainRow } from './rows.ts';

/**
 * Spreads chains over the index from which the background scrub takes the one that was verified
 * longest ago.
 */
export const VERIFY_SHARDS = 4;

/** The place in that index of a chain that was last verified, or made, at this instant. */
export function placeToVerify(id: string, at: string): Required<Pick<ChainRow, 'verifyShard' | 'verifyFrom'>> {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 65_521;
  return { verifyShard: sum % VERIFY_SHARDS, verifyFrom: at };
}
