import { composeOnce } from '../src/composition.ts';
import { deadline, type InvocationContext } from './invocation.ts';

const composed = composeOnce(process.env);

export async function handler(_event: unknown, context: InvocationContext): Promise<void> {
  const { worker, clock, log } = composed();
  const { undone, woken } = await worker.sweep(deadline(context, clock.now()));
  if (undone + woken > 0) log.info('swept the ledger', { undone, woken });
}
