import { VarveError } from '../platform/errors.ts';
import { sizeText } from '../platform/size-text.ts';
import { FORMAT_NAMES, type ImageFormat, MOST_DISK_BYTES } from './image.ts';

/** The file is not what its format says, or ends too early. */
export function damagedImage(format: ImageFormat, what: string, extra: Readonly<Record<string, unknown>> = {}) {
  return new VarveError('ImageDamaged', `The ${FORMAT_NAMES[format]} file is damaged: ${what}.`, { format, ...extra });
}

/** The file may be whole, but needs something that is not read. `feature` is stable. */
export function unsupportedImage(format: ImageFormat, feature: string, what: string) {
  return new VarveError('ImageUnsupported', `The ${FORMAT_NAMES[format]} file ${what}.`, { format, feature });
}

/** Every format can state a disk that is larger than any of Varve. */
export function requireDiskSize(format: ImageFormat, sizeBytes: number): void {
  if (sizeBytes <= MOST_DISK_BYTES) return;
  throw unsupportedImage(format, 'size', `is of a disk of ${sizeText(sizeBytes)}, more than 64 TiB`);
}
