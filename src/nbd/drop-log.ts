import type { Log } from '../platform/log.ts';

/** Tells of a connection that is closed though its client wanted more. */
export type Dropped = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/**
 * Logs the first connection that is dropped, and then at most one line in `everyMs` that counts the
 * others. Whoever can connect could fill the log otherwise.
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

  note: Dropped = (message, fields = {}) => {
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
    this.#tell();
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#tell()) this.#wait();
    }, this.#everyMs);
    this.#timer.unref();
  }

  #tell(): boolean {
    if (this.#counts.size === 0) return false;
    const count = [...this.#counts.values()].reduce((sum, one) => sum + one, 0);
    this.#log.warn('nbd: more connections were dropped', { count, reasons: Object.fromEntries(this.#counts) });
    this.#counts = new Map();
    return true;
  }
}
