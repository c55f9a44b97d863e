import { composeOnce } from '../src/composition.ts';
import { tick } from '../src/policies/timer.ts';
import { deadline, type InvocationContext } from './invocation.ts';

const composed = composeOnce(process.env);

/** The timer of the automatic snapshot policies. */
export async function handler(_event: unknown, context: InvocationContext): Promise<void> {
  const { service, clock, log } = composed();
  const counts = await tick(service, deadline(context, clock.now()));
  log[counts.opened + counts.woken > 0 ? 'info' : 'debug']('ticked', { ...counts });
}
