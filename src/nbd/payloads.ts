/** Smaller ones mostly arrive in one piece, and need no buffer of their own. */
const MIN_BYTES = 64 * 1024;

/**
 * Buffers for what writes bring, used again and again: fresh memory costs the kernel more than
 * filling it does.
 */
export class Payloads {
  readonly #free = new Map<number, Buffer[]>();
  readonly #limitBytes: number;
  #keptBytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  take(length: number): Buffer {
    if (length < MIN_BYTES) return Buffer.allocUnsafe(length);
    const size = roundedUp(length);
    const buffer = this.#free.get(size)?.pop();
    if (buffer === undefined) return Buffer.allocUnsafeSlow(size).subarray(0, length);
    this.#keptBytes -= size;
    return buffer.subarray(0, length);
  }

  /** Of what `take` gave; nobody may look at it any more. */
  give(payload: Buffer): void {
    const size = payload.buffer.byteLength;
    if (payload.length < MIN_BYTES || size !== roundedUp(payload.length)) return;
    if (this.#keptBytes + size > this.#limitBytes) return;
    const free = this.#free.get(size) ?? [];
    free.push(Buffer.from(payload.buffer));
    this.#free.set(size, free);
    this.#keptBytes += size;
  }
}

/** To a power of two. */
function roundedUp(length: number): number {
  return 2 ** Math.ceil(Math.log2(length));
}
