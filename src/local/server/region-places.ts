import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Environment } from '../../platform/config.ts';
import { printS3Address } from '../../platform/objects/s3-address.ts';
import { addressOf } from '../elsewhere/choose-place.ts';
import { isWithin } from '../folder/is-within.ts';
import type { Marker, RegionAt } from '../folder/marker.ts';
import { LOCAL_REGION } from '../names.ts';
import { StartError } from '../start-error.ts';

/** Where the objects of one more region are. */
export interface RegionPlace extends RegionAt {
  /** Of a region that has had objects, they must be there. */
  readonly isNew: boolean;
}

export interface RegionWish {
  /** The data folder. */
  readonly path: string;
  readonly marker: Marker | undefined;
  /** What the operator names now: `name=folder` or `name=s3://…`. */
  readonly wanted: readonly string[];
  readonly environment: Environment;
}

const GIVE = 'give NAME=FOLDER or NAME=s3://…, with a name like north-1';
const FORM = /^([a-z0-9-]{1,63})=(.+)$/;
const BUCKET = 's3://';
const URL_FORM = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * The regions besides the first: those that the data folder knows, and new ones. One that is known
 * may have moved. Throws `StartError`.
 */
export function chooseRegions({ path, marker, wanted, environment }: RegionWish): RegionPlace[] {
  const known = new Map((marker?.regions ?? []).map((region) => [region.name, region.at]));
  const chosen = new Map(known);
  for (const text of wanted) {
    const [, name = '', place = ''] = FORM.exec(text) ?? [];
    if (name === '' || (URL_FORM.test(place) && !place.startsWith(BUCKET)))
      throw new StartError(`"${text}" is no region: ${GIVE}.`);
    if (name === (marker?.region ?? LOCAL_REGION))
      throw new StartError(`Region ${name} is that of the data folder itself: choose another name.`);
    chosen.set(name, place.startsWith(BUCKET) ? printS3Address(addressOf(place, environment)) : resolve(place));
  }
  const places = [...chosen.values()];
  const twice = places.find((at, place) => places.indexOf(at) !== place);
  if (twice !== undefined) throw new StartError(`${twice} is named for two regions: each needs a place of its own.`);
  requireApart([path, ...places.filter((at) => !at.startsWith(BUCKET))]);
  return [...chosen].map(([name, at]) => ({ name, at, isNew: !known.has(name) }));
}

/** What lies in a folder of objects is taken for its own. The first is the data folder. */
function requireApart(folders: readonly string[]): void {
  const real = folders.map(realPathOf);
  for (const [at, inner] of real.entries()) {
    const outer = real.findIndex((other, place) => place !== at && isWithin(inner, other));
    if (outer !== -1)
      throw new StartError(`${folders[at]} and ${folders[outer]} lie in each other: choose a folder elsewhere.`);
  }
}

/** Without links, as far as there is something. */
function realPathOf(path: string): string {
  if (existsSync(path) || dirname(path) === path) return realpathSync(path);
  return join(realPathOf(dirname(path)), basename(path));
}
