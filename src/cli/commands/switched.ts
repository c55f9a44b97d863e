import type { Input } from '../command.ts';
import { UsageError } from '../usage-error.ts';

/** What two opposite flags say: true for the first, false for the second, undefined where neither is given. */
export function switched(input: Input, [on, off]: readonly [string, string], path: string): boolean | undefined {
  if (input.has(on) && input.has(off)) throw new UsageError(`Give --${on} or --${off}, not both.`, path);
  return input.has(on) ? true : input.has(off) ? false : undefined;
}
