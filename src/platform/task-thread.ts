import type { Transferable, Worker } from 'node:worker_threads';
import { endsWhenTold, endThread } from './end-thread.ts';

/** A thread for one task after the other. It starts with the first, and ends once it has idled. */
export interface TaskThread<Task, Result> {
  /** Tasks that it has been given and has not answered. */
  readonly load: number;
  /**
   * Rejects with what was thrown there, or why the thread has ended. The memory of `transfer` is
   * the thread's from then on.
   */
  run(task: Task, transfer?: readonly Transferable[]): Promise<Result>;
  /** Whatever is under way fails with this. */
  close(why: Error): Promise<void>;
}

export interface TaskThreadOptions {
  readonly start: () => Worker;
  /** A thread takes some 10 MiB, which an idle server does without. */
  readonly idleMs?: number;
}

interface Question<Task> {
  readonly number: number;
  readonly task: Task;
}

type Answer<Result> = { readonly number: number } & (
  | { readonly result: Result }
  | { readonly failure: { readonly code: string | undefined; readonly message: string } }
);

interface Asked<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

const IDLE_MS = 10_000;

/** While nothing is under way, the thread keeps no process alive. */
export function createTaskThread<Task, Result>({
  start,
  idleMs = IDLE_MS,
}: TaskThreadOptions): TaskThread<Task, Result> {
  const underWay = new Map<number, Asked<Result>>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let next = 0;

  const end = async (why: Error): Promise<void> => {
    clearTimeout(idle);
    const ending = worker;
    worker = undefined;
    const failed = [...underWay.values()];
    underWay.clear();
    for (const { reject } of failed) reject(why);
    if (ending !== undefined) await endThread(ending);
  };
  const settle = (answer: Answer<Result>, from: Worker): void => {
    const asked = underWay.get(answer.number);
    underWay.delete(answer.number);
    if ('result' in answer) asked?.resolve(answer.result);
    else asked?.reject(Object.assign(new Error(answer.failure.message), { code: answer.failure.code }));
    if (underWay.size > 0) return;
    from.unref();
    idle = setTimeout(() => void end(new Error('The thread has idled.')), idleMs).unref();
  };
  const started = (): Worker => {
    const made = start();
    // One that has ended may still say so when the next has begun.
    const ifStill = (then: () => void) => (worker === made ? then() : undefined);
    made.on('message', (answer: Answer<Result>) => ifStill(() => settle(answer, made)));
    made.on('error', (error: Error) => ifStill(() => void end(error)));
    made.on('exit', () => ifStill(() => void end(new Error('The thread has ended.'))));
    return made;
  };

  return {
    get load() {
      return underWay.size;
    },
    run: (task, transfer = []) =>
      new Promise((resolve, reject) => {
        clearTimeout(idle);
        worker ??= started();
        worker.ref();
        const number = next++;
        underWay.set(number, { resolve, reject });
        worker.postMessage({ number, task } satisfies Question<Task>, transfer);
      }),
    close: end,
  };
}

/** The other end, in the thread itself. An error loses its fields on the way but for its code. */
export function answerTasks<Task, Result>(work: (task: Task) => Result): void {
  const port = endsWhenTold(({ number, task }: Question<Task>) => {
    const answer = (told: Answer<Result>) => port.postMessage(told);
    try {
      answer({ number, result: work(task) });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      answer({ number, failure: { code, message } });
    }
  });
}
