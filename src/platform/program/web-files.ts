import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files that browsers are given, by names such as `console/index.html`. */
export interface WebFiles {
  /** All names. None where nothing was built. */
  names(): Promise<ReadonlySet<string>>;
  /** Of one of {@link names}: no other path is ever read. */
  read(name: string): Promise<Uint8Array>;
}

/** What `node src/web/build.mjs` wrote into a folder. It is listed once. */
export function webFolder(folder: string): WebFiles {
  let listed: Promise<ReadonlySet<string>> | undefined;
  return {
    names: () => {
      listed ??= namesBelow(folder);
      return listed;
    },
    read: (name) => readFile(join(folder, name)),
  };
}

/**
 * Those of this program: in dist/web/, from the sources as from the bundle in dist/cli/. The single
 * executable has embedded/web-files.ts in the place of this file.
 */
export function ownWebFiles(): WebFiles {
  const from = import.meta.url.endsWith('.ts') ? '../../../dist/web' : '../web';
  return webFolder(fileURLToPath(new URL(from, import.meta.url)));
}

async function namesBelow(folder: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  const files = entries.filter((entry) => entry.isFile());
  return new Set(files.map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/')));
}
