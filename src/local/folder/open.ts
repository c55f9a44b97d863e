import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseError } from '../../platform/catalogue/sqlite/connection.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { FolderError } from '../start-error.ts';
import { holdsFiles, type Opening, refuseForeign, requireManifests } from './contents.ts';
import { makeWritable, probeWriting, requireSpace } from './file-system.ts';
import { type FolderLock, lockFolder } from './lock.ts';
import {
  ELSEWHERE_FORMAT,
  FORMAT,
  isOfEarlier,
  type Marker,
  type ObjectsElsewhere,
  REGIONS_FORMAT,
  type RegionAt,
  readMarker,
  writeMarker,
} from './marker.ts';
import { makePrivate } from './private.ts';

/**
 * The folder that holds a single machine's installation. Made for Varve alone: whatever it finds
 * there that it did not make, it leaves untouched and refuses.
 */
export interface DataFolder {
  readonly path: string;
  readonly catalogue: string;
  readonly objects: string;
  readonly keys: string;
  readonly adminKey: string;
  readonly endpoint: string;
  /** The secret of this run, which opens the functions to their operator. */
  readonly operatorKey: string;
  readonly logs: string;
  /** From now on a missing part is damage, no longer a first start. */
  markComplete(): void;
  /** The catalogue has all that can be had from the objects. */
  markRebuilt(): void;
  /** Where the objects are from now on; undefined for the folder itself. Ends a move. */
  setPlace(elsewhere: ObjectsElsewhere | undefined): void;
  /** A move of the objects has begun. */
  setMove(move: { readonly to: string; readonly id: string }): void;
  /** The region that its disks are in, once it is known. */
  setRegion(region: string): void;
  /** The other regions, once their objects are there. */
  setRegions(regions: readonly RegionAt[]): void;
  /** As it is on the disk. */
  marker(): Marker;
  /** The catalogue is put aside, never deleted: somebody may still get something out of it. */
  putAside(): void;
  unlock(): void;
}

export interface FolderOptions {
  readonly path: string;
  readonly opening: Opening;
  /** Lost keys are replaced, though something may be encrypted with the old ones. */
  readonly withoutKeys: boolean;
  /** Its objects are in a bucket, or will be. */
  readonly elsewhere?: boolean;
}

/** Opens the folder for this process alone. Throws `StartError`. */
export function openDataFolder(options: FolderOptions): DataFolder {
  const { path, opening } = options;
  const found = readMarker(path);
  const isElsewhere = options.elsewhere === true || found?.objects !== undefined;
  if (isOfEarlier(found)) throw new FolderError(tooOld(path));
  if (opening === 'rescue' && !isElsewhere) requireManifests(path);
  makeWritable(path);
  if (found === undefined) refuseForeign(path, opening);
  makePrivate(path);
  requireSpace(path);
  probeWriting(path);
  const lock = lockFolder(path);
  try {
    const marker = found ?? { format: FORMAT, complete: false, rebuilding: false };
    if (found === undefined && opening === 'make') writeMarker(path, marker);
    return opening === 'make' ? prepare(options, lock, marker) : prepareRescue(options, lock, marker);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function tooOld(path: string): string {
  return `The data folder ${path} is of an earlier version of Varve: "npx varve server --data ${path}" takes it over.`;
}

function prepare(options: FolderOptions, lock: FolderLock, marker: Marker): DataFolder {
  const folder = folderAt(options, lock, marker);
  if (marker.rebuilding) {
    throw new FolderError(
      `The catalogue of the data folder ${folder.path} is not whole, for rebuilding it was ` +
        `interrupted: run "${rebuildCommand(folder)}" again.`,
    );
  }
  if (marker.complete || holdsFiles(folder.objects)) {
    if (marker.objects === undefined) requirePart(folder.objects, folder);
    if (!options.withoutKeys) requireKeys(folder);
    requirePart(folder.catalogue, folder, howToRebuild(folder));
    // SQLite takes a file cut to nothing for a new database.
    if (statSync(folder.catalogue).size === 0) throw damagedCatalogue(folder, 'it is empty');
  }
  makeFolder(folder.logs);
  return folder;
}

/** A start upon a catalogue that lacks something would free the objects of what it lacks. */
function prepareRescue(options: FolderOptions, lock: FolderLock, marker: Marker): DataFolder {
  const found = folderAt(options, lock, marker);
  if (!options.withoutKeys) requireKeys(found);
  const isThere = existsSync(found.catalogue) && statSync(found.catalogue).size > 0;
  const told = { ...marker, rebuilding: marker.rebuilding || !isThere || !marker.complete };
  writeMarker(found.path, told);
  const folder = folderAt(options, lock, told);
  if (!isThere) folder.putAside();
  makeFolder(folder.logs);
  return folder;
}

function requirePart(part: string, folder: DataFolder, advice = ''): void {
  if (!existsSync(part)) throw damaged(folder, `${part} is missing`, advice);
}

function requireKeys(folder: DataFolder): void {
  requirePart(
    folder.keys,
    folder,
    ' Put it back from its backup. Where it is lost, --without-keys makes a new one: what is ' +
      'encrypted under the old one stays unreadable.',
  );
}

function damaged({ path }: DataFolder, what: string, advice: string): FolderError {
  return new FolderError(`The data folder ${path} is damaged: ${what}.${advice}`);
}

/** What the catalogue says when it cannot be opened, in one sentence. */
export function asStartError(folder: DataFolder, error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  return error.isDamaged ? damagedCatalogue(folder, error.message) : new FolderError(error.message);
}

function damagedCatalogue(folder: DataFolder, how: string): FolderError {
  return damaged(folder, `${folder.catalogue} is not intact (${how})`, howToRebuild(folder));
}

function howToRebuild(folder: DataFolder): string {
  return ` "${rebuildCommand(folder)}" rebuilds it from the objects.`;
}

export function rebuildCommand({ path }: Pick<DataFolder, 'path'>): string {
  return `npx varve rebuild --from-bucket --data ${path}`;
}

function folderAt({ path }: FolderOptions, lock: FolderLock, found: Marker): DataFolder {
  const at = (name: string): string => join(path, name);
  let marker = found;
  const change = (next: Marker): void => {
    marker = { ...next, format: formatOf(next) };
    writeMarker(path, marker);
  };
  return {
    path,
    catalogue: at('catalogue.sqlite'),
    objects: at('objects'),
    keys: at('keys.json'),
    adminKey: at('admin.key'),
    endpoint: at('endpoint.json'),
    operatorKey: at('operator.key'),
    logs: at('logs'),
    marker: () => marker,
    setPlace: (elsewhere) => {
      const { objects: _, movingTo: __, ...rest } = marker;
      change({ ...rest, ...(elsewhere !== undefined && { objects: elsewhere.at, id: elsewhere.id }) });
    },
    setMove: ({ to, id }) => change({ ...marker, id, movingTo: to }),
    setRegion: (region) => change({ ...marker, region }),
    setRegions: (regions) => change({ ...marker, regions }),
    markComplete: () => change({ ...marker, complete: true }),
    markRebuilt: () => change({ ...marker, complete: true, rebuilding: false }),
    putAside: () => {
      change({ ...marker, rebuilding: true });
      putAside(at('catalogue.sqlite'));
    },
    unlock: () => lock.release(),
  };
}

function formatOf({ objects, regions = [] }: Marker): number {
  if (regions.length > 0) return REGIONS_FORMAT;
  return objects === undefined ? FORMAT : ELSEWHERE_FORMAT;
}

function putAside(catalogue: string): void {
  const aside = `damaged-${randomBytes(4).toString('hex')}`;
  for (const end of ['', '-wal']) {
    if (existsSync(`${catalogue}${end}`)) renameSync(`${catalogue}${end}`, `${catalogue}.${aside}${end}`);
  }
}
