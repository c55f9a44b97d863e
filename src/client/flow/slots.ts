import { MAX_STORED_BYTES } from '../../engine/blocks/object-form.ts';

/** Bytes of one slot: a block in any of its forms, and whole memory pages. */
export const SLOT_BYTES = Math.ceil(MAX_STORED_BYTES / 4096) * 4096;

export function slotView(memory: SharedArrayBuffer, slot: number): Buffer {
  return Buffer.from(memory, slot * SLOT_BYTES, SLOT_BYTES);
}

interface Waiting {
  readonly count: number;
  readonly resolve: (slots: number[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The client's working memory: a fixed number of slots, one block each, shared with the threads. A
 * stage must wait for slots, which keeps memory flat and the stages in step. The last one freed is
 * the first one used again, so that a light load stays in the processor's cache.
 */
export class Slots {
  readonly memory: SharedArrayBuffer;
  readonly count: number;
  readonly #free: number[];
  readonly #waiting: Waiting[] = [];

  constructor(count: number) {
    this.count = count;
    this.memory = new SharedArrayBuffer(count * SLOT_BYTES);
    this.#free = Array.from({ length: count }, (_, at) => count - 1 - at);
  }

  /** Resolves with `count` slots as soon as so many are free; first come, first served. */
  take(count: number, signal: AbortSignal): Promise<number[]> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.#waiting.length === 0 && this.#free.length >= count) return Promise.resolve(this.#pop(count));
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        const at = this.#waiting.indexOf(waiting);
        if (at >= 0) this.#waiting.splice(at, 1);
        reject(signal.reason);
      };
      const settle = (slots: number[]) => {
        signal.removeEventListener('abort', onAbort);
        resolve(slots);
      };
      const waiting: Waiting = { count, resolve: settle, reject };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(waiting);
    });
  }

  release(slot: number): void {
    this.#free.push(slot);
    let next = this.#waiting[0];
    while (next && this.#free.length >= next.count) {
      this.#waiting.shift();
      next.resolve(this.#pop(next.count));
      next = this.#waiting[0];
    }
  }

  get used(): number {
    return this.count - this.#free.length;
  }

  view(slot: number): Buffer {
    return slotView(this.memory, slot);
  }

  #pop(count: number): number[] {
    return this.#free.splice(this.#free.length - count, count).reverse();
  }
}
