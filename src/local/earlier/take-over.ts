import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isFull } from '../../platform/catalogue/sqlite/store.ts';
import { freeBytes } from '../../platform/disk-space.ts';
import { syncFolder } from '../../platform/objects/folder/durable-moves.ts';
import { holdsFiles, requireManifests } from '../folder/contents.ts';
import { makeWritable, probeWriting, requireSpace } from '../folder/file-system.ts';
import { lockFolder } from '../folder/lock.ts';
import { EMULATED_FORMAT, FORMAT, isOfEarlier, type Marker, readMarker, writeMarker } from '../folder/marker.ts';
import { rebuildCommand } from '../folder/open.ts';
import { makePrivate } from '../folder/private.ts';
import { mib } from '../folder/space.ts';
import { FolderError, StartError } from '../start-error.ts';
import { takeCatalogue } from './catalogue.ts';
import { takeObjects } from './objects.ts';
import { findOldEngine } from './old-engine.ts';
import { type Places, placesOf } from './places.ts';
import { swap } from './swap.ts';

export interface TakeOverOptions {
  readonly path: string;
  /**
   * `READ`: through its engine. `REBUILD`: it is lost, and a rebuild from the objects follows.
   */
  readonly catalogue: 'READ' | 'REBUILD';
  /** What is done, for the operator. */
  readonly tell: (line: string) => void;
}

/**
 * Makes a folder of this version of one that an earlier version left, whose parts belonged to
 * emulators. Copies are made beside, and hard links of the objects. Until all of it is there and
 * has been compared, the folder is the earlier version's, unchanged. Then the parts change places.
 * What the earlier version had stays in `earlier/`.
 *
 * Killed at any point, it goes on at the next start. Throws `StartError`.
 */
export async function takeOver({ path, catalogue, tell }: TakeOverOptions): Promise<void> {
  makeWritable(path);
  makePrivate(path);
  requireSpace(path);
  probeWriting(path);
  const lock = lockFolder(path);
  try {
    const marker = readMarker(path);
    if (!isOfEarlier(marker)) return;
    const places = placesOf(path);
    const next = marker.takingOver ? marker : await makeCopies(places, marker, { catalogue, tell });
    await swap(places, tell);
    const { takingOver, database, ...whole } = next;
    writeMarker(path, whole);
    tell(`${path} is taken over. What the earlier version left is in ${places.kept}.`);
  } catch (error) {
    throw asStartError(path, error);
  } finally {
    lock.release();
  }
}

/**
 * Answers the marker with which the folder is this version's, though its parts have yet to change
 * places.
 */
async function makeCopies(
  places: Places,
  marker: Marker,
  { catalogue, tell }: Pick<TakeOverOptions, 'catalogue' | 'tell'>,
): Promise<Marker> {
  const { path } = places;
  const isUsed = marker.complete || holdsFiles(places.bucket);
  const isRead = catalogue === 'READ' && isUsed;
  if (isRead) requireWhole(places, marker);
  if (catalogue === 'REBUILD') requireManifests(path, join('objects', 'varve-local', 'manifests'));
  const engine = isRead ? findOldEngine(path, marker.database) : undefined;
  if (engine !== undefined) requirePart(places, join(path, engine.file), howToRebuild(places));
  if (existsSync(places.kept))
    throw new FolderError(`${places.kept} is in the way of taking ${path} over: move it elsewhere.`);
  tell(`${path} is of an earlier version of Varve. It stays as it is until everything has been copied.`);
  mkdirSync(places.work, { recursive: true, mode: 0o700 });
  const objects = isUsed ? await takeObjects({ from: places.bucket, to: places.newObjects, tell }) : 0;
  tell(`${objects.toLocaleString('en')} objects have their new places.`);
  if (engine !== undefined) {
    const rows = await takeCatalogue(places, engine);
    tell(`${rows.toLocaleString('en')} rows of the catalogue have been copied and compared.`);
  }
  await syncFolder(places.work);
  await syncFolder(path);
  const next = {
    format: FORMAT,
    complete: isUsed,
    rebuilding: isUsed && !isRead,
    takingOver: true,
  } as const;
  writeMarker(path, next);
  tell('The copies take their places.');
  return next;
}

function requireWhole(places: Places, { rebuilding }: Marker): void {
  if (rebuilding)
    throw new FolderError(
      `The catalogue of the data folder ${places.path} is not whole, for rebuilding it was ` +
        `interrupted: ${howToRebuild(places)}`,
    );
  requirePart(places, places.bucket);
}

function requirePart({ path }: Places, part: string, advice = ''): void {
  if (!existsSync(part))
    throw new FolderError(`The data folder ${path} is damaged: ${part} is missing. ${advice}`.trim());
}

function howToRebuild(places: Places): string {
  return `"${rebuildCommand(places)}" takes the folder over and rebuilds the catalogue from the objects.`;
}

function asStartError(path: string, error: unknown): unknown {
  if (error instanceof StartError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const unchanged = readMarker(path)?.format === EMULATED_FORMAT ? ' Nothing of it has changed.' : '';
  if (code === 'ENOSPC' || code === 'EDQUOT' || isFull(error))
    return new FolderError(
      `The disk of the data folder ${path} is full (${mib(freeBytes(path))} are free), so it ` +
        `could not be taken over.${unchanged} The next start goes on.`,
    );
  return new FolderError(`The data folder ${path} could not be taken over: ${message}.${unchanged}`);
}
