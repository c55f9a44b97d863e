import { createHash } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // as ids have it
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
  return `d-${[...digest.subarray(0, ID_CHARS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}
