/**
 * Tasks that live and die together. The first failure aborts the others, and {@link TaskGroup.done}
 * throws it.
 */
export class TaskGroup {
  readonly signal: AbortSignal;
  readonly #abort = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  constructor(outer: AbortSignal) {
    this.signal = AbortSignal.any([outer, this.#abort.signal]);
    // An abort from outside is the failure that the caller hears of, not what it makes of the
    // tasks.
    if (outer.aborted) this.fail(outer.reason);
    else outer.addEventListener('abort', () => this.fail(outer.reason), { once: true });
  }

  spawn(task: () => Promise<void>): void {
    if (this.#failure) return;
    const running: Promise<void> = task()
      .catch((error: unknown) => this.fail(error))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  fail(error: unknown): void {
    if (this.#failure) return;
    this.#failure = { error };
    this.#abort.abort(error);
  }

  /** Aborts what still runs and waits for its end. */
  async end(reason: unknown): Promise<void> {
    this.fail(reason);
    await Promise.allSettled([this.done()]);
  }

  /** Waits until all tasks have ended, also those that tasks spawned. */
  async done(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
    if (this.#failure) throw this.#failure.error;
  }
}
