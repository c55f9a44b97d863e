import { getAsset } from 'node:sea';
import type { Koffi } from '../load-koffi.ts';
import { cacheFolder, placeOnce } from './private-cache.ts';

/**
 * As ../load-koffi.ts. The system loads an addon from a file alone, so the executable writes the
 * one that it carries into a folder of the user's.
 */
export function loadKoffi(): Koffi {
  const path = placeOnce(cacheFolder(process.env), 'koffi.node', Buffer.from(getAsset('koffi.node')));
  const addon: { exports: unknown } = { exports: {} };
  process.dlopen(addon, path);
  return addon.exports as Koffi;
}
