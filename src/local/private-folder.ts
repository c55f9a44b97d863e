import { chmodSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { reason } from './reason.ts';
import { StartError } from './start-error.ts';

const OF_OTHERS = 0o077;

/**
 * Closes the data folder to all other users of the machine, whatever it was before, or refuses it.
 * What lies deeper than its own files cannot be reached then, and is left as it is.
 */
export function makePrivate(path: string): void {
  const { uid } = statSync(path);
  if (process.geteuid !== undefined && uid !== process.geteuid()) {
    throw new StartError(`The data folder ${path} belongs to another user: choose one of your own with --data.`);
  }
  close(path, path);
  for (const name of readdirSync(path)) close(path, join(path, name));
}

/** A link is none of ours, and its mode says nothing. */
function close(folder: string, path: string): void {
  const before = path === folder ? statSync(path) : lstatSync(path);
  if (before.isSymbolicLink() || (before.mode & OF_OTHERS) === 0) return;
  try {
    chmodSync(path, before.mode & 0o700);
  } catch (error) {
    throw new StartError(`The data folder ${folder} cannot be closed to other users (${path}: ${reason(error)}).`);
  }
  if ((statSync(path).mode & OF_OTHERS) === 0) return;
  throw new StartError(
    `The data folder ${folder} stays open to other users, as its file system keeps no modes: choose another with --data.`,
  );
}
