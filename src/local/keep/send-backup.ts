import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mapBounded } from '../../platform/bounded.ts';
import { pathOf } from '../../platform/objects/folder/layout.ts';
import {
  BACKUP_MANIFEST,
  type BackupManifest,
  isCatalogueName,
  KEYS,
  readBackupManifest,
  writeBackupManifest,
} from './backup-form.ts';
import { requireSameInstallation } from './installation-mark.ts';
import { storedKeys } from './put-objects.ts';
import type { RemotePlace } from './s3-place.ts';
import type { Progress } from './thread-jobs.ts';

/** Of the catalogue in an object store, where no object is larger than 16 MiB. */
export const CATALOGUE_PART_BYTES = 8 * 1024 * 1024;
const PART_DIGITS = 6;
const SENT_AT_ONCE = 16;

export const cataloguePart = (file: string, part: number): string =>
  `${file}/${String(part).padStart(PART_DIGITS, '0')}`;

export interface SendOptions {
  readonly signal: AbortSignal;
  progress(progress: Progress): void;
}

export interface Sent {
  readonly sent: number;
  readonly there: number;
  readonly pruned: number;
}

/**
 * Sends a backup that is whole in a folder to an object store, in the order of a backup: objects,
 * catalogue, manifest. What is there already, with the same size, is not sent again.
 */
export async function sendBackup(
  { folder, manifest }: { readonly folder: string; readonly manifest: BackupManifest },
  place: RemotePlace,
  { signal, progress }: SendOptions,
): Promise<Sent> {
  const there = (await place.get(BACKUP_MANIFEST))?.toString('utf8');
  const other = there === undefined ? undefined : readBackupManifest(there);
  requireSameInstallation(place.name, other, manifest.installation);
  const before = await place.list();
  const root = join(folder, 'objects');
  const wanted = new Set<string>();
  const sum = { sent: 0, there: 0 };
  const of = manifest.objects.count + manifest.manifests.count;
  await mapBounded([...storedKeys(root)], SENT_AT_ONCE, async (key) => {
    signal.throwIfAborted();
    const path = pathOf(root, key);
    wanted.add(key);
    if (before.get(key) === (await stat(path)).size) sum.there++;
    else {
      await place.put(key, await readFile(path));
      sum.sent++;
    }
    progress({ objects: wanted.size, of });
  });
  for (const name of await sendCatalogue(folder, manifest, place, signal)) wanted.add(name);
  if (manifest.withKeys) await place.put(KEYS, await readFile(join(folder, KEYS)));
  await place.put(BACKUP_MANIFEST, Buffer.from(writeBackupManifest(manifest)));
  const stale = [...before.keys()].filter((name) => isOfBackup(name) && !wanted.has(name));
  await place.remove(stale);
  return { ...sum, pruned: stale.length };
}

/** Everything else below the prefix is not Varve's. */
function isOfBackup(name: string): boolean {
  const [top = ''] = name.split('/');
  return top === 'objects' || top === 'manifests' || isCatalogueName(top);
}

async function sendCatalogue(
  folder: string,
  { catalogue: { file, sizeBytes } }: BackupManifest,
  place: RemotePlace,
  signal: AbortSignal,
): Promise<string[]> {
  const source = await open(join(folder, file), 'r');
  try {
    const names: string[] = [];
    for (let part = 0; part * CATALOGUE_PART_BYTES < sizeBytes; part++) {
      signal.throwIfAborted();
      const at = part * CATALOGUE_PART_BYTES;
      const bytes = Buffer.alloc(Math.min(CATALOGUE_PART_BYTES, sizeBytes - at));
      await source.read(bytes, 0, bytes.length, at);
      names.push(cataloguePart(file, part));
      await place.put(cataloguePart(file, part), bytes);
    }
    return names;
  } finally {
    await source.close();
  }
}
