import type { BlockRange } from '../../engine/contract.ts';
import { firstBehind } from './piece.ts';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** A set of block indices as ranges. It takes room for each range, however long that is. */
export class BlockRanges {
  readonly #ranges: Range[] = [];

  get count(): number {
    return this.#ranges.length;
  }

  add({ start, count }: BlockRange): void {
    let from = start;
    let to = start + count;
    // A neighbour that ends where this one begins joins it.
    const first = firstBehind(this.#ranges, start - 1);
    let last = first;
    for (; last < this.#ranges.length; last++) {
      const other = this.#ranges[last] as Range;
      if (other.from > to) break;
      from = Math.min(from, other.from);
      to = Math.max(to, other.to);
    }
    this.#ranges.splice(first, last - first, { from, to });
  }

  has(block: number): boolean {
    const range = this.#ranges[firstBehind(this.#ranges, block)];
    return range !== undefined && range.from <= block;
  }

  /** The nearest range that begins or goes on at `block` or behind it. */
  nextFrom(block: number): BlockRange | undefined {
    const range = this.#ranges[firstBehind(this.#ranges, block)];
    if (range === undefined) return undefined;
    const start = Math.max(range.from, block);
    return { start, count: range.to - start };
  }

  list(): BlockRange[] {
    return this.#ranges.map(({ from, to }) => ({ start: from, count: to - from }));
  }
}
