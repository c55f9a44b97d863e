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

/**
 * A region keeps its name wherever its bucket is: names of domains and rows are made of it. Without
 * this check what is of another region would be passed over, as if it were not there.
 */
export function requireRegions(manifests: readonly Manifest[], regions: readonly string[]): void {
  const foreign = manifests.find(({ regionId }) => !regions.includes(regionId));
  if (foreign === undefined) return;
  throw new ConfigError(
    `The bucket holds versions of region "${foreign.regionId}", and this installation has ` +
      `${regions.map((region) => `"${region}"`).join(', ')}: give its region that name (VARVE_REGIONS, or the ` +
      'parameter regionId of the stack), and run the rebuild again.',
  );
}
