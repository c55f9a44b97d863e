import { Patience } from '../client/flow/patience.ts';
import { formatSpan } from '../client/flow/span.ts';
import type { Input } from './command.ts';
import type { Console } from './console.ts';
import { DURATION_FORM, parseDuration } from './sizes.ts';
import { UsageError } from './usage-error.ts';

const DEFAULT_MS = 5 * 60_000;

/** How long a command goes on while the service does not answer: by option, or by environment. */
export function patienceOf(
  input: Input,
  environment: Readonly<Record<string, string | undefined>>,
  console: Console,
): Patience {
  return new Patience({
    ms: input.number('patience') ?? fromEnvironment(environment.VARVE_PATIENCE) ?? DEFAULT_MS,
    onOutage: ({ error, leftMs }) => console.note(`${error.message} Trying for another ${formatSpan(leftMs)}.`),
  });
}

function fromEnvironment(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  throw new UsageError(`VARVE_PATIENCE must be ${DURATION_FORM}, not '${text}'.`);
}
