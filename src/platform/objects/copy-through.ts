import { webcrypto } from 'node:crypto';
import { VarveError } from '../errors.ts';
import type { ObjectHead, ObjectStore } from './port.ts';

/**
 * An object of another store, read here and given to `put`, once its bytes are those that the other
 * store was given. The digest is computed in a thread of the pool: others need not wait for it.
 */
export async function copyThrough(
  source: Pick<ObjectStore, 'read'>,
  from: string,
  put: (bytes: Buffer, sha256: string) => Promise<void>,
): Promise<ObjectHead | undefined> {
  const found = await source.read(from);
  if (found === undefined) return undefined;
  const bytes = found.bytes as Buffer<ArrayBuffer>;
  const sha256 = Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');
  requireSame(from, found.sha256, sha256);
  await put(bytes, sha256);
  return { sizeBytes: bytes.length, sha256 };
}

/** Throws unless the copy is what the store says of the original, as far as it says anything. */
export function requireSame(from: string, original: string | undefined, copied: string | undefined): void {
  if (original === undefined || copied === undefined || original === copied) return;
  const objectId = from.slice(from.lastIndexOf('/') + 1);
  const message = `Object ${objectId} is damaged: its bytes are not those that were stored.`;
  throw new VarveError('ObjectDamaged', message, { objectId, reason: 'CHECKSUM' });
}
