import { SLOT_BYTES, slotView } from '../../client/flow/slots.ts';
import { BLOCK_BYTES, type ObjectId } from '../../engine/blocks/block.ts';

/** A plain block in memory. It stays as it is while it is held. */
export interface MemoryBlock {
  readonly slot: number;
  /** How many are looking at it. */
  holds: number;
}

/**
 * The attachment's block memory: slots shared with the threads, which hold either plain blocks under their ids, the one used
 * longest ago giving way first, or what a task works on.
 */
export class BlockMemory {
  readonly memory: SharedArrayBuffer;
  readonly #free: number[];
  /** In the order of their last use. */
  readonly #blocks = new Map<ObjectId, MemoryBlock>();
  readonly #waiting: ((slot: number) => void)[] = [];

  constructor(slots: number) {
    this.memory = new SharedArrayBuffer(slots * SLOT_BYTES);
    this.#free = Array.from({ length: slots }, (_, at) => slots - 1 - at);
  }

  /** The whole slot, which has room for any stored form. */
  view(slot: number): Buffer {
    return slotView(this.memory, slot);
  }

  plain(slot: number): Buffer {
    return Buffer.from(this.memory, slot * SLOT_BYTES, BLOCK_BYTES);
  }

  get(id: ObjectId): MemoryBlock | undefined {
    const block = this.#blocks.get(id);
    if (block === undefined) return undefined;
    this.#blocks.delete(id);
    this.#blocks.set(id, block);
    return block;
  }

  has(id: ObjectId): boolean {
    return this.#blocks.has(id);
  }

  /** A slot to work with, as soon as there is one; to be given back by `release` or `keep`. */
  take(): Promise<number> {
    const slot = this.#free.pop() ?? this.#evict();
    if (slot !== undefined) return Promise.resolve(slot);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  release(slot: number): void {
    const next = this.#waiting.shift();
    if (next) next(slot);
    else this.#free.push(slot);
  }

  /** The slot holds the plain block of this id from now on. */
  keep(id: ObjectId, slot: number, holds = 0): MemoryBlock {
    const known = this.#blocks.get(id);
    if (known !== undefined) {
      known.holds += holds;
      this.release(slot);
      return known;
    }
    const block = { slot, holds };
    this.#blocks.set(id, block);
    if (holds === 0) this.#serve();
    return block;
  }

  unhold(block: MemoryBlock): void {
    block.holds -= 1;
    if (block.holds === 0) this.#serve();
  }

  #serve(): void {
    if (this.#waiting.length === 0) return;
    const slot = this.#evict();
    if (slot !== undefined) this.release(slot);
  }

  #evict(): number | undefined {
    for (const [id, block] of this.#blocks) {
      if (block.holds > 0) continue;
      this.#blocks.delete(id);
      return block.slot;
    }
    return undefined;
  }
}
