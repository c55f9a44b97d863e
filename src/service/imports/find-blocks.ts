import { BLOCK_BYTES, blockCount } from '../../engine/blocks/block.ts';
import type { SourceImage } from './source-image.ts';

/** Looked at in one go: bounds what the smallest clusters take in memory. */
const WINDOW_BLOCKS = 64;

export interface FoundBlocks {
  /** Blocks that the file has data for, in order. */
  readonly blocks: readonly number[];
  /** Where to go on: up to here, everything else is zeros. */
  readonly next: number;
}

/**
 * The blocks from `start` on that the file has data for, by its tables alone: no more than `most`,
 * and no further than `isOver` lets it look.
 */
export async function findBlocks(
  image: Pick<SourceImage, 'sizeBytes' | 'extents'>,
  { start, most, isOver }: { readonly start: number; readonly most: number; readonly isOver: () => boolean },
): Promise<FoundBlocks> {
  const end = blockCount(image.sizeBytes);
  const found = new Set<number>();
  let next = start;
  while (next < end && found.size < most) {
    const count = Math.min(WINDOW_BLOCKS, most - found.size, end - next);
    const offset = next * BLOCK_BYTES;
    const length = Math.min(count * BLOCK_BYTES, image.sizeBytes - offset);
    for (const extent of await image.extents(offset, length)) {
      if (extent.kind === 'zero') continue;
      const last = Math.floor((extent.offset + extent.length - 1) / BLOCK_BYTES);
      for (let block = Math.floor(extent.offset / BLOCK_BYTES); block <= last; block++) found.add(block);
    }
    next += count;
    if (isOver()) break;
  }
  return { blocks: [...found], next };
}
