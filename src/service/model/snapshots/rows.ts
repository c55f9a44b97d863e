import type { DiskKind, SnapshotConsistency, SnapshotKind, SnapshotStatus, Tag } from '../../../generated/schema.ts';
import { entity, list, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/**
 * What is known of a snapshot besides its contents, which its node in the version tree has under
 * the same id.
 */
export const snapshotEntity = entity({
  name: 'snapshot',
  attributes: {
    accountId: string(),
    id: string(),
    region: string(),
    name: string(),
    description: optional(string()),
    kind: string<SnapshotKind>(),
    status: string<SnapshotStatus>(),
    /** Left out by versions that knew COMMITTED alone, and while it is PROGRESSING. */
    consistency: optional(string<SnapshotConsistency>()),
    /**
     * PROGRESSING: the fence of the writer that was asked to flush, and the `flushRequest` that it
     * was asked with.
     */
    flushFence: optional(number()),
    flushRequest: optional(number()),
    /** The disk as it was at the snapshot's instant. */
    diskId: string(),
    diskKind: string<DiskKind>(),
    sizeBytes: number(),
    domainId: string(),
    /** Present for encrypted snapshots. */
    keyId: optional(string()),
    /** The policy that made it. */
    policyId: optional(string()),
    retentionDays: optional(number()),
    expiresAt: optional(string()),
    /** Of one that is pinned (10.2): since when, and the end that it has as soon as it is not. */
    pinnedAt: optional(string()),
    endsUnpinned: optional(string()),
    /** Of a copy: the snapshot that it was made of, of which disk, and where. */
    copiedFromId: optional(string()),
    copiedFromDiskId: optional(string()),
    copiedFromRegion: optional(string()),
    /** Existing disks and images made from it. */
    diskCount: number(),
    imageCount: number(),
    /** Of the source that the disk's contents came from. */
    unreadable: optional(string()),
    tags: list<Tag>(),
    createdAt: string(),
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: {
    byCreation: { slot: 1, partition: ['accountId', 'region'], sort: ['createdAt', 'id'] },
    byName: { slot: 2, partition: ['accountId', 'region'], sort: ['name', 'id'] },
  },
});
export type SnapshotRow = RowOf<typeof snapshotEntity>;

/** All attributes of the indexes, which a patch of one of them has to hold. */
export function snapshotPlaces(row: SnapshotRow): Partial<SnapshotRow> {
  return { accountId: row.accountId, region: row.region, createdAt: row.createdAt, name: row.name, id: row.id };
}
