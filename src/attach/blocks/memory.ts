import { LRUCache } from 'lru-cache';
import { SLOT_BYTES, slotView } from '../../client/flow/slots.ts';
import { BLOCK_BYTES, type ObjectId } from '../../engine/blocks/block.ts';

/** A plain block in memory. It stays as it is while it is held. */
export interface MemoryBlock {
  readonly id: ObjectId;
  readonly slot: number;
}

interface HeldBlock extends MemoryBlock {
  /** How many are looking at it. */
  holds: number;
}

/**
 * The attachment's block memory: slots shared with the threads. They hold plain blocks under their
 * ids, or what a task works on. Of the blocks that nobody looks at, the one used longest ago gives
 * way first.
 */
export class BlockMemory {
  readonly memory: SharedArrayBuffer;
  readonly #free: number[];
  readonly #held = new Map<ObjectId, HeldBlock>();
  readonly #idle: LRUCache<ObjectId, HeldBlock>;
  readonly #waiting: ((slot: number) => void)[] = [];

  constructor(slots: number) {
    this.memory = new SharedArrayBuffer(slots * SLOT_BYTES);
    this.#free = Array.from({ length: slots }, (_, at) => slots - 1 - at);
    this.#idle = new LRUCache({ max: slots }); // the slots are the bound
  }

  /** The whole slot, which has room for any stored form. */
  view(slot: number): Buffer {
    return slotView(this.memory, slot);
  }

  plain(slot: number): Buffer {
    return Buffer.from(this.memory, slot * SLOT_BYTES, BLOCK_BYTES);
  }

  has(id: ObjectId): boolean {
    return this.#held.has(id) || this.#idle.has(id);
  }

  /** The block if it is here; it stays until `unhold`. */
  hold(id: ObjectId): MemoryBlock | undefined {
    const held = this.#held.get(id);
    if (held !== undefined) {
      held.holds += 1;
      return held;
    }
    const idle = this.#idle.get(id);
    if (idle === undefined) return undefined;
    this.#idle.delete(id);
    idle.holds = 1;
    this.#held.set(id, idle);
    return idle;
  }

  unhold({ id }: MemoryBlock): void {
    const block = this.#held.get(id);
    if (block === undefined) return;
    block.holds -= 1;
    if (block.holds > 0) return;
    this.#held.delete(id);
    this.#idle.set(id, block);
    this.#serve();
  }

  /** A slot to work with, as soon as there is one; to be given back by `release` or `keep`. */
  take(): Promise<number> {
    const slot = this.#free.pop() ?? this.#evict();
    if (slot !== undefined) return Promise.resolve(slot);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** A slot if one is to be had at once, and nobody waits for one. */
  takeNow(): number | undefined {
    return this.#waiting.length > 0 ? undefined : (this.#free.pop() ?? this.#evict());
  }

  release(slot: number): void {
    const next = this.#waiting.shift();
    if (next) next(slot);
    else this.#free.push(slot);
  }

  /** The slot holds the plain block of this id from now on, and `holds` readers look at it. */
  keep(id: ObjectId, slot: number, holds = 0): MemoryBlock {
    const known = this.#held.get(id) ?? this.#idle.get(id);
    if (known !== undefined) {
      for (let more = 0; more < holds; more++) this.hold(id);
      this.release(slot);
      return known;
    }
    const block = { id, slot, holds };
    if (holds > 0) this.#held.set(id, block);
    else {
      this.#idle.set(id, block);
      this.#serve();
    }
    return block;
  }

  #serve(): void {
    if (this.#waiting.length === 0) return;
    const slot = this.#evict();
    if (slot !== undefined) this.release(slot);
  }

  #evict(): number | undefined {
    return this.#idle.pop()?.slot;
  }
}
