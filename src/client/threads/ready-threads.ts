import type { Worker } from 'node:worker_threads';
import { endThread } from '../../platform/end-thread.ts';
import { startThread as start, type ThreadFile } from '../../platform/program/start-thread.ts';

const THREAD: ThreadFile = { from: import.meta.url, source: './thread.ts', bundle: 'thread' };

/** The thread waits for a {@link ThreadSetup} as its first message. */
export function startThread(): Worker {
  return start(THREAD, {
    // Blocks live outside the heap; what is in it is small and dies young.
    resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
  });
}

/**
 * Threads that start while it is still being found out what they shall do. That takes each of them
 * 0.1 to 0.2 s. The caller that takes one ends it; the others end here.
 */
export class ReadyThreads implements AsyncDisposable {
  readonly #waiting: Worker[];

  constructor(count: number) {
    this.#waiting = Array.from({ length: count }, () => startThread());
    for (const worker of this.#waiting) worker.on('error', () => this.#forget(worker));
  }

  take(): Worker | undefined {
    return this.#waiting.shift();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#waiting.splice(0).map((worker) => endThread(worker)));
  }

  /** The next one that starts says what is wrong. */
  #forget(worker: Worker): void {
    const at = this.#waiting.indexOf(worker);
    if (at !== -1) this.#waiting.splice(at, 1);
  }
}
