import { BLOCK_BYTES, blockCount } from '../../engine/blocks/block.ts';
import type { BlockRange } from '../../engine/contract.ts';
import { BlockRanges } from './block-ranges.ts';
import { coversAll, lay, type Piece } from './piece.ts';

/** A block's part of a range of bytes; `from` and `to` count from the block's first byte. */
export interface BlockPart {
  readonly block: number;
  readonly from: number;
  readonly to: number;
}

/** Cuts a range of bytes at the bounds of blocks. */
export function blockParts(offset: number, length: number): BlockPart[] {
  const parts: BlockPart[] = [];
  const end = offset + length;
  for (let at = offset; at < end; ) {
    const block = Math.floor(at / BLOCK_BYTES);
    const begin = block * BLOCK_BYTES;
    const to = Math.min(end - begin, BLOCK_BYTES);
    parts.push({ block, from: at - begin, to });
    at = begin + to;
  }
  return parts;
}

/** Bytes of a block that lie within a device of `sizeBytes`. */
export function blockLength(block: number, sizeBytes: number): number {
  return Math.min(BLOCK_BYTES, sizeBytes - block * BLOCK_BYTES);
}

/**
 * What was written between two instants: blocks that became holes, and runs of bytes over them.
 * Alone it says nothing about bytes that it does not mention; see {@link resolve}.
 */
export class Generation<Run> {
  readonly number: number;
  readonly #sizeBytes: number;
  readonly #patches = new Map<number, Piece<Run>[]>();
  readonly #holes = new BlockRanges();
  #pieces = 0;

  constructor(number: number, sizeBytes: number) {
    this.number = number;
    this.#sizeBytes = sizeBytes;
  }

  get isEmpty(): boolean {
    return this.#patches.size === 0 && this.#holes.count === 0;
  }

  /** Changed blocks and ranges of holes: what one commit has to name at most. */
  get changes(): number {
    return this.#patches.size + this.#holes.count;
  }

  get pieces(): number {
    return this.#pieces;
  }

  /** `run` holds the bytes of one block's part. */
  write({ block, from, to }: BlockPart, run: Run): void {
    this.#lay(block, { from, to, run, skip: 0 });
  }

  /** The range reads as zeros from now on; blocks that lie wholly within it become holes. */
  zero(offset: number, length: number): void {
    const end = offset + length;
    const firstWhole = Math.ceil(offset / BLOCK_BYTES);
    const endWhole = end === this.#sizeBytes ? blockCount(end) : Math.floor(end / BLOCK_BYTES);
    if (firstWhole < endWhole) this.#punch({ start: firstWhole, count: endWhole - firstWhole });
    const edges = firstWhole < endWhole ? [firstWhole * BLOCK_BYTES, endWhole * BLOCK_BYTES] : [end, end];
    this.#zeroParts(offset, Math.min(edges[0] as number, end));
    this.#zeroParts(edges[1] as number, end);
  }

  patch(block: number): readonly Piece<Run>[] | undefined {
    return this.#patches.get(block);
  }

  /** Whether the block became a hole, over which a patch may lie. */
  isHole(block: number): boolean {
    return this.#holes.has(block);
  }

  /** Ascending. */
  patchedBlocks(): number[] {
    return [...this.#patches.keys()].sort((a, b) => a - b);
  }

  holes(): BlockRange[] {
    return this.#holes.list();
  }

  /** The nearest block from `block` on that this generation mentions, if there is one. */
  nextChange(block: number): number | undefined {
    let nearest = this.#holes.nextFrom(block)?.start;
    for (const patched of this.#patches.keys()) {
      if (patched >= block && (nearest === undefined || patched < nearest)) nearest = patched;
    }
    return nearest;
  }

  #zeroParts(from: number, to: number): void {
    if (from >= to) return;
    for (const part of blockParts(from, to - from)) {
      if (this.#holes.has(part.block) && !this.#patches.has(part.block)) continue;
      const pieces = this.#lay(part.block, { from: part.from, to: part.to, skip: 0 });
      const allZero = pieces.every(({ run }) => run === undefined);
      if (allZero && coversAll(pieces, blockLength(part.block, this.#sizeBytes)))
        this.#punch({ start: part.block, count: 1 });
    }
  }

  #lay(block: number, piece: Piece<Run>): Piece<Run>[] {
    const pieces = this.#patches.get(block) ?? [];
    if (pieces.length === 0) this.#patches.set(block, pieces);
    this.#pieces -= pieces.length;
    lay(pieces, piece);
    this.#pieces += pieces.length;
    return pieces;
  }

  #punch(range: BlockRange): void {
    this.#holes.add(range);
    const gone = range.count < this.#patches.size ? indices(range) : this.#patches.keys();
    for (const block of [...gone]) {
      if (block < range.start || block >= range.start + range.count) continue;
      this.#pieces -= this.#patches.get(block)?.length ?? 0;
      this.#patches.delete(block);
    }
  }
}

function* indices({ start, count }: BlockRange): Generator<number> {
  for (let block = start; block < start + count; block++) yield block;
}
