import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { migrateCopy, VersionError } from '../../platform/catalogue/sqlite/migrate.ts';
import { syncNow } from '../../platform/durable-file.ts';
import { VarveError } from '../../platform/errors.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { RESTORING } from '../folder/contents.ts';
import { FORMAT, writeMarker } from '../folder/marker.ts';
import { reason } from '../reason.ts';
import { StartError } from '../start-error.ts';
import { BACKUP_MANIFEST, type BackupManifest, KEYS } from './backup-form.ts';
import { wholeBackupIn } from './backup-place.ts';
import { requireOwnBackup } from './own-place.ts';
import { copyDurably } from './put-files.ts';
import type { PutResult } from './put-objects.ts';
import { markRestoring, openRestorePlace, requireRoomFor } from './restore-place.ts';
import { type RunOptions, runInThread } from './run-in-thread.ts';
import { raiseVersions } from './versions.ts';

/** Where a backup is. */
export interface RestoreSource {
  /** For people. */
  readonly name: string;
  /** Undefined if there is none that is whole. A text: why it cannot be used. */
  manifest(): Promise<BackupManifest | string | undefined>;
  /** Writes the catalogue's copy to a file. */
  catalogue(manifest: BackupManifest, path: string): Promise<void>;
  keys(path: string): Promise<void>;
  /**
   * The folder of the backup's objects. A source elsewhere brings into `to` what the catalogue
   * wants, and names that.
   */
  objects(catalogue: string, to: string, options: RunOptions): Promise<string>;
}

export interface RestoreWish {
  /** The data folder to be. */
  readonly to: string;
  /** Reads each object and holds it against its id. */
  readonly verify: boolean;
}

export interface RestoreReport extends Pick<PutResult, 'objects' | 'manifests' | 'linked' | 'copied' | 'there'> {
  readonly dataDir: string;
  /** Of the state that has come back. */
  readonly madeAt: string;
  /** What the store did not have when it was backed up. */
  readonly missing: readonly string[];
  readonly withKeys: boolean;
}

/** Makes a data folder of a backup. Killed anywhere, it goes on with the next call. */
export async function restore(
  source: RestoreSource,
  wish: RestoreWish,
  options: RunOptions = {},
): Promise<RestoreReport> {
  const { to } = wish;
  const manifest = await source.manifest();
  if (typeof manifest === 'string') throw new StartError(`${source.name}: ${BACKUP_MANIFEST} ${manifest}.`);
  if (manifest === undefined) {
    throw new StartError(
      `${source.name} holds no whole backup (${BACKUP_MANIFEST} is missing): if it was ` +
        'interrupted, run the backup again.',
    );
  }
  const place = openRestorePlace(to, manifest);
  try {
    requireRoomFor(to, source.name, manifest);
    markRestoring(to, source.name, manifest);
    return await restoreInto(source, wish, manifest, options);
  } catch (error) {
    throw options.signal?.aborted ? options.signal.reason : asRestoreError(to, error);
  } finally {
    place.release();
  }
}

async function restoreInto(
  source: RestoreSource,
  { to, verify }: RestoreWish,
  manifest: BackupManifest,
  options: RunOptions,
): Promise<RestoreReport> {
  const catalogue = join(to, 'catalogue.sqlite');
  for (const end of ['', '-wal', '-journal']) rmSync(`${catalogue}${end}`, { force: true });
  await source.catalogue(manifest, catalogue);
  if ((await runInThread('sum', { path: catalogue }, options)) !== manifest.catalogue.sha256)
    throw damaged(`The catalogue in ${source.name} is not as it was backed up: use another backup.`, []);
  migrateCopy(catalogue);
  const objects = join(to, 'objects');
  makeFolder(objects);
  const from = [await source.objects(catalogue, objects, options)];
  const put = await runInThread('putObjects', { catalogue, from, to: objects, verify }, options);
  const known = new Set(manifest.missing);
  const lost = put.missing.filter((key) => !known.has(key));
  if (lost.length > 0) {
    throw damaged(
      `${lost.length} objects in ${source.name} are missing or not whole (${lost[0]}): put ` +
        'them back and go on, or use another backup.',
      lost,
    );
  }
  if (manifest.withKeys && !existsSync(join(to, KEYS))) await source.keys(join(to, KEYS));
  await raiseVersions(catalogue);
  syncNow(catalogue);
  writeMarker(to, { format: FORMAT, complete: true, rebuilding: false });
  rmSync(join(to, RESTORING));
  syncNow(to);
  const { linked, copied, there, manifests } = put;
  const { madeAt, missing, withKeys } = manifest;
  return { dataDir: to, madeAt, objects: put.objects, manifests, linked, copied, there, missing, withKeys };
}

function damaged(message: string, keys: readonly string[]): VarveError {
  return new VarveError('ObjectDamaged', message, { keys: keys.slice(0, MOST_NAMED) });
}

const MOST_NAMED = 20;

function asRestoreError(to: string, error: unknown): unknown {
  if (error instanceof VersionError) return new StartError(error.message);
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof VarveError || error instanceof StartError || typeof code !== 'string') return error;
  return new StartError(`Restoring into ${to} could not go on (${reason(error)}). Run it again to go on.`);
}

/** A backup in a folder. */
export function folderSource(from: string): RestoreSource {
  return {
    name: from,
    manifest: async () => {
      if (existsSync(from)) requireOwnBackup(from);
      return wholeBackupIn(from);
    },
    catalogue: async ({ catalogue }, path) => copyDurably(join(from, catalogue.file), path),
    keys: async (path) => copyDurably(join(from, KEYS), path),
    objects: async () => join(from, 'objects'),
  };
}
