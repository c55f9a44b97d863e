import type { Input, OptionSpec } from '../command.ts';
import { UsageError } from '../usage-error.ts';

/** What the user says of a source that may not be whole or quiet. */
export const SOURCE_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'zero-rest',
    takes: 'nothing',
    summary: 'Accept a source that ends before the disk does. The rest of the disk becomes zeros.',
  },
  {
    name: 'live',
    takes: 'nothing',
    summary: 'Read a device that is mounted or in use. Writes to it meanwhile may be in the disk in part.',
  },
  {
    name: 'allow-change',
    takes: 'nothing',
    summary: 'Accept a file that changes while it is read. The disk may be a mixture of before and after.',
  },
  {
    name: 'on-read-error',
    takes: 'text',
    value: 'WHAT',
    summary: 'fail, or zero: what cannot be read of a file or device becomes zeros and is listed. Default: fail.',
    choices: ['fail', 'zero'],
  },
];

/** The options that the client library takes as they are. */
export function sourceChoice(input: Input): { readonly allowChange: boolean; readonly zeroUnreadable: boolean } {
  return { allowChange: input.has('allow-change'), zeroUnreadable: input.text('on-read-error') === 'zero' };
}

/** A pipe that fails cannot be read on behind the place. */
export function refuseForPipe(input: Input, path: string, command: string): void {
  if (path === '-' && sourceChoice(input).zeroUnreadable)
    throw new UsageError(
      '--on-read-error zero needs a file or device: standard input cannot skip what is unreadable.',
      command,
    );
}
