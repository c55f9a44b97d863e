import { type CipherGCM, type Cipheriv, createCipheriv, hash } from 'node:crypto';

const AHEAD_BYTES = 64 * 1024;

/**
 * An endless stream of bytes that a seed decides and that no compressor makes smaller: AES-256 in
 * counter mode.
 */
export class SeededBytes {
  readonly #cipher: Cipheriv | CipherGCM;
  #ahead: Buffer = Buffer.alloc(0);

  constructor(seed: string) {
    this.#cipher = createCipheriv('aes-256-ctr', hash('sha256', seed, 'buffer'), Buffer.alloc(16));
  }

  take(bytes: number): Buffer {
    return this.#cipher.update(Buffer.alloc(bytes));
  }

  /** In [0, 1). */
  fraction(): number {
    if (this.#ahead.length < 6) this.#ahead = this.take(AHEAD_BYTES);
    const number = this.#ahead.readUIntBE(0, 6);
    this.#ahead = this.#ahead.subarray(6);
    return number / 2 ** 48;
  }

  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }
}
