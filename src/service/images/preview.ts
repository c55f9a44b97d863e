import type { FreedBytes } from '../../generated/schema.ts';
import type { Caller } from '../calls/caller.ts';
import { findOwnImage } from '../model/images/find.ts';
import type { ImageRow } from '../model/images/rows.ts';
import { type EndOfDeleted, endOfDeleted, freedWith } from '../model/trash/freed.ts';
import type { Service } from '../service.ts';

interface PreviewedDeletion extends EndOfDeleted {
  readonly image: ImageRow;
  readonly shareCount: number;
  readonly freed: FreedBytes | null;
}

/** Rules 6.1 and 10.1: what `deleteImage` would do. */
export async function previewImageDeletion(
  service: Service,
  caller: Caller,
  imageId: string,
): Promise<PreviewedDeletion> {
  const image = await findOwnImage(service.catalogue, caller, imageId);
  const freed = await freedWith(service.tree, caller.accountId, [imageId]);
  const end = await endOfDeleted(service, caller.accountId);
  return { image, shareCount: image.sharedWith.length, freed, ...end };
}
