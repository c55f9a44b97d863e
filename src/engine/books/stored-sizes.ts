import { mapBounded } from '../../platform/bounded.ts';
import { type ObjectId, objectKey } from '../blocks/block.ts';
import { canBeStored, isBare } from '../blocks/object-form.ts';
import type { Domain, EngineDeps } from '../deps.ts';

const HEADS_IN_FLIGHT = 32; // hides the latency of single HEADs

export interface StoredSizes {
  readonly sizes: ReadonlyMap<ObjectId, number>;
  /** Not in the store, or there with a length or checksum that no object of that id has. */
  readonly missing: readonly ObjectId[];
  /**
   * Of those in `sizes`: their bytes are not proved by the store's own checksum, as those of a
   * block that is stored as it is are.
   */
  readonly unproved: readonly ObjectId[];
}

/** I5: the stored sizes of objects that are about to be referred to. */
export async function storedSizes(
  deps: Pick<EngineDeps, 'objects'>,
  { regionId, domainId }: Domain,
  ids: readonly ObjectId[],
): Promise<StoredSizes> {
  const objects = deps.objects(regionId);
  const sizes = new Map<ObjectId, number>();
  const missing: ObjectId[] = [];
  const unproved: ObjectId[] = [];
  const heads = await mapBounded(ids, HEADS_IN_FLIGHT, (id) => objects.head(objectKey(domainId, id)));
  for (const [at, id] of ids.entries()) {
    const head = heads[at];
    if (head === undefined || !canBeStored(id, head)) {
      missing.push(id);
      continue;
    }
    sizes.set(id, head.sizeBytes);
    if (!isBare(head.sizeBytes) || head.sha256 !== id) unproved.push(id);
  }
  return { sizes, missing, unproved };
}
