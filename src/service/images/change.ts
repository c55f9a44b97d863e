import type { UpdateImageInput } from '../../generated/schema.ts';
import { equal, patch, remove } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { parseTagChange } from '../calls/tags.ts';
import { parseDescription, parseName } from '../calls/text.ts';
import { findOwnImage } from '../model/images/find.ts';
import { type ImageRow, imageEntity, imagePlaces, imageShareEntity } from '../model/images/rows.ts';
import { lessUsed } from '../model/listed/snapshot-lists.ts';
import { lessUsedWrites } from '../model/snapshots/expiry-rows.ts';
import { snapshotEntity } from '../model/snapshots/rows.ts';
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

/** Rule 6.1. Its shares go in the same transaction, so that no account keeps a share of nothing. */
export async function deleteImage(service: Service, caller: Caller, imageId: string): Promise<string> {
  const { accountId } = caller;
  return untilAccepted(service, async () => {
    const image = await findOwnImage(service.catalogue, caller, imageId);
    const snapshot = { accountId, id: image.snapshotId };
    const row = await service.catalogue.get(snapshotEntity, snapshot);
    const result = await service.tree.remove({ accountId, nodeId: imageId }, [
      remove(imageEntity, { accountId, id: imageId }, [equal('shares', image.shares)]),
      ...(row === undefined ? [] : lessUsed(row, 'imageCount')),
      ...(row === undefined ? [] : lessUsedWrites(row, isoTime(service.clock.now()))),
      ...image.sharedWith.map((toAccountId) => remove(imageShareEntity, { toAccountId, imageId })),
    ]);
    return result.ok ? { ok: true, value: imageId } : result;
  });
}
