import { Worker } from 'node:worker_threads';
import { ClientError, isClientErrorCode } from '../errors.ts';
import type { ReplyMessage, ResultOf, Task, TaskKind, TaskMessage, Tasks, ThreadError, ThreadSetup } from './tasks.ts';

interface PendingTask {
  readonly task: Task;
  readonly resolve: (result: ResultOf<TaskKind>) => void;
  readonly reject: (error: unknown) => void;
}

/** Two tasks at a thread: one that it works on, one that it need not wait for. */
const DEPTH = 2;

/**
 * Blocks that each thread has to do before another one starts: starting it costs more than they do.
 * Fewer than any transfer has under way, or a long one would stay with one thread.
 */
const WORTH_A_THREAD = 4;

/** What ends a block's stay in memory goes before what brings new ones in. The lowest is first. */
const PRIORITY: Readonly<Record<TaskKind, 0 | 1 | 2>> = {
  store: 0,
  pack: 0,
  decode: 0,
  overlay: 0,
  recall: 0,
  encode: 0,
  stage: 0,
  take: 1,
  load: 1,
  name: 1,
  clear: 2,
  keep: 2,
  scan: 2,
  sums: 2,
  rescue: 2,
  held: 2,
};

/**
 * From the sources (.ts, as in tests) the thread runs as it stands. Beside the bundle lies the
 * thread's own bundle.
 */
const THREAD = import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js';

interface Thread {
  readonly worker: Worker;
  load: number;
}

/**
 * A few threads that do the blocks' work in the order of its priority. The first starts with the
 * pool, each other one when there is enough to do.
 */
export class WorkerPool {
  readonly #setup: ThreadSetup;
  readonly #most: number;
  readonly #threads: Thread[] = [];
  readonly #queues: readonly [PendingTask[], PendingTask[], PendingTask[]] = [[], [], []];
  readonly #running = new Map<number, PendingTask & { readonly thread: Thread }>();
  #lastId = 0;
  /** Blocks of all tasks that wait or run. */
  #blocks = 0;
  #ended: unknown;

  constructor(setup: ThreadSetup, threads = 2) {
    this.#setup = setup;
    this.#most = threads;
    this.#start();
  }

  run<K extends TaskKind>(kind: K, input: Tasks[K]['input']): Promise<ResultOf<K>> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#ended);
      const pending = { task: { kind, ...input } as Task, resolve, reject } as PendingTask;
      this.#queues[PRIORITY[kind]].push(pending);
      this.#blocks += blocksOf(pending.task);
      if (this.#blocks > WORTH_A_THREAD * this.#threads.length && this.#threads.length < this.#most) this.#start();
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    this.#end(new ClientError('Interrupted', 'The threads have been ended.'));
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #start(): void {
    const at = this.#threads.length;
    const worker = new Worker(new URL(THREAD, import.meta.url), {
      workerData: this.#setup,
      // Blocks live outside the heap; what is in it is small and dies young.
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
    });
    worker.on('message', (message: ReplyMessage) => this.#onReply(message));
    worker.on('error', (error) => this.#end(error));
    worker.on('exit', (code) => this.#end(new Error(`thread ${at} ended with ${code}`)));
    this.#threads.push({ worker, load: 0 });
  }

  #dispatch(): void {
    for (;;) {
      const queue = this.#queues.find((pending) => pending.length > 0);
      const thread = this.#threads.reduce((best, other) => (other.load < best.load ? other : best));
      const next = thread.load < DEPTH ? queue?.shift() : undefined;
      if (!next) return;
      const id = ++this.#lastId;
      thread.load += 1;
      this.#running.set(id, { ...next, thread });
      thread.worker.postMessage({ id, task: next.task } satisfies TaskMessage);
    }
  }

  #onReply(message: ReplyMessage): void {
    const running = this.#running.get(message.id);
    if (!running) return;
    this.#running.delete(message.id);
    running.thread.load -= 1;
    this.#blocks -= blocksOf(running.task);
    if ('error' in message) running.reject(revive(message.error));
    else running.resolve(message.result);
    this.#dispatch();
  }

  #end(reason: unknown): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    for (const { reject } of [...this.#running.values(), ...this.#queues.flat()]) reject(reason);
    this.#running.clear();
    for (const queue of this.#queues) queue.length = 0;
  }
}

function blocksOf(task: Task): number {
  if ('count' in task) return task.count;
  return task.kind === 'load' || task.kind === 'name' ? task.slots.length : 1;
}

function revive({ message, code, extra }: ThreadError): Error {
  if (isClientErrorCode(code)) return new ClientError(code, message, extra);
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}
