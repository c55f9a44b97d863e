import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';

const OPEN_FILES = '/proc/self/fd';

/**
 * Files below `folder` that this process has open, also those that were removed. None without
 * /proc.
 */
export async function openFilesBelow(folder: string): Promise<string[]> {
  const descriptors = await readdir(OPEN_FILES).catch(() => []);
  // A descriptor that was closed meanwhile, such as that of the listing itself, leads nowhere.
  const paths = await Promise.all(descriptors.map((name) => readlink(join(OPEN_FILES, name)).catch(() => '')));
  return paths.filter((path) => path.startsWith(`${folder}/`));
}
