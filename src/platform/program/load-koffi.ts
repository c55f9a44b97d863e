import { createRequire } from 'node:module';

/** What is used of koffi, which calls functions of the C library. */
export interface Koffi {
  load(path: null): { func(signature: string): (fd: number, offset: number, whence: number) => number };
  errno(): number;
}

/**
 * npm installs the addon for its platform, without the package `koffi` around it, which has an
 * install script and types that are not needed here. Throws where there is none. The single
 * executable has embedded/load-koffi.ts in the place of this file.
 */
export function loadKoffi(): Koffi {
  return createRequire(import.meta.url)(`@koromix/koffi-${process.platform}-${process.arch}`) as Koffi;
}
