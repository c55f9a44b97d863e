import { hash } from 'node:crypto';
import { VarveError } from '../errors.ts';
import type { ObjectHead, ObjectStore } from './port.ts';

/**
 * An object of another store, read here and given to `put`, once its bytes are those that the other
 * store was given.
 */
export async function copyThrough(
  source: Pick<ObjectStore, 'read'>,
  from: string,
  put: (bytes: Buffer, sha256: string) => Promise<void>,
): Promise<ObjectHead | undefined> {
  const found = await source.read(from);
  if (found === undefined) return undefined;
  const { bytes, sha256: original } = found;
  const sha256 = hash('sha256', bytes, 'hex');
  requireSame(from, original, sha256);
  await put(bytes, sha256);
  return { sizeBytes: bytes.length, sha256 };
}

/** Throws unless the copy is what the store says of the original, as far as it says anything. */
export function requireSame(from: string, original: string | undefined, copied: string | undefined): void {
  if (original === undefined || copied === undefined || original === copied) return;
  throw damaged(from);
}

export function damaged(from: string): VarveError {
  const objectId = from.slice(from.lastIndexOf('/') + 1);
  const message = `Object ${objectId} is damaged: its bytes are not those that were stored.`;
  return new VarveError('ObjectDamaged', message, { objectId, reason: 'CHECKSUM' });
}
