import { chooseFormat, SOURCE_FORMATS } from '../../client/upload/image-format.ts';
import { openImageSource } from '../../client/upload/image-source.ts';
import type { Context, Input, OptionSpec } from '../command.ts';
import { formatSize } from '../sizes.ts';
import { UsageError } from '../usage-error.ts';
import { sourceChoice } from './source-options.ts';
import type { Take } from './upload.ts';

export const FORMAT_OPTION: OptionSpec = {
  name: 'format',
  takes: 'text',
  value: 'FORMAT',
  summary: 'What the file is. raw takes its bytes as they are. Default: what contents and name agree on.',
  choices: SOURCE_FORMATS,
};

/** What can be known of a file cannot be known of a pipe. */
export function refuseFormatOfPipe(input: Input, path: string, command: string): void {
  const format = input.text('format');
  if (path === '-' && format !== undefined && format !== 'raw')
    throw new UsageError(`--format ${format} needs a file: standard input is always raw.`, command);
}

export function requireSizeOfPipe(input: Input, path: string, command: string): void {
  if (path === '-' && !input.has('size'))
    throw new UsageError('--size is missing: the size of standard input is not known beforehand.', command);
}

/** Takes a file for the image that it is, by what the user says of it or by itself, and says so. */
export function takeForFormat({ console }: Context, input: Input, command: string): Take {
  return async (source) => {
    const format = chooseFormat(source, input.choice('format', SOURCE_FORMATS));
    if (format === 'raw') return source;
    if (sourceChoice(input).zeroUnreadable) {
      throw new UsageError('--on-read-error zero is for raw images and devices.', command);
    }
    const image = await openImageSource(source, format);
    console.note(`${source.path} is a ${format} image of a disk of ${formatSize(image.sizeBytes)}.`);
    return image;
  };
}
