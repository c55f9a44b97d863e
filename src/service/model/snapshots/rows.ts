import type { DiskKind, SnapshotConsistency, SnapshotKind, SnapshotStatus } from '../../../generated/schema.ts';
import type { Entity } from '../../../platform/catalogue/port.ts';
import type { Tags } from '../../calls/tags.ts';

/** What is known of a snapshot besides its contents, which its node in the version tree has under the same id. */
export interface SnapshotRow {
  readonly accountId: string;
  readonly id: string;
  readonly region: string;
  readonly name: string;
  readonly description?: string;
  readonly kind: SnapshotKind;
  readonly status: SnapshotStatus;
  /** Left out by versions that knew COMMITTED alone, and while it is PROGRESSING. */
  readonly consistency?: SnapshotConsistency;
  /** PROGRESSING: the fence of the writer that was asked to flush, and the `flushRequest` that it was asked with. */
  readonly flushFence?: number;
  readonly flushRequest?: number;
  /** The disk as it was at the snapshot's instant. */
  readonly diskId: string;
  readonly diskKind: DiskKind;
  readonly sizeBytes: number;
  readonly domainId: string;
  /** Present for encrypted snapshots. */
  readonly keyId?: string;
  /** The policy that made it. */
  readonly policyId?: string;
  readonly retentionDays?: number;
  readonly expiresAt?: string;
  /** Existing disks and images made from it. */
  readonly diskCount: number;
  readonly imageCount: number;
  /** Of the source that the disk's contents came from. */
  readonly unreadable?: string;
  readonly tags: Tags;
  readonly createdAt: string;
}

export const snapshotEntity: Entity<SnapshotRow> = {
  name: 'snapshot',
  attributes: {
    accountId: 'string',
    id: 'string',
    region: 'string',
    name: 'string',
    description: 'string',
    kind: 'string',
    status: 'string',
    consistency: 'string',
    flushFence: 'number',
    flushRequest: 'number',
    diskId: 'string',
    diskKind: 'string',
    sizeBytes: 'number',
    domainId: 'string',
    keyId: 'string',
    policyId: 'string',
    retentionDays: 'number',
    expiresAt: 'string',
    diskCount: 'number',
    imageCount: 'number',
    unreadable: 'string',
    tags: 'list',
    createdAt: 'string',
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: {
    byCreation: { slot: 1, partition: ['accountId', 'region'], sort: ['createdAt', 'id'] },
    byName: { slot: 2, partition: ['accountId', 'region'], sort: ['name', 'id'] },
  },
};

/** All attributes of the indexes, which a patch of one of them has to hold. */
export function snapshotPlaces(row: SnapshotRow): Partial<SnapshotRow> {
  return { accountId: row.accountId, region: row.region, createdAt: row.createdAt, name: row.name, id: row.id };
}
