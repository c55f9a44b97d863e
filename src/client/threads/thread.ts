import { parentPort, workerData } from 'node:worker_threads';
import { VarveError } from '../../platform/errors.ts';
import { ClientError } from '../errors.ts';
import { createBlockWorker } from './block-work.ts';
import type { ReplyMessage, ResultOf, TaskKind, TaskMessage, ThreadError, ThreadSetup } from './tasks.ts';

const work = createBlockWorker(workerData as ThreadSetup);

parentPort?.on('message', ({ id, task }: TaskMessage) => {
  parentPort?.postMessage(reply(id, task));
});

function reply(id: number, task: TaskMessage['task']): ReplyMessage {
  try {
    const perform = work[task.kind] as (given: typeof task) => ResultOf<TaskKind>;
    return { id, result: perform(task) };
  } catch (error) {
    return { id, error: describe(error) };
  }
}

function describe(error: unknown): ThreadError {
  if (error instanceof VarveError || error instanceof ClientError)
    return { message: error.message, code: error.code, extra: error.extra };
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? { message: error.message } : { message: error.message, code };
}
