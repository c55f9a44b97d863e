import { BLOCK_BYTES, blockCount, PAGE_FANOUT } from '../../engine/blocks/block.ts';
import type { BlockName } from '../threads/tasks.ts';
import type { StreamSource } from './source.ts';
import { sourceTooLarge, sourceTooShort, streamUnreadable } from './target.ts';
import { LOAD_BLOCKS, type Walker, type WalkParts } from './walk.ts';

type Parts = WalkParts & { readonly source: StreamSource };

/**
 * Walks through a source that is read once. Every block is kept until it is compared with the
 * disk's own.
 */
export function walkStream(parts: Parts): Walker {
  const { base, pool, slots, group, meter, uploader, committer, disk, zeroRest } = parts;
  const { signal } = group;
  const diskBlocks = blockCount(disk.sizeBytes);
  const reader = new BlockReader(parts);
  const isShort = () => reader.read < disk.sizeBytes && !zeroRest;

  /** Names the blocks that were read into `taken`, and gives on those that differ. */
  const compare = async (first: number, taken: readonly number[], before: readonly BlockName[]): Promise<void> => {
    const names = await pool.run('name', { slots: taken });
    names.forEach((id, at) => {
      const index = first + at;
      const slot = taken[at] as number;
      const was = before[index % PAGE_FANOUT];
      if (id !== undefined && id !== was) {
        uploader.add({ index, id, slot });
        return;
      }
      slots.release(slot);
      if (id !== undefined) meter.deduplicatedBytes += BLOCK_BYTES;
      else if (was !== undefined) committer.trim({ start: index, count: 1 });
    });
  };

  const namesOfPage = async (page: number): Promise<readonly BlockName[]> =>
    (await base.page(page)) === undefined ? [] : base.blocks(page);

  /** What the disk holds beyond the stream's end becomes holes. */
  const trimRest = async (end: number): Promise<void> => {
    if (end >= diskBlocks) return;
    for (let page = Math.floor(end / PAGE_FANOUT); page * PAGE_FANOUT < diskBlocks; page++) {
      if ((await base.page(page)) !== undefined) return committer.trim({ start: end, count: diskBlocks - end });
    }
  };

  return {
    walk: async () => {
      signal.addEventListener('abort', () => parts.source.stream.destroy(), { once: true });
      let first = 0;
      let before: readonly BlockName[] = [];
      for (;;) {
        if (first % PAGE_FANOUT === 0 && first < diskBlocks) before = await namesOfPage(first / PAGE_FANOUT);
        const wanted = Math.max(Math.min(LOAD_BLOCKS, diskBlocks - first), 1);
        await committer.room();
        const taken = await slots.take(wanted, signal);
        const filled = await reader.fill(taken);
        for (const slot of taken.slice(filled)) slots.release(slot);
        const [at, names, used] = [first, before, taken.slice(0, filled)];
        if (filled > 0) group.spawn(() => compare(at, used, names));
        first += filled;
        if (filled < wanted) return isShort() ? undefined : trimRest(first);
      }
    },
    requireWhole: () => {
      if (isShort()) throw sourceTooShort(disk, reader.read);
    },
    reload: () => {
      throw new Error('a stream cannot be read again');
    },
  };
}

/** Cuts a stream into blocks. */
class BlockReader {
  readonly #parts: Parts;
  readonly #chunks: AsyncIterator<Buffer>;
  #chunk: Buffer = Buffer.alloc(0);
  #read = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#chunks = (parts.source.stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  /** Bytes so far. */
  get read(): number {
    return this.#read;
  }

  /**
   * How many of the slots got a block: fewer than all at the end of the stream. Its last block is
   * padded with zeros.
   */
  async fill(taken: readonly number[]): Promise<number> {
    for (const [at, slot] of taken.entries()) {
      const bytes = await this.#fillOne(this.#parts.slots.view(slot).subarray(0, BLOCK_BYTES));
      if (bytes < BLOCK_BYTES) return bytes === 0 ? at : at + 1;
    }
    return taken.length;
  }

  async #fillOne(block: Buffer): Promise<number> {
    let filled = 0;
    while (filled < BLOCK_BYTES) {
      if (this.#chunk.length === 0 && !(await this.#next())) break;
      const part = this.#chunk.subarray(0, BLOCK_BYTES - filled);
      block.set(part, filled);
      filled += part.length;
      this.#chunk = this.#chunk.subarray(part.length);
    }
    block.fill(0, filled);
    return filled;
  }

  async #next(): Promise<boolean> {
    const { signal } = this.#parts.group;
    const next = await this.#chunks.next().catch((error: unknown) => error as Error);
    signal.throwIfAborted();
    if (next instanceof Error) throw streamUnreadable(next, this.#read);
    if (next.done) return false;
    const { value } = next;
    this.#chunk = value;
    this.#read += value.length;
    this.#parts.meter.readBytes += value.length;
    if (this.#read > this.#parts.disk.sizeBytes) throw sourceTooLarge(this.#parts.disk);
    return true;
  }
}
