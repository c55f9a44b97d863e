import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SqliteCatalogue } from '../../platform/catalogue/sqlite.ts';
import { type Clock, isoTime } from '../../platform/clock.ts';
import { syncNow, writeDurably } from '../../platform/durable-file.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { type FolderObjects, REMOVED } from '../../platform/objects/folder.ts';
import { StartError } from '../start-error.ts';
import {
  BACKUP_FORMAT,
  BACKUP_MANIFEST,
  type BackupManifest,
  catalogueName,
  isCatalogueName,
  KEYS,
  writeBackupManifest,
} from './backup-form.ts';
import { asBackupError, openBackupPlace, wholeBackupIn } from './backup-place.ts';
import { databaseBytes } from './check-database.ts';
import { copyId } from './copy-form.ts';
import { markOf, requireSameInstallation } from './installation-mark.ts';
import { copyDurably, statOf } from './put-files.ts';
import { type RunOptions, runInThread } from './run-in-thread.ts';

export interface BackupSource {
  /** The data folder. This process has its lock. */
  readonly folder: string;
  readonly catalogue: Pick<SqliteCatalogue, 'backup'>;
  /** Absent where nothing runs that removes objects. */
  readonly objects?: Pick<FolderObjects, 'holdRemoved'>;
  readonly clock: Clock;
}

export interface BackupWish {
  /** An absolute path. */
  readonly to: string;
  readonly withKeys: boolean;
}

export interface BackupReport extends BackupManifest {
  readonly to: string;
  readonly linked: number;
  readonly copied: number;
  /** Were in the backup before. */
  readonly there: number;
  /** Of an earlier backup, and no longer wanted. */
  readonly pruned: number;
}

/**
 * Backs a data folder up while everybody goes on. The order is that of docs/format-of-backups.md:
 * hold what is removed, the catalogue, the objects that it names, the manifest, and only then is
 * the backup before this one taken apart. Killed anywhere, that one is whole until this one is.
 */
export async function backUp(source: BackupSource, wish: BackupWish, options: RunOptions = {}): Promise<BackupReport> {
  const { folder, objects } = source;
  const { to, withKeys } = wish;
  const lock = openBackupPlace(to, folder, { needed: databaseBytes(folder), withKeys });
  const release = objects?.holdRemoved();
  try {
    return await intoPlace(source, wish, options);
  } catch (error) {
    throw options.signal?.aborted ? options.signal.reason : asBackupError(to, error);
  } finally {
    await release?.();
    lock.release();
  }
}

async function intoPlace(
  source: BackupSource,
  { to, withKeys }: BackupWish,
  options: RunOptions,
): Promise<BackupReport> {
  const { folder, clock } = source;
  const at = clock.now();
  const id = copyId(at);
  const catalogue = join(to, catalogueName(id));
  const before = wholeBackupIn(to);
  const installation = markOf(folder);
  requireSameInstallation(to, before, installation);
  dropCatalogues(to, typeof before === 'object' ? before.catalogue.file : undefined);
  await source.catalogue.backup(catalogue);
  const damage = await runInThread('check', { path: catalogue }, options);
  if (damage !== undefined) {
    rmSync(catalogue);
    throw new StartError(
      `The catalogue is damaged (${damage}), so nothing was backed up: an earlier backup is as it was.`,
    );
  }
  const objects = join(to, 'objects');
  makeFolder(objects);
  const from = ['objects', REMOVED].map((name) => join(folder, name));
  const put = await runInThread('putObjects', { catalogue, from, to: objects, verify: false }, options);
  if (withKeys) copyDurably(join(folder, KEYS), join(to, KEYS));
  const manifest: BackupManifest = {
    format: BACKUP_FORMAT,
    madeAt: isoTime(at),
    id,
    catalogue: { file: catalogueName(id), sizeBytes: statOf(catalogue)?.size ?? 0, sha256: put.catalogueSha256 },
    objects: put.objects,
    manifests: put.manifests,
    missing: put.missing,
    installation,
    withKeys: existsSync(join(to, KEYS)),
  };
  syncNow(catalogue);
  syncNow(to);
  writeDurably(join(to, BACKUP_MANIFEST), writeBackupManifest(manifest));
  dropCatalogues(to, catalogueName(id));
  const pruned = await runInThread('pruneObjects', { catalogue, from: objects }, options);
  const { linked, copied, there } = put;
  return { ...manifest, to, linked, copied, there, pruned };
}

function dropCatalogues(to: string, kept: string | undefined): void {
  for (const name of readdirSync(to)) if (isCatalogueName(name) && name !== kept) rmSync(join(to, name));
}
