import { randomBytes } from 'node:crypto';
import { RESERVE_BYTES } from '../../platform/disk-space.ts';
import { NONCE_BYTES, objectPath, type Staging, stagedPaths } from '../../platform/objects/folder/direct.ts';

/** The data folder of an installation on this machine, whose owner runs this program. */
export interface ObjectFolder {
  /** Of the URLs that the installation signs for what lies in it. */
  readonly origin: string;
  readonly dataDir: string;
  /** What is kept on its disk: below that nothing is staged. Default: as much as a server keeps. */
  readonly reserveBytes?: number;
}

/** A signed URL, and the headers that its signature wants. */
export interface SignedPlace {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const PATH = '/objects/';

/** Where the object of a signed URL lies, if it is one of this folder's. */
export function fileOf({ origin, dataDir }: ObjectFolder, { url }: SignedPlace): string | undefined {
  const key = keyOf(origin, url);
  return key === undefined ? undefined : objectPath(dataDir, key);
}

/**
 * Where an object with this SHA-256 is staged. Nothing for one that takes the place of another: the
 * server does that itself.
 */
export function stagingOf(folder: ObjectFolder, place: SignedPlace, sha256: string): Staging | undefined {
  const key = keyOf(folder.origin, place.url);
  if (key === undefined || place.headers?.['if-none-match'] !== '*') return undefined;
  const { dataDir, reserveBytes = RESERVE_BYTES } = folder;
  return { ...stagedPaths(dataDir, { key, sha256 }, randomBytes(NONCE_BYTES).toString('hex')), reserveBytes };
}

function keyOf(origin: string, url: string): string | undefined {
  if (!url.startsWith(`${origin}${PATH}`)) return undefined;
  const [path = ''] = url.slice(origin.length + PATH.length).split('?');
  const key = path.split('/').map(decodeURIComponent).join('/');
  return /^[\w./-]+$/.test(key) ? key : undefined;
}
