import { invalid } from '../platform/errors.ts';

/** GnuTLS's longest name and key. */
const MAX_IDENTITY_BYTES = 128;
const MAX_KEY_BYTES = 64;

/**
 * Names and their keys, in the form of GnuTLS: a line `user:hexkey` each. Throws
 * `InvalidParameter`, which never shows a key.
 */
export function parsePskFile(text: string): ReadonlyMap<string, Buffer> {
  const keys = new Map<string, Buffer>();
  for (const [at, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const bad = (why: string) => invalid('tls.pskFile', `line ${at + 1}: ${why}`);
    const colon = line.lastIndexOf(':');
    const identity = line.slice(0, Math.max(colon, 0));
    const key = line.slice(colon + 1);
    if (identity === '') throw bad('is not `user:hexkey`');
    if (Buffer.byteLength(identity) > MAX_IDENTITY_BYTES)
      throw bad(`the name is longer than ${MAX_IDENTITY_BYTES} bytes`);
    if (!/^([0-9a-f]{2})+$/i.test(key)) throw bad('the key is not hexadecimal');
    if (key.length / 2 > MAX_KEY_BYTES) throw bad(`the key is longer than ${MAX_KEY_BYTES} bytes`);
    if (keys.has(identity)) throw bad('the name stands there twice');
    keys.set(identity, Buffer.from(key, 'hex'));
  }
  if (keys.size === 0) throw invalid('tls.pskFile', 'has no key');
  return keys;
}
