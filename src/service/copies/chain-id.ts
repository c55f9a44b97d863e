import { createHash } from 'node:crypto';
import { ID_ALPHABET } from '../../platform/ids.ts';

const ID_CHARS = 20; // 100 bits of the hash

/**
 * The chain of a disk's copies in a region. It has the form of a disk's id, and there is no such
 * disk. The same disk always gets the same one there, so its copies build upon each other.
 */
export function chainOfCopies(of: {
  readonly accountId: string;
  readonly diskId: string;
  readonly region: string;
}): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(['copies', of.accountId, of.diskId, of.region]))
    .digest();
  const chars = [...digest.subarray(0, ID_CHARS)].map((byte) => ID_ALPHABET[byte % ID_ALPHABET.length]);
  return `d-${chars.join('')}`;
}
