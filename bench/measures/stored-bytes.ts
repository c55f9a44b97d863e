import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How s3rver calls the file that holds an object's bytes; what else it keeps beside it S3 keeps
 * too, and does not charge.
 */
const OBJECT_FILE = '._S3rver_object';

/** Bytes of all objects in a store's folder. */
export const storedBytes = (folder: string): number => fileBytes(folder, (name) => name.endsWith(OBJECT_FILE));

/** Bytes of the files below a folder, or of some of them. */
export function fileBytes(folder: string, counts: (name: string) => boolean = () => true): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && counts(entry.name))
    .reduce((bytes, { parentPath, name }) => bytes + statSync(join(parentPath, name)).size, 0);
}
