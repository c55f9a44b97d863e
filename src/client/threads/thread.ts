import { parentPort, workerData } from 'node:worker_threads';
import { VarveError } from '../../platform/errors.ts';
import { ClientError } from '../errors.ts';
import { createBlockWorker } from './block-work.ts';
import type { OrderKind, OrderMessage, ReplyMessage, ResultOf, ThreadError, ThreadSetup } from './orders.ts';

const work = createBlockWorker(workerData as ThreadSetup);

parentPort?.on('message', ({ ticket, order }: OrderMessage) => {
  parentPort?.postMessage(reply(ticket, order));
});

function reply(ticket: number, order: OrderMessage['order']): ReplyMessage {
  try {
    const perform = work[order.kind] as (given: typeof order) => ResultOf<OrderKind>;
    return { ticket, result: perform(order) };
  } catch (error) {
    return { ticket, error: describe(error) };
  }
}

function describe(error: unknown): ThreadError {
  if (error instanceof VarveError || error instanceof ClientError)
    return { message: error.message, code: error.code, extra: error.extra };
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? { message: error.message } : { message: error.message, code };
}
