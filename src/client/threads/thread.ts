import { endsWhenTold } from '../../platform/end-thread.ts';
import { VarveError } from '../../platform/errors.ts';
import { ClientError } from '../errors.ts';
import { type BlockWorker, createBlockWorker } from './block-work.ts';
import type {
  ReplyMessage,
  ResultOf,
  Task,
  TaskKind,
  TaskMessage,
  TaskOutcome,
  ThreadError,
  ThreadSetup,
} from './tasks.ts';

let work: BlockWorker | undefined;

/** The first message says what it works with. */
const port = endsWhenTold((message: ThreadSetup | TaskMessage) => {
  if (!('tasks' in message)) {
    work = createBlockWorker(message);
    return;
  }
  const { id, tasks } = message;
  const outcomes = tasks.map((task) => outcomeOf(work as BlockWorker, task));
  port.postMessage({ id, outcomes } satisfies ReplyMessage);
});

function outcomeOf(work: BlockWorker, task: Task): TaskOutcome {
  try {
    const perform = work[task.kind] as (given: Task) => ResultOf<TaskKind>;
    return { result: perform(task) };
  } catch (error) {
    return { error: describe(error) };
  }
}

function describe(error: unknown): ThreadError {
  if (error instanceof VarveError || error instanceof ClientError)
    return { message: error.message, code: error.code, extra: error.extra };
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? { message: error.message } : { message: error.message, code };
}
