import type { Input } from '../command.ts';
import { UsageError } from '../usage-error.ts';

/** True if the first flag is given, false if its opposite is, undefined if neither is. */
export function oppositeFlags(input: Input, [on, off]: readonly [string, string], path: string): boolean | undefined {
  if (input.has(on) && input.has(off)) throw new UsageError(`Give --${on} or --${off}, not both.`, path);
  return input.has(on) ? true : input.has(off) ? false : undefined;
}
