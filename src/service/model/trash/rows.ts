import type { TrashKind } from '../../../generated/schema.ts';
import { entity, list, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import { type Condition, equal } from '../../../platform/catalogue/port.ts';
import { isoTime } from '../../../platform/clock.ts';
import { impossible } from '../../../platform/errors.ts';
import type { DiskRow } from '../disks/rows.ts';
import type { ImageRow } from '../images/rows.ts';
import type { SnapshotRow } from '../snapshots/rows.ts';

/**
 * What a person deleted and can bring back: rule 10.1. It takes the place of the row of a snapshot,
 * disk or image, so no find and no list has it any more. The node of the version tree stays.
 */
export const trashEntity = entity({
  name: 'trash',
  attributes: {
    accountId: string(),
    id: string(),
    region: string(),
    kind: string<TrashKind>(),
    name: string(),
    /** Of the chain that its node belongs to. */
    chainId: string(),
    deletedAt: string(),
    /** By the setting when it was deleted: a later one changes nothing. */
    restorableUntil: string(),
    /** Where the janitor finds it. */
    shard: number(),
    /** The row as it was: one of these has one. */
    snapshot: optional(list<SnapshotRow>()),
    disk: optional(list<DiskRow>()),
    image: optional(list<ImageRow>()),
    /** Of a snapshot: what is made from it and not in the recycle bin itself, by now. */
    diskCount: number(),
    imageCount: number(),
    /** Of an automatic snapshot: the disk that it went with. */
    withDiskId: optional(string()),
    /** Of a disk: the automatic snapshots that went with it. */
    snapshotIds: optional(list<string>()),
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: {
    byDeletion: { slot: 1, partition: ['accountId', 'region', 'kind'], sort: ['deletedAt', 'id'] },
    byEnd: { slot: 2, partition: ['shard'], sort: ['restorableUntil', 'id'] },
  },
});
export type TrashRow = RowOf<typeof trashEntity>;

export const TRASH_KINDS: readonly TrashKind[] = ['SNAPSHOT', 'DISK', 'IMAGE'];

/** Many may be deleted in one hour, as with a tool that tidies up. */
export const TRASH_SHARDS = 16;

interface Deleted {
  readonly accountId: string;
  readonly id: string;
  readonly region: string;
  readonly name: string;
}

interface When {
  readonly now: number;
  /** For how long it can be brought back. */
  readonly keptMs: number;
}

export function trashedSnapshot(row: SnapshotRow, when: When, withDiskId?: string): TrashRow {
  const { diskCount, imageCount, diskId: chainId } = row;
  const uses = { diskCount, imageCount };
  const place = placeOf(row, 'SNAPSHOT', when);
  return { ...place, chainId, ...uses, snapshot: [row], ...(withDiskId !== undefined && { withDiskId }) };
}

export function trashedDisk(row: DiskRow, when: When, snapshotIds: readonly string[]): TrashRow {
  return { ...placeOf(row, 'DISK', when), chainId: row.id, ...UNUSED, disk: [row], snapshotIds };
}

export function trashedImage(row: ImageRow, when: When): TrashRow {
  return { ...placeOf(row, 'IMAGE', when), chainId: row.id, ...UNUSED, image: [row] };
}

const UNUSED = { diskCount: 0, imageCount: 0 };

function placeOf({ accountId, id, region, name }: Deleted, kind: TrashKind, { now, keptMs }: When) {
  const digits = id.slice(-2); // random ones
  const shard = (digits.charCodeAt(0) * 32 + digits.charCodeAt(1)) % TRASH_SHARDS;
  const deletedAt = isoTime(now);
  return { accountId, id, region, kind, name, deletedAt, restorableUntil: isoTime(now + keptMs), shard };
}

/** The row that it takes the place of. */
export function keptRow({ id, snapshot, disk, image }: TrashRow): SnapshotRow | DiskRow | ImageRow {
  const kept = snapshot?.[0] ?? disk?.[0] ?? image?.[0];
  if (kept === undefined) throw impossible(`${id} lies in the recycle bin, and nobody knows what it was`);
  return kept;
}

/** What a decision about something in the recycle bin rests on. */
export function seenInTrash(row: TrashRow): Condition<TrashRow>[] {
  const { deletedAt, restorableUntil, diskCount, imageCount } = row;
  return [
    equal('deletedAt', deletedAt),
    equal('restorableUntil', restorableUntil),
    equal('diskCount', diskCount),
    equal('imageCount', imageCount),
  ];
}

/** All attributes of the indexes, which a patch of one of them has to hold. */
export function trashPlaces({ accountId, region, kind, deletedAt, restorableUntil, shard, id }: TrashRow) {
  return { accountId, region, kind, deletedAt, restorableUntil, shard, id };
}
