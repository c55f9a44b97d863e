import { tidyUp } from '../src/background/janitor.ts';
import { tellFigures } from '../src/background/tell-figures.ts';
import { composeOnce } from '../src/composition.ts';
import { deadline, type InvocationContext } from './invocation.ts';

const composed = composeOnce(process.env);

export async function handler(_event: unknown, context: InvocationContext): Promise<void> {
  const parts = composed();
  const until = deadline(context, parts.clock.now());
  await tellFigures(parts, until);
  await tidyUp(parts, until);
  parts.emf?.flush();
}
