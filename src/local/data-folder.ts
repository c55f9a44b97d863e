import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder } from '../platform/make-folder.ts';
import { findFault } from './database-check.ts';
import type { DatabaseEngine } from './dynamodb.ts';
import { makePrivate } from './folder/private.ts';
import { freeBytes, mib, START_BYTES } from './folder/space.ts';
import { holdsObjects, refuseForeign, requireManifests } from './folder-contents.ts';
import { FORMAT, type Marker, readMarker, writeMarker } from './marker.ts';
import { reason } from './reason.ts';
import { StartError } from './start-error.ts';

/**
 * The folder that holds a single machine's installation. Made for Varve alone: whatever it finds
 * there that it did not make, it leaves untouched and refuses.
 */
export interface DataFolder {
  readonly path: string;
  readonly catalogue: string;
  readonly objects: string;
  /** Uploads on their way; emptied at each start. */
  readonly incoming: string;
  readonly keys: string;
  readonly adminKey: string;
  readonly endpoint: string;
  /** The secret of this run, which opens the functions to their operator. */
  readonly operatorKey: string;
  readonly logs: string;
  readonly code: string;
  /** From now on a missing part is damage, no longer a first start. */
  markComplete(): void;
  /** The catalogue has all that can be had from the objects. */
  markRebuilt(): void;
  unlock(): void;
}

const LOCK = 'lock';

/**
 * `make`: where there is none it is made. `rescue`: its objects are there, and its catalogue is
 * lost or damaged.
 */
export type Opening = 'make' | 'rescue';

export interface FolderOptions {
  readonly path: string;
  readonly database: DatabaseEngine;
  readonly opening: Opening;
  /** Lost keys are made anew, though something may be encrypted with the old ones. */
  readonly withoutKeys: boolean;
}

/** Opens the folder for this process alone. */
export function openDataFolder(options: FolderOptions): DataFolder {
  const { path, database, opening } = options;
  if (opening === 'rescue') requireManifests(path);
  makeDataFolder(path);
  const found = readMarker(path);
  if (found === undefined) refuseForeign(path, opening);
  if (found !== undefined && found.database !== database.name) {
    throw new StartError(
      `The data folder ${path} belongs to the database ${found.database}: start with --database ${found.database}.`,
    );
  }
  makePrivate(path);
  requireSpace(path);
  probeWriting(path);
  const lock = takeLock(path);
  try {
    const marker = found ?? { format: FORMAT, database: database.name, complete: false, rebuilding: false };
    if (found === undefined && opening === 'make') writeMarker(path, marker);
    return opening === 'make' ? prepare(options, lock, marker) : prepareRescue(options, lock, marker);
  } catch (error) {
    lock.close();
    throw error;
  }
}

function prepare(options: FolderOptions, lock: DatabaseSync, marker: Marker): DataFolder {
  const folder = folderAt(options, lock, marker);
  if (marker.rebuilding) {
    throw new StartError(
      `The catalogue of the data folder ${folder.path} is not whole, for making it anew was interrupted: run "${rebuildCommand(folder)}" again.`,
    );
  }
  const used = marker.complete || holdsObjects(folder.objects);
  if (used) {
    requirePart(folder.objects, folder);
    if (!options.withoutKeys) requireKeys(folder);
    requirePart(folder.catalogue, folder, howToRebuild(folder));
  }
  const fault = findFault(folder.catalogue, used);
  if (fault !== undefined) throw damaged(folder, `${folder.catalogue} is not intact (${fault})`, howToRebuild(folder));
  makeParts(folder);
  return folder;
}

/** A damaged catalogue is put aside, never deleted: somebody may still get something out of it. */
function prepareRescue(options: FolderOptions, lock: DatabaseSync, marker: Marker): DataFolder {
  const found = folderAt(options, lock, marker);
  if (!options.withoutKeys) requireKeys(found);
  const fault = findFault(found.catalogue, marker.complete);
  const isWhole = fault === undefined && existsSync(found.catalogue) && marker.complete && !marker.rebuilding;
  const told = { ...marker, rebuilding: !isWhole };
  // first: a start upon a catalogue that lacks something would free the objects of what it lacks
  writeMarker(found.path, told);
  if (fault !== undefined) putAside(found.catalogue);
  const folder = folderAt(options, lock, told);
  makeParts(folder);
  return folder;
}

function putAside(catalogue: string): void {
  const aside = `damaged-${randomBytes(4).toString('hex')}`;
  for (const end of ['', '-wal', '-shm', '-journal']) {
    if (existsSync(`${catalogue}${end}`)) renameSync(`${catalogue}${end}`, `${catalogue}.${aside}${end}`);
  }
}

function requirePart(part: string, folder: DataFolder, advice = ''): void {
  if (!existsSync(part)) throw damaged(folder, `${part} is missing`, advice);
}

function requireKeys(folder: DataFolder): void {
  requirePart(
    folder.keys,
    folder,
    ' Put it back from its backup. Where it is lost, --without-keys makes a new one: what is encrypted under the old one stays unreadable.',
  );
}

function damaged({ path }: DataFolder, what: string, advice: string): StartError {
  return new StartError(`The data folder ${path} is damaged: ${what}.${advice}`);
}

function howToRebuild(folder: DataFolder): string {
  return ` "${rebuildCommand(folder)}" makes it anew from the objects.`;
}

function rebuildCommand({ path }: DataFolder): string {
  return `npx varve rebuild --from-bucket --data ${path}`;
}

function makeParts(folder: DataFolder): void {
  rmSync(folder.incoming, { recursive: true, force: true });
  for (const name of [folder.objects, folder.incoming, folder.logs, folder.code]) makeDataFolder(name);
}

function folderAt({ path, database }: FolderOptions, lock: DatabaseSync, marker: Marker): DataFolder {
  const at = (name: string): string => join(path, name);
  return {
    path,
    catalogue: at(database.file),
    objects: at('objects'),
    incoming: at('incoming'),
    keys: at('keys.json'),
    adminKey: at('admin.key'),
    endpoint: at('endpoint.json'),
    operatorKey: at('operator.key'),
    logs: at('logs'),
    code: at('code'),
    markComplete: () => writeMarker(path, { ...marker, complete: true }),
    markRebuilt: () => writeMarker(path, { ...marker, complete: true, rebuilding: false }),
    unlock: () => lock.close(),
  };
}

function requireSpace(path: string): void {
  const free = freeBytes(path);
  if (free >= START_BYTES) return;
  throw new StartError(
    `The disk of the data folder ${path} is full: ${mib(free)} are free, and a start needs ${mib(START_BYTES)}.`,
  );
}

function probeWriting(path: string): void {
  const probe = join(path, `.probe-${randomBytes(6).toString('hex')}`);
  try {
    closeSync(openSync(probe, 'wx'));
    rmSync(probe);
  } catch (error) {
    throw new StartError(`The data folder ${path} cannot be written (${reason(error)}).`);
  }
}

/** SQLite's own file lock: the system lets go of it when this process ends, however it ends. */
function takeLock(path: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(path, LOCK));
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    const { errcode } = error as { errcode?: number };
    const busy = errcode === 5; // SQLITE_BUSY
    if (busy) throw new StartError(`The data folder ${path} is in use by another running Varve.`);
    throw new StartError(`The data folder ${path} cannot be locked (${reason(error)}).`);
  }
}

function makeDataFolder(path: string): void {
  try {
    makeFolder(path);
  } catch (error) {
    throw new StartError(`The data folder ${path} cannot be made (${reason(error)}).`);
  }
}
