/**
 * Calls that end when their caller is gone, as its signal says. There is one listener for each
 * caller, however much it asks for at a time.
 */
export class Callers {
  readonly #waiting = new WeakMap<AbortSignal, Set<() => void>>();
  readonly #onGone: (caller: AbortSignal) => void;

  /** `onGone` takes back what the caller has asked for in other ways. */
  constructor(onGone: (caller: AbortSignal) => void) {
    this.#onGone = onGone;
  }

  /** From now on it is noticed when the caller goes. Throws the signal's reason if it is gone. */
  watch(caller: AbortSignal): void {
    this.#waitingOf(caller);
  }

  #waitingOf(caller: AbortSignal): Set<() => void> {
    caller.throwIfAborted();
    const known = this.#waiting.get(caller);
    if (known !== undefined) return known;
    const waiting = new Set<() => void>();
    this.#waiting.set(caller, waiting);
    const gone = () => {
      for (const leave of [...waiting]) leave();
      this.#onGone(caller);
    };
    caller.addEventListener('abort', gone, { once: true });
    return waiting;
  }

  /**
   * What `work` comes to, or the signal's reason as soon as that fires. The work may go on then;
   * `late` gets what it still brings.
   */
  run<T>(caller: AbortSignal, work: () => Promise<T>, late?: (value: T) => void): Promise<T> {
    const waiting = this.#waitingOf(caller);
    const working = work();
    return new Promise((resolve, reject) => {
      const leave = () => reject(caller.reason as Error);
      waiting.add(leave);
      working.then(
        (value) => {
          waiting.delete(leave);
          if (caller.aborted) late?.(value);
          else resolve(value);
        },
        (error: unknown) => {
          waiting.delete(leave);
          reject(error as Error);
        },
      );
    });
  }
}
