import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import type { BlockRange } from '../../engine/contract.ts';

interface Stream {
  /** Where its next read is expected. */
  next: number;
  /** Blocks to be ahead of it. */
  window: number;
  /** First block that has not been asked for ahead. */
  asked: number;
}

/** As many as a machine's boot or a few parallel copies have. */
const STREAMS = 8;
/**
 * Readers with several requests under way send them out of order. So far from the expected place
 * still counts.
 */
const SLACK_BYTES = 4 * 1024 * 1024;
const FIRST_WINDOW = 2;

/**
 * Recognises sequential streams among the reads, and says what to fetch ahead of them: more the
 * longer they last.
 */
export class ReadAhead {
  readonly #mostBlocks: number;
  /** The one used last at the end. */
  readonly #streams: Stream[] = [];

  constructor(mostBlocks: number) {
    this.#mostBlocks = mostBlocks;
  }

  /** To be called for each read. Returns the blocks to fetch now. */
  note(offset: number, length: number): BlockRange | undefined {
    const end = offset + length;
    const at = this.#streams.findIndex(({ next }) => Math.abs(offset - next) <= SLACK_BYTES);
    const stream = this.#streams.splice(at, at < 0 ? 0 : 1)[0];
    if (stream === undefined) {
      if (this.#streams.length === STREAMS) this.#streams.shift();
      this.#streams.push({ next: end, window: 0, asked: 0 });
      return undefined;
    }
    this.#streams.push(stream);
    if (end <= stream.next) return undefined;
    stream.next = end;
    const block = Math.ceil(end / BLOCK_BYTES);
    stream.window = Math.min(Math.max(FIRST_WINDOW, 2 * stream.window), this.#mostBlocks);
    const start = Math.max(stream.asked, block);
    const to = block + stream.window;
    // Asked for in steps, not block by block.
    if (to - start < Math.max(stream.window / 4, 1)) return undefined;
    stream.asked = to;
    return { start, count: to - start };
  }
}
