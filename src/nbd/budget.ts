/** Bytes of requests and replies in memory, shared by all connections of a server. */
export class Budget {
  #leftBytes: number;
  #waiting: (() => void)[] = [];

  constructor(totalBytes: number) {
    this.#leftBytes = totalBytes;
  }

  take(bytes: number): boolean {
    if (bytes > this.#leftBytes) return false;
    this.#leftBytes -= bytes;
    return true;
  }

  give(bytes: number): void {
    this.#leftBytes += bytes;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const tryAgain of waiting) tryAgain();
  }

  /** Calls once when there is more room; those who then wait again keep their order. */
  whenRoom(tryAgain: () => void): void {
    this.#waiting.push(tryAgain);
  }
}
