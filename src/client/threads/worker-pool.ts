import type { Worker } from 'node:worker_threads';
import { endThread } from '../../platform/end-thread.ts';
import { ClientError, isClientErrorCode } from '../errors.ts';
import { type ReadyThreads, startThread } from './ready-threads.ts';
import type {
  ReplyMessage,
  ResultOf,
  Task,
  TaskKind,
  TaskMessage,
  TaskOutcome,
  Tasks,
  ThreadError,
  ThreadSetup,
} from './tasks.ts';

interface PendingTask {
  readonly task: Task;
  readonly resolve: (result: ResultOf<TaskKind>) => void;
  readonly reject: (error: unknown) => void;
}

/** Two messages at a thread: one that it works on, one that it need not wait for. */
const DEPTH = 2;

/**
 * Blocks in one message, if so many wait. To wake a thread, and to be woken by its answer, costs
 * 0.3 ms of processor time. More than this would keep blocks in memory that are done.
 */
const BLOCKS_A_MESSAGE = 4;

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
  readonly #ready: ReadyThreads | undefined;
  readonly #threads: Thread[] = [];
  readonly #queues: readonly [PendingTask[], PendingTask[], PendingTask[]] = [[], [], []];
  readonly #running = new Map<number, { readonly tasks: readonly PendingTask[]; readonly thread: Thread }>();
  #lastId = 0;
  /** Blocks of all tasks that wait or run. */
  #blocks = 0;
  #ended: unknown;

  /** `ready` are used before new ones are started. */
  constructor(
    setup: ThreadSetup,
    { most = 2, ready }: { readonly most?: number; readonly ready?: ReadyThreads | undefined } = {},
  ) {
    this.#setup = setup;
    this.#most = most;
    this.#ready = ready;
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

  /** Fails what waits or runs, and ends the threads behind the blocks that they have in hand. */
  async close(): Promise<void> {
    this.#end(new ClientError('Interrupted', 'The threads have been ended.'));
    await Promise.all(this.#threads.map(({ worker }) => endThread(worker)));
  }

  #start(): void {
    const at = this.#threads.length;
    const worker = this.#ready?.take() ?? startThread();
    worker.postMessage(this.#setup);
    worker.on('message', (message: ReplyMessage) => this.#onReply(message));
    worker.on('error', (error) => this.#end(error));
    worker.on('exit', (code) => this.#end(new Error(`thread ${at} ended with ${code}`)));
    this.#threads.push({ worker, load: 0 });
  }

  #dispatch(): void {
    for (;;) {
      const thread = this.#threads.reduce((best, other) => (other.load < best.load ? other : best));
      if (thread.load >= DEPTH) return;
      const tasks = this.#nextTasks();
      if (tasks.length === 0) return;
      const id = ++this.#lastId;
      thread.load += 1;
      this.#running.set(id, { tasks, thread });
      thread.worker.postMessage({ id, tasks: tasks.map(({ task }) => task) } satisfies TaskMessage);
    }
  }

  /** Of the first queue that has any: a thread's share, or as much as fits a message. */
  #nextTasks(): PendingTask[] {
    const queue = this.#queues.find((pending) => pending.length > 0) ?? [];
    const share = Math.ceil(queue.length / this.#threads.length);
    let count = 0;
    for (let blocks = 0; count < share; count++) {
      blocks += blocksOf((queue[count] as PendingTask).task);
      if (count > 0 && blocks > BLOCKS_A_MESSAGE) break;
    }
    return queue.splice(0, count);
  }

  #onReply({ id, outcomes }: ReplyMessage): void {
    const running = this.#running.get(id);
    if (!running) return;
    this.#running.delete(id);
    running.thread.load -= 1;
    for (const [at, { task, resolve, reject }] of running.tasks.entries()) {
      this.#blocks -= blocksOf(task);
      const outcome = outcomes[at] as TaskOutcome;
      if ('error' in outcome) reject(revive(outcome.error));
      else resolve(outcome.result);
    }
    this.#dispatch();
  }

  #end(reason: unknown): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    const running = [...this.#running.values()].flatMap(({ tasks }) => tasks);
    for (const { reject } of [...running, ...this.#queues.flat()]) reject(reason);
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
