import { type Catalogue, check, equal, patch, type Write } from '../../../platform/catalogue/port.ts';
import { lessUsed, listUse, SNAPSHOT_LISTS } from '../listed/snapshot-lists.ts';
import { lessUsedWrites } from '../snapshots/expiry-rows.ts';
import { snapshotEntity } from '../snapshots/rows.ts';
import { type TrashRow, trashEntity } from './rows.ts';

/**
 * A snapshot counts the disks and images that were made from it. What lies in the recycle bin is
 * not counted, and a snapshot that lies there goes on counting, so that it comes back with the
 * count that is right then.
 */
interface Origin {
  readonly accountId: string;
  readonly id: string;
}
type Counter = 'diskCount' | 'imageCount';

/** One thing made from it less: that goes into the recycle bin, or for good. */
export async function oneUseLess(
  catalogue: Catalogue,
  origin: Origin,
  counter: Counter,
  now: string,
): Promise<Write[]> {
  const { live, trashed } = await find(catalogue, origin);
  if (live !== undefined) return [...lessUsed(live, counter), ...lessUsedWrites(live, now)];
  return trashed === undefined ? stillNowhere(origin) : [countInTrash(trashed, counter, -1)];
}

/** One more: that comes back. `isGone`: it was made from something that is not to be seen now. */
export async function oneUseMore(
  catalogue: Catalogue,
  origin: Origin,
  counter: Counter,
): Promise<{ readonly writes: readonly Write[]; readonly isGone: boolean }> {
  const { live, trashed } = await find(catalogue, origin);
  if (live === undefined) {
    const writes = trashed === undefined ? stillNowhere(origin) : [countInTrash(trashed, counter, 1)];
    return { writes, isGone: true };
  }
  const list = counter === 'diskCount' ? SNAPSHOT_LISTS.WITH_DISK : SNAPSHOT_LISTS.WITH_IMAGE;
  const counted = patch(snapshotEntity, origin, { add: { [counter]: 1 } });
  return { writes: [counted, ...listUse(live, list)], isGone: false };
}

async function find(catalogue: Catalogue, { accountId, id }: Origin) {
  const [live, trashed] = await Promise.all([
    catalogue.get(snapshotEntity, { accountId, id }),
    catalogue.get(trashEntity, { accountId, id }),
  ]);
  return { live, trashed };
}

function countInTrash(row: TrashRow, counter: Counter, by: 1 | -1): Write {
  const { accountId, id } = row;
  const change = { add: { [counter]: by }, when: [equal(counter, row[counter])] };
  return patch(trashEntity, { accountId, id }, change);
}

/** It was seen in neither place. It may have gone from one to the other in between. */
function stillNowhere({ accountId, id }: Origin): Write[] {
  const key = { accountId, id };
  return [check(snapshotEntity, key, 'absent'), check(trashEntity, key, 'absent')];
}
