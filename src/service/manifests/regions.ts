import { MANIFESTS, type Manifest, readManifest } from '../../engine/books/manifest.ts';
import { ConfigError } from '../../platform/config.ts';
import { pagesOfKeys } from '../../platform/objects/pages-of-keys.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';

/** The region that the first readable manifest of a bucket is of. */
export async function regionIn(objects: ObjectStore): Promise<string | undefined> {
  for await (const page of pagesOfKeys(objects, MANIFESTS)) {
    for (const { key } of page) {
      const bytes = await objects.get(key);
      const manifest = bytes && readManifest(bytes);
      if (typeof manifest === 'object') return manifest.regionId;
    }
  }
  return undefined;
}

/** Looks at the first readable manifest, before anything is changed. */
export async function requireRegion(objects: ObjectStore, regions: readonly string[]): Promise<void> {
  const found = await regionIn(objects);
  if (found !== undefined && !regions.includes(found)) throw foreign(found, regions);
}

/**
 * A region keeps its name wherever its bucket is: names of domains and rows are made of it. Without
 * this check what is of another region would be passed over, as if it were not there.
 */
export function requireRegions(manifests: readonly Manifest[], regions: readonly string[]): void {
  const one = manifests.find(({ regionId }) => !regions.includes(regionId));
  if (one !== undefined) throw foreign(one.regionId, regions);
}

function foreign(found: string, regions: readonly string[]): ConfigError {
  return new ConfigError(
    `The bucket holds versions of region "${found}", and this installation has ` +
      `${regions.map((region) => `"${region}"`).join(', ')}: give its region that name (VARVE_REGIONS, or the ` +
      'parameter regionId of the stack), and run the rebuild again.',
  );
}
