import type { FileHandle } from 'node:fs/promises';
import { isBadPlace } from '../errno.ts';
import { deviceNumber, type HostView, hostView } from './view.ts';

const SECTOR_BYTES = 512; // the kernel's unit, whatever the device's own

/**
 * Size of a block device, which `stat` does not tell: what the kernel says, or else the last byte,
 * searched for by halves.
 */
export async function deviceBytes(file: FileHandle, view: HostView | undefined = hostView()): Promise<number> {
  const { rdev } = await file.stat({ bigint: true });
  const sectors = Number(view?.text(`/sys/dev/block/${deviceNumber(rdev)}/size`) ?? Number.NaN);
  return sectors > 0 ? sectors * SECTOR_BYTES : searchEnd((at) => isInside(file, at));
}

export async function searchEnd(inside: (offset: number) => Promise<boolean>): Promise<number> {
  if (!(await inside(0))) return 0;
  let last = 0;
  let beyond = 1;
  while (await inside(beyond)) {
    last = beyond;
    beyond *= 2;
  }
  while (beyond - last > 1) {
    const middle = Math.floor((last + beyond) / 2);
    if (await inside(middle)) last = middle;
    else beyond = middle;
  }
  return beyond;
}

/**
 * A byte that cannot be read is inside all the same: beyond the end, nothing is read, and nothing
 * fails.
 */
async function isInside(file: FileHandle, offset: number): Promise<boolean> {
  try {
    return (await file.read(Buffer.alloc(1), 0, 1, offset)).bytesRead === 1;
  } catch (error) {
    if (isBadPlace((error as NodeJS.ErrnoException).code)) return true;
    throw error;
  }
}
