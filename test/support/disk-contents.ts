import { seededRandom } from './seeded-random.ts';

const KINDS = ['zeros', 'zeros', 'noise', 'text', 'text', 'constant'] as const;
const WORDS = 'disk block cluster grain table entry header footer zero page root'.split(' ');

/**
 * What disks hold: zeros, bytes that do not compress, text, and the same byte for long, in pieces
 * of all sizes from 512 bytes to 1 MiB.
 */
export function mixedContents(sizeBytes: number, seed: number): Buffer {
  const random = seededRandom(seed);
  const below = (most: number) => Math.floor(random() * most);
  const contents = Buffer.alloc(sizeBytes);
  for (let at = 0; at < sizeBytes; ) {
    const part = contents.subarray(at, at + 512 * 2 ** below(12));
    switch (KINDS[below(KINDS.length)]) {
      case 'noise':
        for (let byte = 0; byte < part.length; byte++) part[byte] = below(256);
        break;
      case 'text':
        part.fill(Array.from({ length: 200 }, () => WORDS[below(WORDS.length)]).join(' '));
        break;
      case 'constant':
        part.fill(1 + below(255));
        break;
      default:
    }
    at += part.length;
  }
  return contents;
}
