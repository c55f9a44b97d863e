import type { ObjectStore, PutCondition, PutContent } from '../../platform/objects/port.ts';
import { type ObjectId, objectKey } from '../blocks/block.ts';
import { damageEntity, type ObjectRow } from '../books/rows.ts';
import type { EngineDeps } from '../deps.ts';
import { isWhole, type Owner } from './damage.ts';

/** A block that a client is about to upload in this form. */
export interface Upload {
  readonly id: ObjectId;
  readonly stored: PutContent;
  readonly sealed: boolean;
  /** What the catalogue has of it. */
  readonly row: ObjectRow | undefined;
}

/**
 * What an upload may replace, as seen in the store just now: nothing, or exactly the bytes that
 * this call has found not to be the block. `WHOLE`: it is there, as far as can be seen without its
 * key, and nothing may replace it. So the holder of a URL of the service never replaces what was
 * good, however late it uses the URL:
 *
 *     A: asks, is to replace 7 ────────────────────────────────────── PUT if 7: refused
 *     B:      asks, is to replace 7 ─ PUT if 7: stored as 8 ─ commits it
 */
export async function placeToUpload(
  deps: Pick<EngineDeps, 'catalogue' | 'objects'>,
  owner: Owner,
  upload: Upload,
): Promise<'WHOLE' | PutCondition> {
  const { accountId, regionId, domainId } = owner;
  const { id, row, sealed } = upload;
  const objects = deps.objects(regionId);
  const key = objectKey(domainId, id);
  const isMarked = row?.damagedAt !== undefined;
  if (!isMarked && (await hasBytesOf(objects, key, upload.stored))) return 'WHOLE';
  const damageKey = { accountId, regionId, domainId, objectId: id };
  const damage = isMarked ? await deps.catalogue.get(damageEntity, damageKey) : undefined;
  const found = await objects.read(key);
  if (found === undefined) return 'absent';
  const as = { id, isPage: damage?.isPage ?? false, sealed: damage?.sealed ?? sealed };
  return isWhole(found.bytes, as, damage) ? 'WHOLE' : { etag: found.etag };
}

/**
 * The very bytes that are to be uploaded, by the checksum that the store took them with: an earlier
 * try of the same client.
 */
async function hasBytesOf(objects: ObjectStore, key: string, { sha256 }: PutContent): Promise<boolean> {
  return (await objects.head(key))?.sha256 === sha256;
}
