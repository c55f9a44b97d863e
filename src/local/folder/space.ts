import { freeBytes } from '../../platform/disk-space.ts';

const MIB = 1024 * 1024;

/** Below it nothing starts: the catalogue needs room for its log. */
export const START_BYTES = 16 * MIB;

export function isFull(folder: string): boolean {
  return freeBytes(folder) < START_BYTES;
}

/** In whole MiB. */
export function mib(bytes: number): string {
  return `${Math.floor(bytes / MIB)} MiB`;
}
