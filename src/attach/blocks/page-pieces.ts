import { PAGE_BYTES } from '../../client/threads/block-check.ts';
import type { WorkerPool } from '../../client/threads/worker-pool.ts';
import type { ObjectId } from '../../engine/blocks/block.ts';
import type { Log } from '../../platform/log.ts';
import type { BlockMemory } from './memory.ts';
import type { VerifiedFiles } from './verified-files.ts';

/** Bytes of a block, until `release`. */
export interface Piece {
  readonly bytes: Buffer;
  readonly release: () => void;
}

/** Longer parts are better read as whole blocks, which then stay in memory. */
const PIECE_BYTES = 64 * 1024;
/** The pages of such a part, if it does not begin with one. */
const BUFFER_BYTES = PIECE_BYTES + PAGE_BYTES;
/** Kept for later pieces: as many as one connection asks for at a time. */
const KEPT = 128;

/** Each holds its block meanwhile. */
const SUMMED_AT_ONCE = 8;

interface PagePiecesParts {
  readonly files: VerifiedFiles;
  readonly memory: BlockMemory;
  readonly pool: WorkerPool;
  readonly log: Log;
}

/** Reads parts of blocks from their files, into buffers that are used again and again. */
export class PagePieces {
  readonly #parts: PagePiecesParts;
  readonly #free: Buffer[] = [];
  readonly #summing = new Set<ObjectId>();

  constructor(parts: PagePiecesParts) {
    this.#parts = parts;
  }

  /** Nothing if the part is too long, or its pages cannot be checked by themselves. */
  read(id: ObjectId, from: number, to: number): Piece | undefined {
    const { files } = this.#parts;
    if (to - from > PIECE_BYTES || !files.hasSums(id) || !files.isQuick(id)) return undefined;
    const buffer = this.#free.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
    const give = () => {
      if (this.#free.length < KEPT) this.#free.push(buffer);
    };
    if (!files.readPages(id, { from, to }, buffer)) {
      give();
      return undefined;
    }
    const at = from % PAGE_BYTES;
    return { bytes: buffer.subarray(at, at + to - from), release: give };
  }

  /**
   * To be called when `bytes` of a block were read from memory. If others like them are pieces, the
   * checks of the block's pages are made beside all else: more of its parts will be read.
   */
  sumLater(id: ObjectId, bytes: number): void {
    const { files, memory } = this.#parts;
    if (bytes > PIECE_BYTES || !files.has(id) || files.hasSums(id)) return;
    if (this.#summing.has(id) || this.#summing.size >= SUMMED_AT_ONCE) return;
    const block = memory.hold(id);
    if (block === undefined) return;
    this.#summing.add(id);
    void this.#sum(id, block.slot).finally(() => {
      memory.unhold(block);
      this.#summing.delete(id);
    });
  }

  async #sum(id: ObjectId, slot: number): Promise<void> {
    const { files, pool, log } = this.#parts;
    try {
      files.noteSums(id, await pool.run('sums', { slot }));
    } catch (error) {
      log.debug('the pages of a block were not summed', { error });
    }
  }
}
