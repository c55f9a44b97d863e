import { type Condition, equal, patch, put, type Write } from '../../../platform/catalogue/port.ts';
import { type SnapshotRow, snapshotEntity } from '../snapshots/rows.ts';
import { changeOfLists, type List, listedEntity, tagLists } from './rows.ts';

/** Lists of snapshots that are few among all. Most are automatic, whole, and used by nothing. */
export const SNAPSHOT_LISTS = {
  MANUAL: 'snapshot:MANUAL',
  PROGRESSING: 'snapshot:PROGRESSING',
  FAILED: 'snapshot:FAILED',
  /** A disk, or an image, was made of them. */
  WITH_DISK: 'snapshot:disk',
  WITH_IMAGE: 'snapshot:image',
  /** Whole, and without an end. */
  ENDLESS: 'snapshot:endless',
} as const;

export function listsOfSnapshot(row: SnapshotRow): List[] {
  const { kind, status, diskCount, imageCount, expiresAt, tags } = row;
  const lists: string[] = [];
  if (kind === 'MANUAL') lists.push(SNAPSHOT_LISTS.MANUAL);
  if (status !== 'ACCOMPLISHED') lists.push(SNAPSHOT_LISTS[status]);
  if (diskCount > 0) lists.push(SNAPSHOT_LISTS.WITH_DISK);
  if (imageCount > 0) lists.push(SNAPSHOT_LISTS.WITH_IMAGE);
  if (status === 'ACCOMPLISHED' && expiresAt === undefined) lists.push(SNAPSHOT_LISTS.ENDLESS);
  return [...lists.map((list) => ({ list })), ...tagLists('snapshot', tags)];
}

/** Of one that is made. */
export const listSnapshot = (row: SnapshotRow): Write[] => changeOfLists(row, [], listsOfSnapshot(row));

/** Of one that goes. */
export const unlistSnapshot = (row: SnapshotRow): Write[] => changeOfLists(row, listsOfSnapshot(row), []);

export function relistSnapshot(before: SnapshotRow, after: SnapshotRow): Write[] {
  return changeOfLists(after, listsOfSnapshot(before), listsOfSnapshot(after));
}

/** What the lists of a snapshot rest on, beside its state and the counts of its uses. */
export function asListed({ tags }: SnapshotRow): Condition<SnapshotRow>[] {
  return [equal('tags', tags)];
}

type UseList = typeof SNAPSHOT_LISTS.WITH_DISK | typeof SNAPSHOT_LISTS.WITH_IMAGE;

/** Of one of which something more is made: listed again, however often it was. */
export function listUse({ accountId, region, id }: Pick<SnapshotRow, 'accountId' | 'region' | 'id'>, list: UseList) {
  return [put(listedEntity, { accountId, region, id, list }, 'any')];
}

/**
 * Of which something less is made. The count is a condition: with the last use it leaves the list,
 * and another may just have been made.
 */
export function lessUsed(row: SnapshotRow, counter: 'diskCount' | 'imageCount'): Write[] {
  const { accountId, id } = row;
  const count = row[counter];
  const change = { add: { [counter]: -1 }, when: [equal(counter, count)] };
  return [patch(snapshotEntity, { accountId, id }, change), ...relistSnapshot(row, { ...row, [counter]: count - 1 })];
}
