import { mapBounded } from '../../platform/bounded.ts';
import { type ObjectId, objectKey } from '../blocks/block.ts';
import { canBeStored } from '../blocks/object-form.ts';
import type { Domain, EngineDeps } from '../deps.ts';

const HEADS_IN_FLIGHT = 32; // hides the latency of single HEADs

/**
 * I5: the stored sizes of objects that are about to be referred to. `missing` are those that are
 * not in the store, or there with a length or checksum that no object of that id has.
 */
export async function storedSizes(
  deps: Pick<EngineDeps, 'objects'>,
  { regionId, domainId }: Domain,
  ids: readonly ObjectId[],
): Promise<{ readonly sizes: ReadonlyMap<ObjectId, number>; readonly missing: readonly ObjectId[] }> {
  const objects = deps.objects(regionId);
  const sizes = new Map<ObjectId, number>();
  const missing: ObjectId[] = [];
  const heads = await mapBounded(ids, HEADS_IN_FLIGHT, (id) => objects.head(objectKey(domainId, id)));
  for (const [at, id] of ids.entries()) {
    const head = heads[at];
    if (head !== undefined && canBeStored(id, head)) sizes.set(id, head.sizeBytes);
    else missing.push(id);
  }
  return { sizes, missing };
}
