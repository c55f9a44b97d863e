import type { Command, Input } from '../command.ts';
import { UsageError } from '../usage-error.ts';

/** Refuses a change of nothing: the user has forgotten to say what to change. */
export function requireChange(input: Input, { path, options }: Command): void {
  if (options.some(({ name }) => input.has(name))) return;
  throw new UsageError('Give at least one option that changes something.', path);
}
