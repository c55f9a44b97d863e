import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { isOwn } from '../../trusted-user.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the executable keeps what it has to have as files: by the XDG base directories. */
export function cacheFolder({ XDG_CACHE_HOME: given }: Environment): string {
  return join(given !== undefined && isAbsolute(given) ? given : join(homedir(), '.cache'), 'varve');
}

/**
 * The path of a file with these bytes. It is code that this process will run, so nobody else may
 * write there. The folder is this user's and has the mode 0700. The file is used only if it is this
 * user's and has the very bytes. Its name has their hash, so versions do not disturb each
 * other. Throws if the folder is not private, or cannot be made so.
 */
export function placeOnce(folder: string, name: string, bytes: Uint8Array): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  requirePrivate(folder);
  const path = join(folder, `${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}-${name}`);
  if (!holds(path, bytes)) write(path, bytes);
  return path;
}

function requirePrivate(folder: string): void {
  const found = lstatSync(folder);
  if (!found.isDirectory() || !isOwn(found)) throw new Error(`${folder} is not a folder of this user`);
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

function holds(path: string, bytes: Uint8Array): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  return found.isFile() && isOwn(found) && found.size === bytes.length && readFileSync(path).equals(bytes);
}

/** The file appears whole. Of several processes at once, each writes the same. */
function write(path: string, bytes: Uint8Array): void {
  const part = `${path}.${randomUUID()}`;
  try {
    writeFileSync(part, bytes, { mode: 0o600, flag: 'wx' });
    renameSync(part, path);
  } finally {
    rmSync(part, { force: true });
  }
}
