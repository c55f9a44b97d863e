import type { UpdateImageInput } from '../../generated/schema.ts';
import { absent, type Condition, equal, patch, put, remove } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { parseTagChange } from '../calls/tags.ts';
import { parseDescription, parseName } from '../calls/text.ts';
import { trashMsOf } from '../model/accounts/trash-hours.ts';
import { findOwnImage } from '../model/images/find.ts';
import { type ImageRow, imageEntity, imagePlaces, imageShareEntity } from '../model/images/rows.ts';
import { trashEntity, trashedImage } from '../model/trash/rows.ts';
import { oneUseLess } from '../model/trash/uses.ts';
import type { Service } from '../service.ts';

export async function updateImage(service: Service, caller: Caller, input: UpdateImageInput): Promise<ImageRow> {
  const { description } = input;
  const words: Partial<ImageRow> = {
    ...(input.name == null ? {} : { name: parseName('name', input.name) }),
    ...(description == null ? {} : { description: parseDescription('description', description) }),
  };
  const tagChange = parseTagChange(input);
  const gone = description === null ? (['description'] as const) : [];
  await untilAccepted(service, async () => {
    const row = await findOwnImage(service.catalogue, caller, input.imageId);
    const tags = tagChange(row);
    const change = { ...words, ...tags.set };
    if (Object.keys(change).length === 0 && gone.length === 0) return { ok: true, value: undefined };
    const set = change.name === undefined ? change : { ...change, ...imagePlaces({ ...row, ...change }) };
    const key = { accountId: row.accountId, id: row.id };
    const result = await service.catalogue.transact([
      patch(imageEntity, key, { set, remove: gone, when: tags.when }),
      service.tree.noted({ ...row, regionId: row.region }),
    ]);
    return result.ok ? { ok: true, value: undefined } : { ok: false, refused: result.failed };
  });
  return findOwnImage(service.catalogue, caller, input.imageId);
}

export interface DeletedImage {
  readonly imageId: string;
  /** Null where it is gone for good. */
  readonly restorableUntil: string | null;
}

/**
 * Rules 6.1 and 10.1. Its shares go in the same transaction, so that no account keeps a share of
 * nothing; they come back with it.
 */
export async function deleteImage(service: Service, caller: Caller, imageId: string): Promise<DeletedImage> {
  const { accountId } = caller;
  const { catalogue, clock, tree } = service;
  return untilAccepted<DeletedImage>(service, async () => {
    const image = await findOwnImage(catalogue, caller, imageId);
    const origin = { accountId, id: image.snapshotId };
    const writes = [
      remove(imageEntity, { accountId, id: imageId }, imageAsSeen(image)),
      ...(await oneUseLess(catalogue, origin, 'imageCount', isoTime(clock.now()))),
      ...image.sharedWith.map((toAccountId) => remove(imageShareEntity, { toAccountId, imageId })),
    ];
    const keptMs = await trashMsOf(catalogue, accountId);
    const node = { accountId, nodeId: imageId };
    if (keptMs === 0) {
      const removed = await tree.remove(node, writes);
      return removed.ok ? { ok: true, value: { imageId, restorableUntil: null } } : removed;
    }
    const row = trashedImage(image, { now: clock.now(), keptMs });
    const trashed = await tree.trash(node, [...writes, put(trashEntity, row)]);
    return trashed.ok ? { ok: true, value: { imageId, restorableUntil: row.restorableUntil } } : trashed;
  });
}

/** It is kept as it was seen, and so comes back as it is now. */
function imageAsSeen({ shares, name, description, tags }: ImageRow): Condition<ImageRow>[] {
  const described = description === undefined ? absent('description') : equal('description', description);
  return [equal('shares', shares), equal('name', name), described, equal('tags', tags)];
}
