import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a small file for its owner alone. Once this returns the file outlives a power cut, and at
 * no moment does a part of it stand under its name: contents first, then the name, then the folder.
 */
export function writeDurably(path: string, contents: string | Uint8Array): void {
  renameSync(writeBeside(path, contents), path);
  if (process.platform !== 'win32') syncNow(dirname(path)); // Windows opens no folders
}

/** The same for a file that is not there yet; else throws EEXIST, and leaves what is there. */
export function createDurably(path: string, contents: string | Uint8Array): void {
  const beside = writeBeside(path, contents);
  try {
    linkSync(beside, path);
  } finally {
    rmSync(beside);
  }
  syncNow(dirname(path));
}

function writeBeside(path: string, contents: string | Uint8Array): string {
  const beside = `${path}.new`;
  writeFileSync(beside, contents, { mode: 0o600, flush: true });
  return beside;
}

/** What is in a file, or the names in a folder, outlive a power cut once this returns. */
export function syncNow(path: string): void {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
