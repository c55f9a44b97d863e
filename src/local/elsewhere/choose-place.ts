import { join } from 'node:path';
import { ConfigError, type Environment } from '../../platform/config.ts';
import { parseS3Address, printS3Address, type S3Address } from '../../platform/objects/s3-address.ts';
import { holdsFiles } from '../folder/contents.ts';
import type { Marker } from '../folder/marker.ts';
import { StartError } from '../start-error.ts';

/** Where the objects of an installation are: a bucket, or undefined for its own folder. */
export type Place = S3Address | undefined;

/** Throws `StartError` for an address that is none. */
export function addressOf(text: string, environment: Environment): S3Address {
  try {
    return parseS3Address(text, environment);
  } catch (error) {
    throw error instanceof ConfigError ? new StartError(error.message) : error;
  }
}

/** What the folder itself says. What it says is whole, so the environment adds nothing. */
export function placeOf(marker: Marker | undefined): Place {
  return marker?.objects === undefined ? undefined : addressOf(marker.objects, {});
}

export interface PlaceWish {
  /** The data folder. */
  readonly path: string;
  readonly marker: Marker | undefined;
  /** What the operator names now, if anything. */
  readonly wanted: Place;
}

/**
 * The place is chosen once, by the first start. Later ones go on with it, and one that names
 * another is refused. But the same bucket may have moved to another address.
 */
export function choosePlace({ path, marker, wanted }: PlaceWish): Place {
  const known = placeOf(marker);
  if (wanted === undefined) return known;
  const isRebuilt = marker?.rebuilding === true && known !== undefined;
  const isFirst = marker?.complete !== true && !isRebuilt;
  if (isFirst && !holdsFiles(join(path, 'objects'))) return wanted;
  if (known?.bucket === wanted.bucket) return wanted;
  const where = known === undefined ? 'in the folder itself' : `in ${printS3Address(known)}`;
  throw new StartError(
    `The objects of the data folder ${path} are ${where}: "npx varve server move --to ${printS3Address(wanted)} ` +
      `--data ${path}" moves them.`,
  );
}
