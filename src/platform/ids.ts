import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

export const ID_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'; // Crockford base 32: no i, l, o, u
const TIME_CHARS = 9; // 45 bits of milliseconds: until the year 3084
const RANDOM_CHARS = 11; // 55 bits

export type IdPrefix =
  | 'd'
  | 's'
  | 'sp'
  | 'i'
  | 'm'
  | 'dr'
  | 'j'
  | 'e'
  | 'b'
  | 'sc'
  | 'nb'
  | 'k'
  | 'x'
  | 'pk'
  | 'ev'
  | 'wh'
  | 'au';

/** Makes ids like `d-1k9f0c2mz4t8v6w3x5y7`: ids of one prefix sort by creation time. */
export interface Ids {
  next(prefix: IdPrefix): string;
}

export function createIds(clock: Clock, random: (bytes: number) => Uint8Array = drawnAhead()): Ids {
  return { next: (prefix) => `${prefix}-${encodeTime(clock.now())}${encodeRandom(random(RANDOM_CHARS))}` };
}

/** Of so many ids at once: a call of the generator costs far more than its bytes. */
const AHEAD_BYTES = 256 * RANDOM_CHARS;

/** No byte is given away twice. */
function drawnAhead(): (bytes: number) => Uint8Array {
  let drawn = Buffer.alloc(0);
  return (bytes) => {
    if (drawn.length < bytes) drawn = randomBytes(AHEAD_BYTES);
    const given = drawn.subarray(0, bytes);
    drawn = drawn.subarray(bytes);
    return given;
  };
}

/** Sorts before every id of that instant and later, and after those made before it. */
export const idsFrom = (prefix: IdPrefix, epochMs: number): string => `${prefix}-${encodeTime(epochMs)}`;

function encodeTime(epochMs: number): string {
  let rest = epochMs;
  let text = '';
  for (let i = 0; i < TIME_CHARS; i++) {
    text = ID_ALPHABET[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function encodeRandom(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += ID_ALPHABET[byte % 32];
  return text;
}
