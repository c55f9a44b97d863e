import { open, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { mapBounded } from '../../platform/bounded.ts';
import { openCatalogueFile } from '../../platform/catalogue/sqlite/rows-in-file.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { pathOf } from '../../platform/objects/folder/layout.ts';
import { BACKUP_MANIFEST, KEYS, readBackupManifest } from './backup-form.ts';
import type { RestoreSource } from './restore.ts';
import type { RunOptions } from './run-in-thread.ts';
import type { RemotePlace } from './s3-place.ts';
import { cataloguePart } from './send-backup.ts';
import { manifestsOf, wantedObjects } from './wanted.ts';

const FETCHED_AT_ONCE = 16;

/** A backup in an object store. What has been fetched is not fetched again. */
export function remoteSource(place: RemotePlace): RestoreSource {
  return {
    name: place.name,
    manifest: async () => {
      const bytes = await place.get(BACKUP_MANIFEST);
      return bytes && readBackupManifest(bytes.toString('utf8'));
    },
    catalogue: async ({ catalogue: { file, sizeBytes } }, path) => {
      const target = await open(path, 'w', 0o600);
      try {
        for (let part = 0, at = 0; at < sizeBytes; part++) {
          const bytes = await place.get(cataloguePart(file, part));
          if (bytes === undefined) return; // its sum says so
          await target.write(bytes);
          at += bytes.length;
        }
        await target.sync();
      } finally {
        await target.close();
      }
    },
    keys: async (path) => {
      await writeFile(path, (await place.get(KEYS)) ?? '', { mode: 0o600, flush: true });
    },
    objects: async (catalogue, to, options) => {
      await fetchObjects(place, { catalogue, to }, options);
      return to;
    },
  };
}

async function fetchObjects(
  place: RemotePlace,
  { catalogue, to }: { readonly catalogue: string; readonly to: string },
  { signal, progress }: RunOptions,
): Promise<void> {
  const sizes = await place.list();
  const wanted = wantedNames(catalogue, sizes);
  let done = 0;
  await mapBounded(wanted, FETCHED_AT_ONCE, async (name) => {
    signal?.throwIfAborted();
    const path = pathOf(to, name);
    const there = await stat(path).catch(() => undefined);
    if (there?.size !== sizes.get(name)) await fetchOne(place, name, path);
    progress?.({ objects: ++done, of: wanted.length });
  });
}

/** What the catalogue wants, as far as it is there: what is missing shows when it is counted. */
function wantedNames(catalogue: string, sizes: ReadonlyMap<string, number>): string[] {
  const file = openCatalogueFile(catalogue);
  try {
    const names = [...wantedObjects(file)].flatMap(({ key }) => (sizes.has(key) ? [key] : []));
    const isWanted = manifestsOf(file);
    return [...names, ...[...sizes.keys()].filter((name) => isWanted(name))];
  } finally {
    file.close();
  }
}

async function fetchOne(place: RemotePlace, name: string, path: string): Promise<void> {
  const bytes = await place.get(name);
  if (bytes === undefined) return;
  makeFolder(dirname(path));
  await writeFile(`${path}.part`, bytes, { mode: 0o600, flush: true });
  await rename(`${path}.part`, path);
}
