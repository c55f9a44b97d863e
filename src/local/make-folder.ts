import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { reason } from './reason.ts';
import { StartError } from './start-error.ts';

/** Makes a folder, and those above it, where there is none. */
export function makeFolder(path: string): void {
  try {
    makeWithParents(path);
  } catch (error) {
    throw new StartError(`The data folder ${path} cannot be made (${reason(error)}).`);
  }
}

/** Step by step: `recursive` does not end where a file system refuses every new folder with ENOENT, as /proc does. */
function makeWithParents(path: string): void {
  if (isFolder(path)) return;
  const parent = dirname(path);
  if (!existsSync(parent)) makeWithParents(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (!isFolder(path)) throw error; // else another start was quicker
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
