import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { checkDatabase } from './database-check.ts';
import type { DatabaseEngine } from './dynamodb.ts';
import { StartError } from './start-error.ts';

/**
 * The folder that holds a single machine's installation. Made for Varve alone: whatever it finds there that it did not make,
 * it leaves untouched and refuses.
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
  readonly logs: string;
  readonly code: string;
  /** From now on a missing part is damage, no longer a first start. */
  markComplete(): void;
  unlock(): void;
}

interface Marker {
  readonly format: number;
  /** The database engine that wrote the catalogue; no other reads it. */
  readonly database: string;
  readonly complete: boolean;
}

const FORMAT = 1;
const MARKER = 'varve.json';
const LOCK = 'lock';

/** `make`: where there is none it is made. `rescue`: its objects are there, and its catalogue is lost or damaged. */
export type Opening = 'make' | 'rescue';

/** Opens the folder for this process alone. */
export function openDataFolder(path: string, database: DatabaseEngine, opening: Opening = 'make'): DataFolder {
  if (opening === 'rescue') requireObjects(path);
  makeFolder(path);
  const found = readMarker(path);
  if (found === undefined && opening === 'make') refuseForeign(path);
  if (found !== undefined && found.database !== database.name) {
    throw new StartError(
      `The data folder ${path} belongs to the database ${found.database}: start with --database ${found.database}.`,
    );
  }
  probeWriting(path);
  const lock = takeLock(path);
  try {
    const marker = found ?? { format: FORMAT, database: database.name, complete: false };
    if (found === undefined) writeMarker(path, marker);
    return opening === 'make' ? prepare(path, lock, marker, database) : prepareRescue(path, lock, marker, database);
  } catch (error) {
    lock.close();
    throw error;
  }
}

function prepare(path: string, lock: DatabaseSync, marker: Marker, database: DatabaseEngine): DataFolder {
  const folder = folderAt(path, lock, marker, database);
  if (marker.complete) {
    for (const part of [folder.catalogue, folder.objects, folder.keys]) {
      if (!existsSync(part)) throw new StartError(`The data folder ${path} is damaged: ${part} is missing.`);
    }
  }
  checkDatabase(folder.catalogue, marker.complete);
  makeParts(folder);
  return folder;
}

/** A damaged catalogue is put aside, never deleted: somebody may still get something out of it. */
function prepareRescue(path: string, lock: DatabaseSync, marker: Marker, database: DatabaseEngine): DataFolder {
  const folder = folderAt(path, lock, { ...marker, complete: false }, database);
  try {
    checkDatabase(folder.catalogue, marker.complete);
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    const aside = `damaged-${randomBytes(4).toString('hex')}`;
    for (const end of ['', '-wal', '-shm', '-journal']) {
      if (existsSync(`${folder.catalogue}${end}`)) {
        renameSync(`${folder.catalogue}${end}`, `${folder.catalogue}.${aside}${end}`);
      }
    }
  }
  makeParts(folder);
  return folder;
}

function requireObjects(path: string): void {
  if (existsSync(join(path, 'objects'))) return;
  throw new StartError(`There is nothing to rebuild from: ${join(path, 'objects')} is missing.`);
}

function makeParts(folder: DataFolder): void {
  rmSync(folder.incoming, { recursive: true, force: true });
  for (const name of [folder.objects, folder.incoming, folder.logs, folder.code]) makeFolder(name);
}

function folderAt(path: string, lock: DatabaseSync, marker: Marker, database: DatabaseEngine): DataFolder {
  const at = (name: string): string => join(path, name);
  return {
    path,
    catalogue: at(database.file),
    objects: at('objects'),
    incoming: at('incoming'),
    keys: at('keys.json'),
    adminKey: at('admin.key'),
    endpoint: at('endpoint.json'),
    logs: at('logs'),
    code: at('code'),
    markComplete: () => writeMarker(path, { ...marker, complete: true }),
    unlock: () => lock.close(),
  };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartError(`The data folder ${path} cannot be made (${reason(error)}).`);
  }
  if (!statSync(path).isDirectory()) throw new StartError(`${path} is not a folder.`);
}

function readMarker(path: string): Marker | undefined {
  const file = join(path, MARKER);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new StartError(`The data folder ${path} cannot be read (${reason(error)}).`);
  }
  const marker = parseMarker(text);
  if (marker === undefined) throw new StartError(`The data folder ${path} is damaged: ${MARKER} is not readable.`);
  if (marker.format !== FORMAT) {
    throw new StartError(
      `The data folder ${path} has format ${marker.format}; this version of Varve reads format ${FORMAT}.`,
    );
  }
  return marker;
}

function parseMarker(text: string): Marker | undefined {
  try {
    const { format, database, complete } = JSON.parse(text) as Partial<Marker>;
    if (typeof format !== 'number' || typeof database !== 'string' || typeof complete !== 'boolean') return undefined;
    return { format, database, complete };
  } catch {
    return undefined;
  }
}

/** Beside and renamed, so that a crash leaves the old one or the new one. */
function writeMarker(path: string, marker: Marker): void {
  const beside = join(path, `${MARKER}.new`);
  writeFileSync(beside, `${JSON.stringify(marker)}\n`);
  renameSync(beside, join(path, MARKER));
}

/** What a first start that was killed early may have left is no foreign file. */
function refuseForeign(path: string): void {
  const own = new Set([LOCK, `${LOCK}-journal`, `${MARKER}.new`]);
  const foreign = readdirSync(path).find((name) => !own.has(name) && !name.startsWith('.probe-'));
  if (foreign === undefined) return;
  throw new StartError(`${path} is no data folder of Varve: it holds "${foreign}"; choose another with --data.`);
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

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'a part of the path is a file',
    EEXIST: 'a file is in the way',
    ENOENT: 'no such place',
  };
  return (code === undefined ? undefined : known[code]) ?? message;
}
