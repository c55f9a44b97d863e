import { statfsSync } from 'node:fs';

/**
 * Room on the disk that is kept for the catalogue, the manifests and the logs: below it no block is
 * taken in. Else a disk that is full could not be emptied any more, since deleting writes to the
 * catalogue first.
 */
export const RESERVE_BYTES = 64 * 1024 * 1024;

/** What is free on the disk of a folder. Infinite where the file system does not tell. */
export function freeBytes(folder: string): number {
  const { bavail, bsize, blocks } = statfsSync(folder);
  return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
}
