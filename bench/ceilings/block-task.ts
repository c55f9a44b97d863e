import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What threads that share the blocks of one image between them are given. */
export interface BlockTask {
  readonly path: string;
  /** Number of the next block that nobody has taken. */
  readonly next: Int32Array;
  /** Whether blocks are compressed too. */
  readonly compress: boolean;
}

/** What one thread found. */
export interface BlockFacts {
  /** Spent in SHA-256 alone. */
  readonly hashS: number;
  readonly nonZeroBytes: number;
  /**
   * Bytes that each distinct block that is not zero takes by zstd at level 1, or as it is where
   * that is less.
   */
  readonly stored: ReadonlyMap<string, number>;
}

// 2 MiB: stays in the second-level cache between the read and the hash
export const CHUNK_BLOCKS = 4;
const THREADS = 2;

/**
 * Lets two threads look at every block of an image. The time is that of the work, without the start
 * of the threads.
 */
export async function lookAtBlocks(
  path: string,
  { compress, signal }: { compress: boolean; signal: AbortSignal },
): Promise<{ readonly wallS: number; readonly facts: readonly BlockFacts[] }> {
  const task: BlockTask = { path, next: new Int32Array(new SharedArrayBuffer(4)), compress };
  const threads = Array.from({ length: THREADS }, () => {
    return new Worker(new URL('block-thread.ts', import.meta.url), { workerData: task });
  });
  try {
    await Promise.all(threads.map((thread) => once(thread, 'message', { signal })));
    const began = performance.now();
    const answers = threads.map((thread) => once(thread, 'message', { signal }));
    for (const thread of threads) thread.postMessage('go');
    const facts = (await Promise.all(answers)).map(([answer]) => answer as BlockFacts);
    return { wallS: (performance.now() - began) / 1000, facts };
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}
