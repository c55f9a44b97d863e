import { hash } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const ID = /\b(d|sp|s|i|m|j|k|sc|x|wh)-[0-9a-hjkmnp-tv-z]{20}\b/g;
const ROOT = /\b[0-9a-f]{64}\b/g;
/** Of an hour in the days of the pictures: how fast the machine was must not show. */
const MINUTES = /\b(2026-03-\d\d[ T]\d\d):\d\d(?::\d\d(?:\.\d{3})?)?/g;

/**
 * Makes what differs from run to run the same: ids and roots by the order in which they come,
 * minutes, and the texts that are given. All but the last stay as long as they are, so that tables
 * keep their columns. Remembers what it has seen, for pictures that show one thing twice.
 */
export function createSteady(texts: Readonly<Record<string, string>> = {}): (shown: string) => string {
  const known = new Map<string, string>();
  const steady = (found: string, make: (number: number) => string): string => {
    const before = known.get(found);
    if (before !== undefined) return before;
    const made = make(known.size);
    known.set(found, made);
    known.set(made, made); // what is steady already stays
    return made;
  };
  return (shown) => {
    let text = shown
      .replaceAll(ID, (id, prefix: string) => steady(id, (number) => `${prefix}-1k9f0c2mz${letters(number, 11)}`))
      .replaceAll(ROOT, (root) => steady(root, (number) => hash('sha256', `root ${number}`, 'hex')))
      .replaceAll(MINUTES, (instant, hour: string) => `${hour}:00:00.000`.slice(0, instant.length));
    for (const [from, to] of Object.entries(texts)) text = text.replaceAll(from, to);
    return text;
  };
}

function letters(number: number, count: number): string {
  const bytes = hash('sha256', `id ${number}`, 'buffer').subarray(0, count);
  return [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
