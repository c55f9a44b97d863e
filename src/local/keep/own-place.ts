import { chmodSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isOwn, isTrusted } from '../../platform/trusted-user.ts';
import { requireOwnFiles } from '../folder/private.ts';
import { StartError } from '../start-error.ts';

const OTHERS_WRITE = 0o022;
const OTHERS_READ = 0o044;
const EVERYBODY_WRITES = 0o002;
const STICKY = 0o1000;

/**
 * Closes the folder of a backup, or of a region's objects, to all other users of the machine, or
 * refuses it. Another user who can put files there could lead a copy over any file of this user by
 * a link, and could offer objects of their own for those that are there.
 */
export function closePlace(to: string, { withKeys }: { readonly withKeys: boolean }): void {
  requireOwnPath(to);
  requireOwnFiles(to);
  const before = statSync(to);
  if ((before.mode & (OTHERS_WRITE | OTHERS_READ)) !== 0 && isOwn(before)) chmodSync(to, before.mode & 0o700);
  const { mode } = statSync(to); // some file systems keep no modes
  if ((mode & OTHERS_WRITE) !== 0)
    throw new StartError(`Other users can write to ${to}: choose a folder that is yours alone.`);
  if (withKeys && (mode & OTHERS_READ) !== 0)
    throw new StartError(
      `Other users can read what is in ${to}: back up without --with-keys, or choose a folder that is yours alone.`,
    );
}

/** Refuses a backup that another user can exchange, in whole or in part. */
export function requireOwnBackup(from: string): void {
  requireOwnPath(from);
  requireOwnFiles(from, isTrusted);
}

/** Neither the folder nor one above it lets another user exchange it. */
function requireOwnPath(path: string): void {
  const own = realpathSync(path);
  for (let folder = own; ; folder = dirname(folder)) {
    const stats = statSync(folder);
    const isOpen = folder !== own && (stats.mode & EVERYBODY_WRITES) !== 0 && (stats.mode & STICKY) === 0;
    if (!isTrusted(stats) || isOpen) throw exchangeable(own, folder);
    if (dirname(folder) === folder) return;
  }
}

function exchangeable(path: string, folder: string): StartError {
  return new StartError(
    `${folder} ${folder === path ? 'belongs to another user' : `lets other users exchange ${path}`}: ` +
      'choose a folder that is yours.',
  );
}
