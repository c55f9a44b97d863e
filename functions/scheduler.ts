import { composeOnce } from '../src/composition.ts';
import { isRebuilding } from '../src/engine/ledger/rebuild-barrier.ts';
import { tick } from '../src/service/policies/timer.ts';
import { deadline, type InvocationContext } from './invocation.ts';

const composed = composeOnce(process.env);

/**
 * The timer of the automatic snapshot policies. While the catalogue is being made anew it waits: a
 * policy is there before its disks.
 */
export async function handler(_event: unknown, context: InvocationContext): Promise<void> {
  const { service, clock, clockWatch, log } = composed();
  if (await isRebuilding(service)) return;
  await clockWatch.look();
  const counts = await tick(service, deadline(context, clock.now()));
  log[counts.opened + counts.woken > 0 ? 'info' : 'debug']('ticked', { ...counts });
}
