import { getAsset, getRawAsset } from 'node:sea';
import type { WebFiles } from '../web-files.ts';

/** As ../web-files.ts, of those that the executable carries; `web.json` names them. */
export function ownWebFiles(): WebFiles {
  return {
    names: async () => new Set(JSON.parse(getAsset('web.json', 'utf8')) as readonly string[]),
    read: async (name) => new Uint8Array(getRawAsset(`web/${name}`)),
  };
}
