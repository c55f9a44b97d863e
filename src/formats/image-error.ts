import { VarveError } from '../platform/errors.ts';
import { FORMAT_NAMES, type ImageFormat } from './image.ts';

/** The file is not what its format says, or ends too early. */
export function damagedImage(format: ImageFormat, what: string, extra: Readonly<Record<string, unknown>> = {}) {
  return new VarveError('ImageDamaged', `The ${FORMAT_NAMES[format]} file is damaged: ${what}.`, { format, ...extra });
}

/** The file may be whole, but needs something that is not read. `feature` is stable. */
export function unsupportedImage(format: ImageFormat, feature: string, what: string) {
  return new VarveError('ImageUnsupported', `The ${FORMAT_NAMES[format]} file ${what}.`, { format, feature });
}
