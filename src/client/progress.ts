import { BLOCK_BYTES } from '../engine/blocks/block.ts';

/** How far a transfer is. All figures are plain bytes of the image unless said otherwise. */
export interface Progress {
  /** What there is to go through; undefined for a stream of unknown length. */
  readonly totalBytes: number | undefined;
  /** Gone through, holes included. */
  readonly readBytes: number;
  /** Of these, what is not through yet: it is still to be sent, or to be checked. */
  readonly pendingBytes: number;
  /** Not sent or fetched, because it is there already. */
  readonly deduplicatedBytes: number;
  /** Sent to or fetched from the object store. */
  readonly transferredBytes: number;
  /** The same as stored. */
  readonly storedBytes: number;
}

/** Counts while a transfer runs. The display reads it as often as it likes. */
export class Meter implements Progress {
  totalBytes: number | undefined;
  readBytes = 0;
  pendingBytes = 0;
  deduplicatedBytes = 0;
  transferredBytes = 0;
  storedBytes = 0;
  /** Milliseconds of the process's own clock. */
  readonly startedAt = performance.now();

  constructor(totalBytes?: number) {
    this.totalBytes = totalBytes;
  }
}

/** Bytes of the blocks `[first, first + count)` that lie within an image of `sizeBytes`. */
export function bytesWithin(sizeBytes: number, first: number, count: number): number {
  return Math.max(Math.min((first + count) * BLOCK_BYTES, sizeBytes) - first * BLOCK_BYTES, 0);
}
