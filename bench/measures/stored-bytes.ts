import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How s3rver calls the file that holds an object's bytes; what else it keeps beside it S3 keeps
 * too, and does not charge.
 */
const OBJECT_FILE = '._S3rver_object';

/** Bytes of all objects in a store's folder. */
export function storedBytes(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && entry.name.endsWith(OBJECT_FILE)) bytes += statSync(join(entry.parentPath, entry.name)).size;
  }
  return bytes;
}
