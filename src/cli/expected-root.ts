import type { ExpectedContents } from '../client/download/proved-pages.ts';
import { isObjectId } from '../engine/blocks/block.ts';
import type { Input, OptionSpec } from './command.ts';
import { UsageError } from './usage-error.ts';

export const ROOT_OPTION: OptionSpec = {
  name: 'root',
  takes: 'text',
  value: 'ROOT:SIZE',
  summary:
    'What the contents must be, as `disk show` or `snapshot show` printed it. Other contents ' +
    'are refused, whatever the service and the store answer.',
};

/** How contents are named outside the service. */
export function rootText({ root, sizeBytes }: ExpectedContents): string {
  return `${root}:${sizeBytes}`;
}

export function parseRoot(input: Input, command: string): ExpectedContents | undefined {
  const text = input.text('root');
  if (text === undefined) return undefined;
  const [root = '', size = '', ...rest] = text.split(':');
  const sizeBytes = Number(size);
  const isNamed = root === 'empty' || isObjectId(root);
  if (!isNamed || !/^[1-9]\d*$/.test(size) || !Number.isSafeInteger(sizeBytes) || rest.length > 0) {
    const form = 'must look like ROOT:SIZE, 64 hexadecimal digits (or empty) and a number of bytes';
    throw new UsageError(`--root ${form}, not '${text}'.`, command);
  }
  return { root, sizeBytes };
}
