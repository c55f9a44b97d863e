import { hash } from 'node:crypto';
import { VarveError } from '../errors.ts';
import type { CopyBuffers } from './copy-buffers.ts';
import type { ObjectHead, ObjectStore, StoredObject } from './port.ts';

type Source = Pick<ObjectStore, 'read' | 'readInto'>;
type Original = Pick<StoredObject, 'bytes' | 'sha256'>;

/**
 * An object of another store, read here and given to `put`, once its bytes are those that the other
 * store was given. The digest takes a third of a millisecond, and to copy the bytes for a thread
 * takes as long. `put` keeps none of the bytes after it has ended.
 */
export async function copyThrough(
  source: Source,
  from: string,
  put: (bytes: Buffer, sha256: string) => Promise<void>,
  buffers?: CopyBuffers,
): Promise<ObjectHead | undefined> {
  const take = async (found: Original | undefined) => (found === undefined ? undefined : taken(found, from, put));
  if (buffers === undefined || source.readInto === undefined) return take(await source.read(from));
  return buffers.use(async (buffer) => {
    const read = await source.readInto?.(from, buffer);
    if (read === undefined) return undefined;
    const { sizeBytes, ...sum } = read;
    return take(sizeBytes === 'TOO_MANY' ? await source.read(from) : { bytes: buffer.subarray(0, sizeBytes), ...sum });
  });
}

async function taken(
  { bytes, sha256: original }: Original,
  from: string,
  put: (bytes: Buffer, sha256: string) => Promise<void>,
): Promise<ObjectHead> {
  const sha256 = hash('sha256', bytes, 'hex');
  requireSame(from, original, sha256);
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
