import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import type { Extent } from '../../formats/image.ts';
import { addRun, dataParts, type HoleFinder, loadSeek, type Part } from './holes.ts';
import type { SourceImage, SparseFile } from './image-source.ts';

/** Blocks asked for at a time: bounds what the smallest clusters take in memory. */
const STEP_BLOCKS = 64;

/**
 * Finds the parts of the disk in an image file that hold data. What is allocated may still be a
 * hole of the file, as in a flat image.
 */
export function imageRuns({ disk, files }: SourceImage, seek = loadSeek()): HoleFinder {
  const partsOf = (extent: Extent): readonly Part[] => {
    const { kind, offset, length } = extent;
    if (kind === 'zero') return [];
    const file = files[extent.file] as SparseFile;
    if (kind === 'packed' || !file.sparse || !seek) return [{ begin: offset, end: offset + length }];
    const shift = offset - extent.at;
    const parts = dataParts(file.fd, { begin: extent.at, end: extent.at + length }, seek);
    return parts.map(({ begin, end }) => ({ begin: begin + shift, end: end + shift }));
  };
  return {
    runs: async (first, count) => {
      const runs: { first: number; count: number }[] = [];
      const end = Math.min((first + count) * BLOCK_BYTES, disk.sizeBytes);
      for (let at = first * BLOCK_BYTES; at < end; at += STEP_BLOCKS * BLOCK_BYTES) {
        const extents = await disk.extents(at, Math.min(STEP_BLOCKS * BLOCK_BYTES, end - at));
        for (const part of extents.flatMap(partsOf)) addRun(runs, part);
      }
      return runs;
    },
  };
}
