import { Limit } from '../../client/flow/limit.ts';
import { BLOCK_BYTES, PAGE_FANOUT } from '../../engine/blocks/block.ts';
import type { Bytes } from '../../nbd/device.ts';
import type { MemoryBlock } from '../blocks/memory.ts';
import type { ReadAhead } from '../blocks/read-ahead.ts';
import { readCommitted } from '../blocks/read-committed.ts';
import type { SignedUrls } from '../blocks/signed-urls.ts';
import type { Run } from '../journal/segment.ts';
import { DIRTY_READS } from '../limits.ts';
import { type BlockPart, blockParts } from '../overlay/generation.ts';
import { type Resolved, resolve } from '../overlay/resolve.ts';
import { type ComposerParts, compose } from '../write-back/composer.ts';
import type { DirtyData } from '../write-back/dirty-data.ts';

export interface ReaderParts extends ComposerParts {
  /** Nothing where the device is read-only. */
  readonly dirty: (() => DirtyData) | undefined;
  readonly urls: SignedUrls;
  readonly readAhead: ReadAhead;
  readonly heldBlocks: number;
  readonly fetches: number;
}

interface Part {
  readonly bytes: Buffer;
  readonly release?: () => void;
}

const ZEROS = Buffer.alloc(BLOCK_BYTES);

/** Reads through uncommitted layers down to the committed contents. */
export class Reader {
  readonly #parts: ReaderParts;
  readonly #dirtyReads = new Limit(DIRTY_READS);
  #held = 0;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  async read(offset: number, length: number): Promise<Bytes> {
    this.#readAhead(offset, length);
    const parts = await this.#all(blockParts(offset, length));
    return {
      chunks: parts.map(({ bytes }) => bytes),
      release: () => {
        for (const { release } of parts) release?.();
      },
    };
  }

  prefetch(start: number, count: number): void {
    void Promise.allSettled([this.#prefetch(start, count)]);
  }

  /** All parts, or the first failure: what was held for the others is given back then. */
  async #all(parts: readonly BlockPart[]): Promise<Part[]> {
    const read = parts.map((part) => this.#now(part) ?? this.#later(part));
    const here = read.flatMap((part) => (part instanceof Promise ? [] : [part]));
    if (here.length === read.length) return here;
    const outcomes = await Promise.allSettled(read.map((part) => Promise.resolve(part)));
    const done = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    if (done.length === parts.length) return done;
    for (const { release } of done) release?.();
    throw outcomes.find((outcome) => outcome.status === 'rejected')?.reason as Error;
  }

  /** What needs no waiting. */
  #now(part: BlockPart): Part | undefined {
    const { dirty, contents, blocks } = this.#parts;
    const resolved = resolve(dirty?.().generations() ?? [], part);
    if (resolved.pieces.length > 0) return undefined;
    if (resolved.below === 'ZEROS') return zeros(part);
    const leaf = contents.known(Math.floor(part.block / PAGE_FANOUT));
    if (leaf === undefined) return undefined;
    const id = leaf.get(part.block % PAGE_FANOUT);
    if (id === undefined) return zeros(part);
    const { from, to } = part;
    const here = blocks.now(id);
    if (here !== undefined) return this.#view(here, part);
    const piece = blocks.piece(id, from, to);
    if (piece !== undefined) return piece;
    const block = blocks.soon(id, to - from);
    return block && this.#view(block, part);
  }

  async #later(part: BlockPart): Promise<Part> {
    const { dirty, blocks, contents, urls } = this.#parts;
    const resolved = resolve(dirty?.().generations() ?? [], part);
    if (resolved.pieces.length > 0) return this.#composed(part, resolved);
    if (resolved.below === 'ZEROS') return zeros(part);
    // The block's URL will be needed too: both questions go out together.
    if (contents.known(Math.floor(part.block / PAGE_FANOUT)) === undefined) urls.warm(part.block);
    const block = await readCommitted({ blocks, contents }, part.block);
    return block === undefined ? zeros(part) : this.#view(block, part);
  }

  /** A view where few enough are held; else a copy. */
  #view(block: MemoryBlock, { from, to }: BlockPart): Part {
    const { blocks, heldBlocks } = this.#parts;
    const view = blocks.plain(block).subarray(from, to);
    if (this.#held < heldBlocks) {
      this.#held += 1;
      const release = () => {
        this.#held -= 1;
        blocks.unhold(block);
      };
      return { bytes: view, release };
    }
    const bytes = Buffer.from(view);
    blocks.unhold(block);
    return { bytes };
  }

  #composed(part: BlockPart, resolved: Resolved<Run>): Promise<Part> {
    const { memory } = this.#parts;
    const segments = new Set(resolved.pieces.flatMap(({ run }) => run?.segment ?? []));
    for (const segment of segments) segment.enter();
    return this.#dirtyReads.run(async () => {
      try {
        const slot = await memory.take();
        try {
          await compose(this.#parts, part, resolved, slot);
          return { bytes: Buffer.from(memory.plain(slot).subarray(part.from, part.to)) };
        } finally {
          memory.release(slot);
        }
      } finally {
        for (const segment of segments) segment.leave();
      }
    });
  }

  #readAhead(offset: number, length: number): void {
    const range = this.#parts.readAhead.note(offset, length);
    if (range !== undefined) this.prefetch(range.start, range.count);
  }

  async #prefetch(start: number, count: number): Promise<void> {
    const { blocks, contents, urls, fetches } = this.#parts;
    for (let index = start; index < start + count; index++) {
      if (blocks.underWay >= fetches) return;
      const page = Math.floor(index / PAGE_FANOUT);
      if (contents.known(page) === undefined) urls.warm(index);
      const id = await contents.idOf(index);
      if (id !== undefined) blocks.prefetch({ index, id });
    }
  }
}

function zeros({ from, to }: BlockPart): Part {
  return { bytes: ZEROS.subarray(0, to - from) };
}
