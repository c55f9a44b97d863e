import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { startThread, type ThreadFile } from '../../program/start-thread.ts';

/** A file of another folder, to become a file here whose name has its checksum. */
export interface CopyOrder {
  readonly from: string;
  /** Where it is written. After a failure nothing is there. */
  readonly part: string;
  /** What it is renamed to, around the SHA-256 of its bytes in hex. */
  readonly name: { readonly before: string; readonly after: string };
  /** SHA-256 that its bytes must have, where it is known; hex. */
  readonly expected: string | undefined;
}

/** `TOO_MANY`: it has more bytes than a block. `OTHERWISE`: its SHA-256 is not the expected one. */
export type Copied =
  | { readonly outcome: 'COPIED'; readonly path: string; readonly sizeBytes: number; readonly sha256: string }
  | { readonly outcome: 'MISSING' | 'TOO_MANY' | 'OTHERWISE' };

export interface CopyTask extends CopyOrder {
  readonly number: number;
}

/** Has one of both. */
export interface CopyAnswer {
  readonly number: number;
  readonly copied?: Copied;
  readonly failure?: { readonly code: string | undefined; readonly message: string };
}

export type CopyFile = (order: CopyOrder) => Promise<Copied>;

const THREAD: ThreadFile = { from: import.meta.url, source: './copy-thread.ts', bundle: 'copy-thread' };
const MOST_THREADS = 4;
/** A thread that has ended one finds the next. More would only wait. */
const AT_ONCE_EACH = 2;
/** A thread takes some 10 MiB, which an idle server does without. */
const IDLE_MS = 10_000;

interface Waiting {
  readonly order: CopyOrder;
  readonly resolve: (copied: Copied) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Threads that each read, hash and write one file after another. Without SHA instructions a block
 * takes 3 ms to hash. With them, waking Node's pool five times for a block takes most of the time.
 */
export function createCopyThreads({ idleMs = IDLE_MS } = {}): CopyFile {
  const threads = new Set<CopyThread>();
  const queue: Waiting[] = [];
  const most = Math.min(MOST_THREADS, availableParallelism());

  const begin = () => {
    while (queue.length > 0) {
      let [thread] = [...threads].sort((a, b) => a.load - b.load);
      if (thread === undefined || (thread.load > 0 && threads.size < most)) {
        thread = new CopyThread(idleMs, begin, (ended) => threads.delete(ended));
        threads.add(thread);
      }
      if (thread.load === AT_ONCE_EACH) return;
      thread.take(queue.shift() as Waiting);
    }
  };
  return (order) =>
    new Promise((resolve, reject) => {
      queue.push({ order, resolve, reject });
      begin();
    });
}

class CopyThread {
  readonly #worker: Worker;
  readonly #idleMs: number;
  readonly #ended: (thread: CopyThread) => void;
  readonly #under = new Map<number, Waiting>();
  #idle: NodeJS.Timeout | undefined;
  #next = 0;

  constructor(idleMs: number, hasRoom: () => void, ended: (thread: CopyThread) => void) {
    this.#idleMs = idleMs;
    this.#ended = ended;
    this.#worker = startThread(THREAD, { name: 'copy' });
    this.#worker.on('message', (answer: CopyAnswer) => {
      this.#settle(answer);
      hasRoom();
    });
    this.#worker.on('error', (error: Error) => {
      this.#fail(error);
      hasRoom();
    });
    this.#worker.on('exit', () => {
      this.#fail(new Error('The thread that copies has ended.'));
      hasRoom();
    });
  }

  get load(): number {
    return this.#under.size;
  }

  /** While nothing is under way, the thread keeps no process alive. */
  take(waiting: Waiting): void {
    clearTimeout(this.#idle);
    this.#worker.ref();
    const number = this.#next++;
    this.#under.set(number, waiting);
    this.#worker.postMessage({ number, ...waiting.order } satisfies CopyTask);
  }

  #settle({ number, copied, failure }: CopyAnswer): void {
    const waiting = this.#under.get(number);
    this.#under.delete(number);
    if (copied !== undefined) waiting?.resolve(copied);
    else waiting?.reject(Object.assign(new Error(failure?.message), { code: failure?.code }));
    if (this.#under.size > 0) return;
    this.#worker.unref();
    this.#idle = setTimeout(() => {
      this.#ended(this);
      void this.#worker.terminate();
    }, this.#idleMs).unref();
  }

  #fail(error: Error): void {
    clearTimeout(this.#idle);
    this.#ended(this);
    for (const { reject } of this.#under.values()) reject(error);
    this.#under.clear();
  }
}
