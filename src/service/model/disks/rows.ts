import type { BreachReason, ChargeType, DiskCategory, DiskKind, DiskStatus, Tag } from '../../../generated/schema.ts';
import { boolean, entity, list, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/**
 * What is known of a disk besides its contents, which its node in the version tree has under the
 * same id.
 */
export const diskEntity = entity({
  name: 'disk',
  attributes: {
    accountId: string(),
    id: string(),
    region: string(),
    name: string(),
    kind: string<DiskKind>(),
    category: string<DiskCategory>(),
    sizeBytes: number(),
    /** As stored; whether a prepaid disk is EXPIRED is a question of the clock: see `statusOf`. */
    status: string<DiskStatus>(),
    chargeType: string<ChargeType>(),
    expiresAt: optional(string()),
    domainId: string(),
    /** Present for encrypted disks. */
    keyId: optional(string()),
    deleteAutoSnapshots: boolean(),
    deleteWithInstance: boolean(),
    /** The automatic snapshot policy that it is under; see policies/cover.ts. */
    policyId: optional(string()),
    /** Since when; left out by earlier versions. */
    coveredAt: optional(string()),
    /** Its own recovery point objective; 0 if it is not to be watched (8.4). */
    objectiveHours: optional(number()),
    /** What the janitor last found; absent without an objective, and before its first look. */
    protection: optional(string<'PROTECTED' | 'IN_BREACH' | 'EXEMPT'>()),
    /** While it is IN_BREACH, which is told: since when, and why. */
    inBreachSince: optional(string()),
    breachReason: optional(string<BreachReason>()),
    originSnapshotId: optional(string()),
    /** The snapshot or image that a CREATING disk is being copied from, and whose that is. */
    copyFromId: optional(string()),
    copyFromAccountId: optional(string()),
    originImageId: optional(string()),
    rolledBackAt: optional(string()),
    /** The instances that it is attached to, in that order. */
    instanceIds: optional(list<string>()),
    /** Goes up with each attaching and detaching; absent for a disk that never was. */
    attachments: optional(number()),
    /** Of the source that its contents came from; see unreadable.ts. */
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
export type DiskRow = RowOf<typeof diskEntity>;

/** All attributes of the indexes, which a patch of one of them has to hold. */
export function diskPlaces(row: DiskRow): Partial<DiskRow> {
  return { accountId: row.accountId, region: row.region, createdAt: row.createdAt, name: row.name, id: row.id };
}

/** An encryption domain: account, region and data key. Deduplication works within it. */
export const domainEntity = entity({
  name: 'domain',
  attributes: {
    id: string(),
    accountId: string(),
    region: string(),
    /** Absent for the plain domain. */
    keyId: optional(string()),
    /** The data key, wrapped under `keyId`, base64. */
    wrappedKey: optional(string()),
    /** The domain whose data key it is, where that was made for another region; see domains.ts. */
    dataKeyOf: optional(string()),
    createdAt: string(),
  },
  primary: { partition: ['id'], sort: [] },
  indexes: { byAccount: { slot: 1, partition: ['accountId', 'region'], sort: ['createdAt', 'id'] } },
});
export type DomainRow = RowOf<typeof domainEntity>;
