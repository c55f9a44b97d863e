/** Bytes as they arrived, in whatever pieces, taken in the lengths that the protocol says. */
export class ByteQueue {
  readonly #chunks: Buffer[] = [];
  #head = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /**
   * The next `length` bytes in one piece, without a copy if they arrived in one. Undefined if they
   * are not all there.
   */
  take(length: number): Buffer | undefined {
    if (length > this.#length) return undefined;
    const first = this.#chunks[0];
    if (first === undefined) return Buffer.alloc(0);
    if (first.length - this.#head >= length) {
      const piece = first.subarray(this.#head, this.#head + length);
      this.#advance(first, length);
      return piece;
    }
    const piece = Buffer.allocUnsafe(length);
    this.moveInto(piece, 0);
    return piece;
  }

  /** Moves what there is into `target` from `at`, at most up to its end. Returns how many bytes. */
  moveInto(target: Buffer, at: number): number {
    let moved = 0;
    for (let first = this.#chunks[0]; first !== undefined && at + moved < target.length; first = this.#chunks[0]) {
      const bytes = Math.min(first.length - this.#head, target.length - at - moved);
      first.copy(target, at + moved, this.#head, this.#head + bytes);
      this.#advance(first, bytes);
      moved += bytes;
    }
    return moved;
  }

  /** What is here stays as it is, whatever becomes of the memory that was pushed. */
  own(): void {
    if (this.#length === 0) return;
    const rest = Buffer.allocUnsafe(this.#length);
    this.moveInto(rest, 0);
    this.push(rest);
  }

  /** Drops at most `limit` bytes. Returns how many. */
  skip(limit: number): number {
    let skipped = 0;
    for (let first = this.#chunks[0]; first !== undefined && skipped < limit; first = this.#chunks[0]) {
      const bytes = Math.min(first.length - this.#head, limit - skipped);
      this.#advance(first, bytes);
      skipped += bytes;
    }
    return skipped;
  }

  #advance(first: Buffer, bytes: number): void {
    this.#head += bytes;
    this.#length -= bytes;
    if (this.#head < first.length) return;
    this.#chunks.shift();
    this.#head = 0;
  }
}
