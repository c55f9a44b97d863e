import { runTimer } from '../src/background/timer.ts';
import { composeOnce } from '../src/composition.ts';
import { deadline, type InvocationContext } from './invocation.ts';

const composed = composeOnce(process.env);

export async function handler(_event: unknown, context: InvocationContext): Promise<void> {
  const parts = composed();
  await runTimer(parts, deadline(context, parts.clock.now()));
}
