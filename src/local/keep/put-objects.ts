import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFESTS } from '../../engine/books/manifest.ts';
import { type CatalogueFile, openCatalogueFile } from '../../platform/catalogue/sqlite/rows-in-file.ts';
import { keyIn, pathOf } from '../../platform/objects/folder/layout.ts';
import { createFilePlacer, isPart, statOf, sumOf } from './put-files.ts';
import type { JobContext } from './thread-jobs.ts';
import { manifestsOf, wantedObjects } from './wanted.ts';
import { whyDamaged } from './why-damaged.ts';

export interface PutObjects {
  /** A copy of the catalogue that nobody writes to: it says what is wanted. */
  readonly catalogue: string;
  /** Folders of objects; the first that has one counts. */
  readonly from: readonly string[];
  /** A folder that is there. */
  readonly to: string;
  /** Reads each object and holds it against its id. */
  readonly verify: boolean;
}

export interface PutResult {
  readonly objects: { readonly count: number; readonly bytes: number };
  readonly manifests: { readonly count: number; readonly bytes: number };
  readonly linked: number;
  readonly copied: number;
  /** Were there before. */
  readonly there: number;
  /** Keys of objects that the catalogue names and that are not there, or not whole. */
  readonly missing: readonly string[];
  readonly catalogueSha256: string;
}

/** The caller does not want the result any more. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** Puts all objects and manifests that a copy of the catalogue wants into a folder. Repeatable. */
export function putObjects(input: PutObjects, context: JobContext): PutResult {
  const catalogue = openCatalogueFile(input.catalogue);
  try {
    const of = countOf(catalogue);
    const sum = { linked: 0, copied: 0, there: 0 };
    const missing: string[] = [];
    const placer = createFilePlacer(input.to);
    const put = (key: string, { path }: Found): void => {
      if (context.isStopped()) throw new StoppedError('Stopped.');
      sum[placer.put(path, pathOf(input.to, key))]++;
    };
    const objects = { count: 0, bytes: 0 };
    for (const { key, sizeBytes, mayBeGone } of wantedObjects(catalogue)) {
      let isWhole = true;
      const from = takeFirst(input.from, key, (found) => {
        isWhole = found.size === sizeBytes;
        if (input.verify) isWhole &&= whyDamaged(readFileSync(found.path), key) === undefined;
        put(key, found);
      });
      if (from === undefined ? !mayBeGone : !isWhole) missing.push(key);
      if (from === undefined) continue;
      objects.count++;
      objects.bytes += from.size;
      context.progress({ objects: objects.count, of });
    }
    const manifests = putManifests(catalogue, input.from, put);
    placer.settle();
    return { objects, manifests, ...sum, missing, catalogueSha256: sumOf(input.catalogue) };
  } finally {
    catalogue.close();
  }
}

function countOf(catalogue: CatalogueFile): number {
  let count = 0;
  for (const _ of wantedObjects(catalogue)) count++;
  return count;
}

interface Found {
  readonly path: string;
  readonly size: number;
}

/**
 * Takes an object from the first folder that has it. One that is removed meanwhile has gone to the
 * next folder. Undefined where none has it.
 */
function takeFirst(folders: readonly string[], key: string, take: (found: Found) => void): Found | undefined {
  for (const folder of folders) {
    const path = pathOf(folder, key);
    const size = statOf(path)?.size;
    if (size === undefined) continue;
    try {
      take({ path, size });
      return { path, size };
    } catch (error) {
      const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT' && statOf(path) === undefined;
      if (!isGone) throw error;
    }
  }
  return undefined;
}

function putManifests(
  catalogue: CatalogueFile,
  folders: readonly string[],
  put: (key: string, from: Found) => void,
): PutResult['manifests'] {
  const isWanted = manifestsOf(catalogue);
  const keys = new Set<string>();
  const sum = { count: 0, bytes: 0 };
  for (const folder of folders) {
    for (const key of keysBelow(folder, MANIFESTS)) {
      if (keys.has(key) || !isWanted(key)) continue;
      const from = takeFirst(folders, key, (found) => put(key, found));
      if (from === undefined) continue;
      keys.add(key);
      sum.count++;
      sum.bytes += from.size;
    }
  }
  return sum;
}

/** `prefix` is that of a folder. */
function* keysBelow(root: string, prefix: string): Generator<string> {
  for (const path of filesBelow(join(root, prefix)))
    if (!isPart(path)) yield keyIn(path.slice(root.length + 1).split('/'));
}

function* filesBelow(folder: string): Generator<string> {
  if (statOf(folder) === undefined) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) yield join(entry.parentPath, entry.name);
}

/** The keys of a backup's objects and manifests. */
export function* storedKeys(root: string): Generator<string> {
  yield* keysBelow(root, 'objects/');
  yield* keysBelow(root, MANIFESTS);
}

/** Deletes what a copy of the catalogue no longer wants. Answers how many. */
export function pruneObjects(
  input: { readonly catalogue: string; readonly from: string },
  context: JobContext,
): number {
  const catalogue = openCatalogueFile(input.catalogue);
  try {
    const wanted = new Set<string>();
    for (const { key } of wantedObjects(catalogue)) wanted.add(key);
    const isWanted = manifestsOf(catalogue);
    for (const path of filesBelow(input.from)) if (isPart(path)) rmSync(path);
    let pruned = 0;
    for (const key of storedKeys(input.from)) {
      if (context.isStopped()) throw new StoppedError('Stopped.');
      if (wanted.has(key) || isWanted(key)) continue;
      rmSync(pathOf(input.from, key));
      pruned++;
    }
    return pruned;
  } finally {
    catalogue.close();
  }
}
