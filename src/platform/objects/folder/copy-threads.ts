import { availableParallelism } from 'node:os';
import { startThread, type ThreadFile } from '../../program/start-thread.ts';
import { createTaskThread } from '../../task-thread.ts';
import type { CopyTarget } from './incoming.ts';

/** A file of another folder, to become a file here whose name has its checksum. */
export interface CopyOrder extends CopyTarget {
  readonly from: string;
  /** SHA-256 that its bytes must have, where it is known; hex. */
  readonly expected: string | undefined;
}

/** `TOO_MANY`: it has more bytes than a block. `OTHERWISE`: its SHA-256 is not the expected one. */
export type Copied =
  | { readonly outcome: 'COPIED'; readonly path: string; readonly sizeBytes: number; readonly sha256: string }
  | { readonly outcome: 'MISSING' | 'TOO_MANY' | 'OTHERWISE' };

export type CopyFile = (order: CopyOrder) => Promise<Copied>;

const THREAD: ThreadFile = { from: import.meta.url, source: './copy-thread.ts', bundle: 'copy-thread' };
const MOST_THREADS = 4;
/** A thread that has ended one finds the next. More would only wait. */
const AT_ONCE_EACH = 2;

interface Waiting {
  readonly order: CopyOrder;
  readonly resolve: (copied: Copied) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Threads that each read, hash and write one file after another. Without SHA instructions a block
 * takes 3 ms to hash. With them, waking Node's pool five times for a block takes most of the time.
 */
export function createCopyThreads(options: { readonly idleMs?: number } = {}): CopyFile {
  const start = () => startThread(THREAD, { name: 'copy' });
  const threads = Array.from({ length: Math.min(MOST_THREADS, availableParallelism()) }, () =>
    createTaskThread<CopyOrder, Copied>({ ...options, start }),
  );
  const queue: Waiting[] = [];

  const begin = () => {
    while (queue.length > 0) {
      const thread = threads.reduce((freest, other) => (other.load < freest.load ? other : freest));
      if (thread.load === AT_ONCE_EACH) return;
      const { order, resolve, reject } = queue.shift() as Waiting;
      void thread.run(order).then(resolve, reject).finally(begin);
    }
  };
  return (order) =>
    new Promise((resolve, reject) => {
      queue.push({ order, resolve, reject });
      begin();
    });
}
