import { writeDurably } from '../platform/durable-file.ts';

/**
 * For its owner alone. Written beside and renamed, so that a reader finds all of it; it outlives a
 * power cut.
 */
export function writeBeside(path: string, contents: string | Uint8Array): void {
  writeDurably(path, contents);
}
