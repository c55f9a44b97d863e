/** Quotes, colon and comma around a key. */
const FRAME_BYTES = 4;

/** Of a value that is no text, or that its resolver makes. */
export const VALUE_BYTES = 16;

/** What a key takes in an answer. */
export function keyBytes(key: string | number): number {
  return String(key).length + FRAME_BYTES;
}
