import { chooseFormat, SOURCE_FORMATS } from '../../client/upload/image-format.ts';
import { openImageSource } from '../../client/upload/image-source.ts';
import type { Context, Input } from '../command.ts';
import { formatSize } from '../sizes.ts';
import { UsageError } from '../usage-error.ts';
import { sourceChoice } from './source-options.ts';
import type { Take } from './upload.ts';

/** Takes a file for the image that it is, by what the user says of it or by itself, and says so. */
export function takeForFormat({ console }: Context, input: Input): Take {
  return async (source) => {
    const format = chooseFormat(source, input.choice('format', SOURCE_FORMATS));
    if (format === 'raw') return source;
    if (sourceChoice(input).zeroUnreadable) {
      throw new UsageError('--on-read-error zero is for raw images and devices.', 'disk import');
    }
    const image = await openImageSource(source, format);
    console.note(`${source.path} is a ${format} image of a disk of ${formatSize(image.sizeBytes)}.`);
    return image;
  };
}
