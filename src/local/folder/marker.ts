import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../../platform/durable-file.ts';
import { reason } from '../reason.ts';
import { FolderError } from '../start-error.ts';

/** What a data folder says of itself. */
export interface Marker {
  readonly format: number;
  /** It has been up once: from then on a missing part is damage, no longer a first start. */
  readonly complete: boolean;
  /** The catalogue is being rebuilt from the objects, and does not have all of them yet. */
  readonly rebuilding: boolean;
  /** Of an emulated format: the database engine that wrote the catalogue. */
  readonly database?: string;
  /**
   * All that an earlier version left has been copied, and takes its place: some parts are still
   * where they were, and others are not.
   */
  readonly takingOver?: true;
  /** Of this installation, for the owner's object in a bucket. It stays what it was. */
  readonly id?: string;
  /** Where the objects are, `s3://…`, without anything that opens it; absent: in the folder. */
  readonly objects?: string;
  /** Where they are being moved. */
  readonly movingTo?: string;
  /** Of the one region; absent for that of every installation that began on one machine. */
  readonly region?: string;
  /** Of the other regions, where their objects are. */
  readonly regions?: readonly RegionAt[];
}

/** A region, and the folder or bucket (`s3://…`) that has its objects. */
export interface RegionAt {
  readonly name: string;
  readonly at: string;
}

/** A bucket, and the installation that has it. */
export interface ObjectsElsewhere {
  readonly at: string;
  readonly id: string;
}

/** Undefined if the objects are in the folder. */
export function elsewhereOf(marker: Marker | undefined): ObjectsElsewhere | undefined {
  if (marker?.objects === undefined) return undefined;
  return { at: marker.objects, id: marker.id ?? '' };
}

export const FORMAT = 2;
/** Of folders whose objects are elsewhere: an earlier version would look for them in the folder. */
export const ELSEWHERE_FORMAT = 3;
/** Of folders with several regions: an earlier version would know the first alone. */
export const REGIONS_FORMAT = 4;
/** Of folders whose parts belong to the emulators that ran Varve on one machine before. */
export const EMULATED_FORMAT = 1;
export const MARKER = 'varve.json';

/** Undefined where there is none. Throws for one that this version cannot go on with. */
export function readMarker(path: string): Marker | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  const marker = parseMarker(text);
  if (marker === undefined) {
    throw new FolderError(`The data folder ${path} is damaged: ${MARKER} is not readable.`);
  }
  if (marker.format > REGIONS_FORMAT) {
    throw new FolderError(
      `The data folder ${path} has format ${marker.format}; this version of Varve reads ` +
        `formats up to ${REGIONS_FORMAT}: start it with a later one.`,
    );
  }
  return marker;
}

/** Whether it is a folder of an earlier version, wholly or in part. */
export function isOfEarlier(marker: Marker | undefined): marker is Marker {
  return marker?.format === EMULATED_FORMAT || marker?.takingOver === true;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(join(path, MARKER), 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new FolderError(`The data folder ${path} cannot be read (${reason(error)}).`);
  }
}

function parseMarker(text: string): Marker | undefined {
  try {
    const marker = JSON.parse(text) as Partial<Marker>;
    const { format, complete, rebuilding, database, takingOver } = marker;
    if (typeof format !== 'number' || typeof complete !== 'boolean') return undefined;
    return {
      format,
      complete,
      rebuilding: rebuilding === true,
      ...(typeof database === 'string' && { database }),
      ...(takingOver === true && { takingOver }),
      ...textsOf(marker),
      ...regionsOf(marker),
    };
  } catch {
    return undefined;
  }
}

function regionsOf({ regions }: Partial<Marker>): Pick<Marker, 'regions'> {
  if (!Array.isArray(regions)) return {};
  const isRegion = (each: Partial<RegionAt> | null) => typeof each?.name === 'string' && typeof each.at === 'string';
  return { regions: (regions as Partial<RegionAt>[]).filter(isRegion) as RegionAt[] };
}

function textsOf(marker: Partial<Marker>): Partial<Marker> {
  const names = ['id', 'objects', 'movingTo', 'region'] as const;
  return Object.fromEntries(names.flatMap((name) => (typeof marker[name] === 'string' ? [[name, marker[name]]] : [])));
}

/** Once this returns the marker outlives a power cut. */
export function writeMarker(path: string, marker: Marker): void {
  writeDurably(join(path, MARKER), `${JSON.stringify(marker)}\n`);
}
