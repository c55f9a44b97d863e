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
    const put = (key: string, from: string): void => {
      if (context.isStopped()) throw new StoppedError('Stopped.');
      sum[placer.put(from, pathOf(input.to, key))]++;
    };
    const objects = { count: 0, bytes: 0 };
    for (const { key, sizeBytes, mayBeGone } of wantedObjects(catalogue)) {
      const from = firstThat(input.from, key);
      if (from === undefined) {
        if (!mayBeGone) missing.push(key);
        continue;
      }
      if (from.size !== sizeBytes || (input.verify && whyDamaged(readFileSync(from.path), key) !== undefined))
        missing.push(key);
      put(key, from.path);
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

/** One that is removed while it is looked for has gone to the next folder. */
function firstThat(folders: readonly string[], key: string): { path: string; size: number } | undefined {
  for (const folder of folders) {
    const path = pathOf(folder, key);
    const found = statOf(path);
    if (found !== undefined) return { path, size: found.size };
  }
  return undefined;
}

function putManifests(
  catalogue: CatalogueFile,
  folders: readonly string[],
  put: (key: string, from: string) => void,
): PutResult['manifests'] {
  const isWanted = manifestsOf(catalogue);
  const keys = new Set<string>();
  const sum = { count: 0, bytes: 0 };
  for (const folder of folders) {
    for (const key of keysBelow(folder, MANIFESTS)) {
      const from = keys.has(key) || !isWanted(key) ? undefined : firstThat(folders, key);
      if (from === undefined) continue;
      put(key, from.path);
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
