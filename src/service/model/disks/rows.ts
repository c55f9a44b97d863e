import type { ChargeType, DiskCategory, DiskKind, DiskStatus } from '../../../generated/schema.ts';
import type { Entity } from '../../../platform/catalogue/port.ts';
import type { Tags } from '../../calls/tags.ts';

/** What is known of a disk besides its contents, which its node in the version tree has under the same id. */
export interface DiskRow {
  readonly accountId: string;
  readonly id: string;
  readonly region: string;
  readonly name: string;
  readonly kind: DiskKind;
  readonly category: DiskCategory;
  readonly sizeBytes: number;
  /** As stored; whether a prepaid disk is EXPIRED is a question of the clock: see `statusOf`. */
  readonly status: DiskStatus;
  readonly chargeType: ChargeType;
  readonly expiresAt?: string;
  readonly domainId: string;
  /** Present for encrypted disks. */
  readonly keyId?: string;
  readonly deleteAutoSnapshots: boolean;
  readonly deleteWithInstance: boolean;
  /** The automatic snapshot policy that it is under; see policies/cover.ts. */
  readonly policyId?: string;
  readonly originSnapshotId?: string;
  /** The snapshot or image that a CREATING disk is being copied from, and whose that is. */
  readonly copyFromId?: string;
  readonly copyFromAccountId?: string;
  readonly originImageId?: string;
  readonly rolledBackAt?: string;
  /** The instances that it is attached to, in that order. */
  readonly instanceIds?: readonly string[];
  /** Goes up with each attaching and detaching; absent for a disk that never was. */
  readonly attachments?: number;
  /** Of the source that its contents came from; see unreadable.ts. */
  readonly unreadable?: string;
  readonly tags: Tags;
  readonly createdAt: string;
}

export const diskEntity: Entity<DiskRow> = {
  name: 'disk',
  attributes: {
    accountId: 'string',
    id: 'string',
    region: 'string',
    name: 'string',
    kind: 'string',
    category: 'string',
    sizeBytes: 'number',
    status: 'string',
    chargeType: 'string',
    expiresAt: 'string',
    domainId: 'string',
    keyId: 'string',
    deleteAutoSnapshots: 'boolean',
    deleteWithInstance: 'boolean',
    policyId: 'string',
    originSnapshotId: 'string',
    copyFromId: 'string',
    copyFromAccountId: 'string',
    originImageId: 'string',
    rolledBackAt: 'string',
    instanceIds: 'list',
    attachments: 'number',
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
export function diskPlaces(row: DiskRow): Partial<DiskRow> {
  return { accountId: row.accountId, region: row.region, createdAt: row.createdAt, name: row.name, id: row.id };
}

/** An encryption domain: account, region and key. Deduplication works within it. */
export interface DomainRow {
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  /** Absent for the plain domain. */
  readonly keyId?: string;
  /** The data key, wrapped under `keyId`, base64. */
  readonly wrappedKey?: string;
  readonly createdAt: string;
}

export const domainEntity: Entity<DomainRow> = {
  name: 'domain',
  attributes: {
    id: 'string',
    accountId: 'string',
    region: 'string',
    keyId: 'string',
    wrappedKey: 'string',
    createdAt: 'string',
  },
  primary: { partition: ['id'], sort: [] },
  indexes: { byAccount: { slot: 1, partition: ['accountId', 'region'], sort: ['createdAt', 'id'] } },
};
