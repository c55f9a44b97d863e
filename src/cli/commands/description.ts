import type { Input, OptionSpec } from '../command.ts';
import { UsageError } from '../usage-error.ts';

export const DESCRIPTION_OPTION: OptionSpec = {
  name: 'description',
  takes: 'text',
  value: 'TEXT',
  summary: 'Description: 2–256 characters.',
};

/** For commands that change something that is there. */
export const DESCRIPTION_CHANGE_OPTIONS: readonly OptionSpec[] = [
  { name: 'description', takes: 'text', value: 'TEXT', summary: 'A new description.' },
  { name: 'no-description', takes: 'nothing', summary: 'Remove the description.' },
];

/**
 * What `DESCRIPTION_CHANGE_OPTIONS` make of a description: null takes it away, undefined leaves it
 * alone.
 */
export function descriptionChange(input: Input, path: string): string | null | undefined {
  const text = input.text('description');
  if (!input.has('no-description')) return text;
  if (text !== undefined) throw new UsageError('Give --description or --no-description, not both.', path);
  return null;
}
