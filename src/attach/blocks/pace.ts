/** A page cache gives a block in well under this, and a medium that has to seek does not. */
const SLOW_MS = 2;
/** After a slow read, so many go to the threads before the next one is tried here. */
const PAUSE = 64;

/**
 * Whether files are read on the calling thread. From the page cache that is the fastest way. If the
 * medium has to be waited for, everybody else would wait as well.
 */
export class Pace {
  readonly #now: () => number;
  #paused = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  get isPaused(): boolean {
    return this.#paused > 0;
  }

  /** A read was left to a thread. */
  left(): void {
    if (this.#paused > 0) this.#paused -= 1;
  }

  timed<T>(read: () => T): T {
    const began = this.#now();
    const result = read();
    if (this.#now() - began > SLOW_MS) this.#paused = PAUSE;
    return result;
  }
}
