/**
 * Wakes those that wait for something to change. A notification that nobody waits for is not kept:
 * look first, then wait.
 */
export class ConditionVariable {
  readonly #waiting = new Set<() => void>();

  notifyAll(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  /**
   * Resolves with the next notification, after `ms` or when the signal fires: the first of these.
   */
  wait(ms: number | undefined, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#waiting.delete(wake);
        resolve();
      };
      if (ms !== undefined) timer = setTimeout(wake, ms);
      signal.addEventListener('abort', wake, { once: true });
      this.#waiting.add(wake);
    });
  }
}
