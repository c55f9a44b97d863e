import type { Input, OptionSpec } from '../command.ts';

/** What the user says of a source that may not be whole or quiet. */
export const SOURCE_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'zero-rest',
    takes: 'nothing',
    summary: 'Take a source that ends before the disk for whole: the rest of the disk becomes zeros.',
  },
  {
    name: 'live',
    takes: 'nothing',
    summary: 'Read a device that is mounted or in use. What is written meanwhile may get into the disk in part.',
  },
  {
    name: 'allow-change',
    takes: 'nothing',
    summary: 'Take a file that changes while it is read as it was read. It may be a mixture of before and after.',
  },
];

/** The options that the client library takes as they are. */
export function sourceChoice(input: Input): { readonly allowChange: boolean } {
  return { allowChange: input.has('allow-change') };
}
