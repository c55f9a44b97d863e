import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import type { DiskImage } from '../../formats/image.ts';
import { addRun, type HoleFinder, type Run } from './holes.ts';

/** Blocks asked for at a time: bounds what the smallest clusters take in memory. */
const STEP_BLOCKS = 64;

/** Finds the parts of the disk in an image file that hold data. */
export function imageRuns(disk: DiskImage): HoleFinder {
  return {
    runs: async (first, count) => {
      const runs: { first: number; count: number }[] = [];
      const end = Math.min((first + count) * BLOCK_BYTES, disk.sizeBytes);
      for (let at = first * BLOCK_BYTES; at < end; at += STEP_BLOCKS * BLOCK_BYTES) {
        for (const { kind, offset, length } of await disk.extents(at, Math.min(STEP_BLOCKS * BLOCK_BYTES, end - at))) {
          if (kind === 'zero') continue;
          addRun(runs, Math.floor(offset / BLOCK_BYTES), Math.ceil((offset + length) / BLOCK_BYTES));
        }
      }
      return runs satisfies Run[];
    },
  };
}
