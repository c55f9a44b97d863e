import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freeBytes } from '../../platform/disk-space.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { makeProbe } from '../folder/file-system.ts';
import { isWithin } from '../folder/is-within.ts';
import { type FolderLock, tryLock } from '../folder/lock.ts';
import { mib } from '../folder/space.ts';
import { reason } from '../reason.ts';
import { StartError } from '../start-error.ts';
import { BACKUP_MANIFEST, type BackupManifest, isCatalogueName, readBackupManifest } from './backup-form.ts';
import { closePlace } from './own-place.ts';

const OWN = /^(lock|lock-journal|varve-backup\.json(\.new)?|keys\.json(\.part)?|objects|lost\+found|\.probe-.*)$/;

interface PlaceWish {
  readonly needed: number;
  readonly withKeys: boolean;
}

/** Opens a folder for one backup at a time. Throws `StartError` with one sentence. */
export function openBackupPlace(to: string, folder: string, { needed, withKeys }: PlaceWish): FolderLock {
  requireApart(to, folder);
  try {
    makeFolder(to);
    closePlace(to, { withKeys });
    const foreign = readdirSync(to).find((name) => !OWN.test(name) && !isCatalogueName(name));
    if (foreign !== undefined)
      throw new StartError(`${to} holds "${foreign}", which is of no backup: choose an empty folder.`);
    makeProbe(to);
  } catch (error) {
    throw asBackupError(to, error);
  }
  const free = freeBytes(to);
  if (free < needed)
    throw new StartError(
      `The disk of ${to} is full: ${mib(free)} are free, and the catalogue alone needs ${mib(needed)}.`,
    );
  const lock = tryLockPlace(to);
  if (lock === undefined) {
    throw new StartError(`Another backup to ${to} is under way: run it again when it has ended.`);
  }
  return lock;
}

/** A backup within the data folder would be lost with it. */
function requireApart(to: string, folder: string): void {
  if (isWithin(to, folder) && to !== stagingOf(folder))
    throw new StartError(`${to} lies in the data folder, and would be lost with it: choose a folder elsewhere.`);
}

/** Where a backup waits that is sent elsewhere. */
export const stagingOf = (folder: string): string => join(folder, 'staging');

/** File systems of other machines may not know locks: a backup goes there all the same. */
function tryLockPlace(to: string): FolderLock | undefined {
  try {
    return tryLock(to);
  } catch {
    return { release: () => undefined };
  }
}

/** The backup that is whole in a folder, if any. A text: why it cannot be used. */
export function wholeBackupIn(from: string): BackupManifest | string | undefined {
  const path = join(from, BACKUP_MANIFEST);
  return existsSync(path) ? readBackupManifest(readFileSync(path, 'utf8')) : undefined;
}

/** One sentence for what the file system, or SQLite, says. */
export function asBackupError(to: string, error: unknown): unknown {
  if (error instanceof StartError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code === undefined ? message.replace(/\.$/, '') : reason(error);
  const isOfBackup = code !== undefined || /database|disk|space/i.test(message);
  return isOfBackup
    ? new StartError(`The backup to ${to} could not go on (${why}). Run it again: what is there already counts.`)
    : error;
}
