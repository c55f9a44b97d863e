import type { Log } from '../platform/log.ts';

/** Reports a connection that is closed although its client wanted more. */
export type Dropped = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/**
 * Logs the first connection that is dropped, and then at most one line in `everyMs` that counts the
 * others. Otherwise anybody who can connect could fill the log.
 */
export class DropLog {
  readonly #log: Pick<Log, 'warn'>;
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | undefined;
  #counts = new Map<string, number>();

  constructor(log: Pick<Log, 'warn'>, everyMs: number) {
    this.#log = log;
    this.#everyMs = everyMs;
  }

  readonly note: Dropped = (message, fields = {}) => {
    if (this.#timer !== undefined) {
      this.#counts.set(message, (this.#counts.get(message) ?? 0) + 1);
      return;
    }
    this.#log.warn(message, fields);
    this.#wait();
  };

  /** Logs what is counted so far. */
  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#report();
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#report()) this.#wait();
    }, this.#everyMs);
    this.#timer.unref();
  }

  /** Whether there was anything to report. */
  #report(): boolean {
    if (this.#counts.size === 0) return false;
    const count = [...this.#counts.values()].reduce((sum, one) => sum + one, 0);
    this.#log.warn('nbd: more connections were dropped', { count, reasons: Object.fromEntries(this.#counts) });
    this.#counts = new Map();
    return true;
  }
}
