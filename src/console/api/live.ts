/**
 * The one loop that asks again. While something on the page is unsettled, soon and then slower;
 * else every half minute; not at all while the page is hidden; at once when it is seen again.
 */
export interface Watched {
  /** Whether what it last told is still moving. */
  isUnsettled(): boolean;
  refresh(): Promise<unknown>;
}

export interface LiveOptions {
  readonly now: () => number;
  readonly random: () => number;
  readonly isHidden: () => boolean;
  readonly setTimer: (ms: number, call: () => void) => () => void;
}

export const LIVE_TIMES = { soonMs: 2_000, growth: 1.5, slowestMs: 15_000, restMs: 30_000, jitter: 0.2 } as const;

export class Live {
  readonly #options: LiveOptions;
  readonly #watched = new Set<Watched>();
  #soonMs: number = LIVE_TIMES.soonMs;
  #restedAt: number;
  #notBefore = 0;
  #cancel: (() => void) | undefined;
  #busy = false;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#restedAt = options.now();
  }

  /** Until the answer is called. */
  watch(watched: Watched): () => void {
    this.#watched.add(watched);
    this.#plan();
    return () => {
      this.#watched.delete(watched);
      this.#plan();
    };
  }

  /** What is watched has told something new, which may move. */
  heard(): void {
    if (!this.#busy) this.#plan();
  }

  /** Somebody changed something, or looks again. */
  hurry(): void {
    this.#soonMs = LIVE_TIMES.soonMs;
    if (this.#options.isHidden()) this.#plan();
    else void this.#turn(true);
  }

  /** The service is busy. */
  holdOff(ms: number): void {
    this.#notBefore = Math.max(this.#notBefore, this.#options.now() + ms);
    if (!this.#busy) this.#plan();
  }

  #plan(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#watched.size === 0 || this.#options.isHidden()) return;
    const { now, random, setTimer } = this.#options;
    const unsettled = [...this.#watched].some((each) => each.isUnsettled());
    const waitMs = (unsettled ? this.#soonMs : LIVE_TIMES.restMs) * (1 + LIVE_TIMES.jitter * (2 * random() - 1));
    this.#cancel = setTimer(Math.max(waitMs, this.#notBefore - now()), () => void this.#turn(false));
  }

  async #turn(all: boolean): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    const now = this.#options.now();
    const rested = all || now - this.#restedAt >= LIVE_TIMES.restMs * (1 - LIVE_TIMES.jitter);
    const due = [...this.#watched].filter((each) => rested || each.isUnsettled());
    if (rested) this.#restedAt = now;
    await Promise.allSettled(due.map((each) => each.refresh()));
    const moving = [...this.#watched].some((each) => each.isUnsettled());
    this.#soonMs = moving ? Math.min(this.#soonMs * LIVE_TIMES.growth, LIVE_TIMES.slowestMs) : LIVE_TIMES.soonMs;
    this.#busy = false;
    this.#plan();
  }
}
