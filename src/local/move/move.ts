import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openCatalogueFile } from '../../platform/catalogue/sqlite/rows-in-file.ts';
import type { SqliteCatalogue } from '../../platform/catalogue/sqlite.ts';
import { isoTime, systemClock } from '../../platform/clock.ts';
import type { Environment } from '../../platform/config.ts';
import { freeBytes, RESERVE_BYTES } from '../../platform/disk-space.ts';
import { NoSpaceError, VarveError } from '../../platform/errors.ts';
import { createGrantUrls } from '../../platform/objects/folder/url.ts';
import { openFolderObjects } from '../../platform/objects/folder.ts';
import { OWNER_KEY, writeOwner } from '../../platform/objects/owner.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';
import { printS3Address } from '../../platform/objects/s3-address.ts';
import { addressOf, type Place, placeOf } from '../elsewhere/choose-place.ts';
import {
  connectObjects,
  findBucket,
  newInstallationId,
  ownerOf,
  requireOwn,
  takeEmpty,
} from '../elsewhere/open-bucket.ts';
import { MARKER, readMarker } from '../folder/marker.ts';
import { type DataFolder, openDataFolder } from '../folder/open.ts';
import { mib } from '../folder/space.ts';
import { checkedCopy, dropCopy, NoRoomError } from '../keep/check-database.ts';
import { note } from '../keep/notes.ts';
import { openStoppedCatalogue } from '../keep/stopped-catalogue.ts';
import { wantedObjects } from '../keep/wanted.ts';
import { StartError } from '../start-error.ts';
import { type Copied, copyObjects } from './copy-objects.ts';

export interface Move {
  readonly dataDir: string;
  /** `folder` for the data folder itself, or `s3://…`. */
  readonly to: string;
  /** Go on though objects are missing that the catalogue names. */
  readonly acceptLosses: boolean;
  readonly environment: Environment;
}

export interface MoveReport extends Omit<Copied, 'keys'> {
  readonly from: string;
  readonly to: string;
  readonly objects: number;
  /** Keys of objects that the catalogue names, and that were not there to be moved. */
  readonly missing: readonly string[];
}

export interface MoveOptions {
  readonly signal: AbortSignal;
  progress(done: { readonly objects: number; readonly bytes: number }): void;
}

/** What `--to` calls the data folder itself. */
const FOLDER = 'folder';
const nameOf = (place: Place): string => (place === undefined ? FOLDER : printS3Address(place));

/**
 * Moves the objects of a data folder that no server uses: copies what is missing, compares all, and
 * then switches in one durable step. Killed anywhere before that, the objects are where they were,
 * and the next run goes on. The source stays as it is. Throws `StartError`.
 */
export async function moveObjects(move: Move, options: MoveOptions): Promise<MoveReport> {
  const { dataDir: path, environment } = move;
  if (!existsSync(join(path, MARKER))) throw new StartError(`There is no data folder at ${path}: name it with --data.`);
  const from = placeOf(readMarker(path));
  const to = move.to === FOLDER ? undefined : addressOf(move.to, environment);
  if (nameOf(from) === nameOf(to)) throw new StartError(`The objects of ${path} are there already (${nameOf(to)}).`);
  const folder = openDataFolder({ path, opening: 'make', withoutKeys: true });
  try {
    if (!folder.marker().complete) throw new StartError(`${path} has never been started: start it there instead.`);
    const catalogue = await openStoppedCatalogue(folder);
    try {
      return await moveWithin({ folder, catalogue }, { ...move, from, to }, options);
    } finally {
      await catalogue.close();
    }
  } catch (error) {
    throw options.signal.aborted ? options.signal.reason : asMoveError(error);
  } finally {
    folder.unlock();
  }
}

interface Places {
  readonly from: Place;
  readonly to: Place;
  readonly acceptLosses: boolean;
}

interface Opened {
  readonly folder: DataFolder;
  readonly catalogue: SqliteCatalogue;
}

async function moveWithin(
  { folder, catalogue }: Opened,
  { from, to, acceptLosses }: Places,
  { signal, progress }: MoveOptions,
): Promise<MoveReport> {
  const { id = newInstallationId() } = folder.marker();
  const source = await openSource(folder, from, id);
  const target = await openTarget(folder, to, id);
  const requireRoom = () => {
    if (to === undefined) requireFree(folder.path);
  };
  const { keys, ...done } = await copyObjects(source, target, { signal, progress, requireRoom });
  const missing = await missingIn({ folder, catalogue }, keys, signal);
  if (missing.length > 0 && !acceptLosses) {
    throw new VarveError(
      'ObjectDamaged',
      `${missing.length} objects that the catalogue names are not there to be moved (${missing[0]}): put them back, ` +
        'or add --accept-losses. Nothing has moved.',
      { keys: missing.slice(0, MOST_NAMED) },
    );
  }
  folder.setPlace(to && { at: nameOf(to), id });
  const at = isoTime(systemClock.now());
  note(folder.path, (notes) => ({ ...notes, moved: { from: nameOf(from), at } }));
  // For people who look there: nobody needs it.
  if (from !== undefined) await noteInBucket(source, folder.path, id, nameOf(to));
  return { from: nameOf(from), to: nameOf(to), objects: keys.size, ...done, missing };
}

const MOST_NAMED = 20;

async function openSource(folder: DataFolder, from: Place, id: string): Promise<ObjectStore> {
  if (from === undefined) return openOwn(folder);
  const bucket = await findBucket(from);
  await requireOwn(bucket, id);
  return bucket.objects;
}

async function openTarget(folder: DataFolder, to: Place, id: string): Promise<ObjectStore> {
  if (to === undefined) {
    folder.setMove({ to: FOLDER, id });
    return openOwn(folder);
  }
  const bucket = await findBucket(to);
  await takeEmpty(bucket, ownerOf(folder.path, id), () => folder.setMove({ to: bucket.at, id }));
  return connectObjects(to);
}

/** Nobody gets a URL of this process. */
function openOwn({ path }: DataFolder): Promise<ObjectStore> {
  const urls = createGrantUrls('http://localhost/objects', new Uint8Array(32));
  return openFolderObjects({ path, urls, clock: systemClock });
}

function requireFree(path: string): void {
  const free = freeBytes(path);
  if (free < RESERVE_BYTES)
    throw new StartError(`The disk of ${path} is full (${mib(free)} are free): make room, and run it again to go on.`);
}

/** What the catalogue wants and is not among the keys: a store may not list all that it has. */
async function missingIn(
  { folder, catalogue }: Opened,
  keys: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<string[]> {
  const { path, damage } = await checkedCopy(catalogue, folder.path, signal);
  try {
    if (damage !== undefined) throw new StartError(`The catalogue is damaged (${damage}): see "varve doctor".`);
    const file = openCatalogueFile(path);
    try {
      const wanted = [...wantedObjects(file)].filter(({ mayBeGone }) => !mayBeGone);
      return wanted.flatMap(({ key }) => (keys.has(key) ? [] : [key]));
    } finally {
      file.close();
    }
  } finally {
    dropCopy(folder.path);
  }
}

async function noteInBucket(objects: ObjectStore, path: string, id: string, to: string): Promise<void> {
  const owner = ownerOf(path, id);
  await objects
    .put(OWNER_KEY, writeOwner({ ...owner, what: `${owner.what}, which has moved to ${to}` }))
    .catch(() => undefined);
}

function asMoveError(error: unknown): unknown {
  const isPassing = error instanceof VarveError && ['Throttled', 'Internal'].includes(error.code);
  if (isPassing || error instanceof NoSpaceError || error instanceof NoRoomError)
    return new StartError(`The move could not go on (${error.message}). Run it again: what is there already counts.`);
  return error;
}
