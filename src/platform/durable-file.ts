import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a small file for its owner alone. Once this returns the file outlives a power cut, and at
 * no moment does a part of it stand under its name: contents first, then the name, then the folder.
 */
export function writeDurably(path: string, contents: string | Uint8Array): void {
  renameSync(writeBeside(path, contents), path);
  syncFolderNow(dirname(path));
}

/** The same for a file that is not there yet; else throws EEXIST, and leaves what is there. */
export function createDurably(path: string, contents: string | Uint8Array): void {
  const beside = writeBeside(path, contents);
  try {
    linkSync(beside, path);
  } finally {
    rmSync(beside);
  }
  syncFolderNow(dirname(path));
}

function writeBeside(path: string, contents: string | Uint8Array): string {
  const beside = `${path}.new`;
  writeFileSync(beside, contents, { mode: 0o600, flush: true });
  return beside;
}

/** Names that were made or changed in the folder outlive a power cut. */
export function syncFolderNow(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
