import { chmodSync, lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { isOwn, isOwnOrRoots } from '../../platform/trusted-user.ts';
import { reason } from '../reason.ts';
import { FolderError } from '../start-error.ts';

const OF_OTHERS = 0o077;

/**
 * Closes the data folder to all other users of the machine, whatever it was before, or refuses it.
 * It is refused too if somebody else has put a file there while it was open: a key that they know
 * would be taken for the administrator's. What lies deeper than its own files cannot be reached
 * then, and is left as it is.
 */
export function makePrivate(path: string): void {
  if (!isOwn(statSync(path)))
    throw new FolderError(`The data folder ${path} belongs to another user: choose one of your own with --data.`);
  requireOwnFiles(path);
  for (const part of [path, ...partsOf(path)]) if (isOwn(lstatSync(part))) close(path, part);
}

/**
 * Links of another user are refused as well, wherever they lead. A disk's `lost+found` is root's.
 */
export function requireOwnFiles(path: string, trusted: (stats: Stats) => boolean = isOwnOrRoots): void {
  const planted = partsOf(path).find((part) => !trusted(lstatSync(part)));
  if (planted !== undefined)
    throw new FolderError(`${planted} belongs to another user, who may know or have changed what is in it.`);
}

const partsOf = (path: string) => readdirSync(path).map((name) => join(path, name));

/** A link is none of ours, and its mode says nothing. */
function close(folder: string, path: string): void {
  const before = path === folder ? statSync(path) : lstatSync(path);
  if (before.isSymbolicLink() || (before.mode & OF_OTHERS) === 0) return;
  try {
    chmodSync(path, before.mode & 0o700);
  } catch (error) {
    throw new FolderError(`The data folder ${folder} cannot be closed to other users (${path}: ${reason(error)}).`);
  }
  if ((statSync(path).mode & OF_OTHERS) === 0) return;
  throw new FolderError(
    `The data folder ${folder} stays open to other users, as its file system keeps no modes: ` +
      'choose another with --data.',
  );
}
