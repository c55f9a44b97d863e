import { statfsSync } from 'node:fs';

const MIB = 1024 * 1024;

/**
 * Room on the disk of the data folder that is kept for the catalogue, the manifests and the logs:
 * below it no block is taken in. Else a disk that is full could not be emptied any more, since
 * deleting writes to the catalogue first.
 */
export const RESERVE_BYTES = 64 * MIB;

/** Below it nothing starts: the catalogue needs room for its log. */
export const START_BYTES = 16 * MIB;

/** What is free on the disk of a folder. Infinite where the file system does not tell. */
export function freeBytes(folder: string): number {
  const { bavail, bsize, blocks } = statfsSync(folder);
  return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
}

export function isFull(folder: string): boolean {
  return freeBytes(folder) < START_BYTES;
}

/** In whole MiB. */
export function mib(bytes: number): string {
  return `${Math.floor(bytes / MIB)} MiB`;
}
