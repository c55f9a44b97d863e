import type { DiskKind, Tag } from '../../../generated/schema.ts';
import { entity, list, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/**
 * What is known of an image besides its contents, which its node in the version tree has under the
 * same id.
 */
export const imageEntity = entity({
  name: 'image',
  attributes: {
    /** The owner. */
    accountId: string(),
    id: string(),
    region: string(),
    name: string(),
    description: optional(string()),
    snapshotId: string(),
    diskKind: string<DiskKind>(),
    sizeBytes: number(),
    domainId: string(),
    /** Present for encrypted images. */
    keyId: optional(string()),
    sharedWith: list<string>(),
    /** Goes up with each change of `sharedWith`. */
    shares: number(),
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
export type ImageRow = RowOf<typeof imageEntity>;

/** All attributes of the indexes, which a patch of one of them has to hold. */
export function imagePlaces(row: ImageRow): Partial<ImageRow> {
  return { accountId: row.accountId, region: row.region, createdAt: row.createdAt, name: row.name, id: row.id };
}

/**
 * That an image may be used by another account: the only row by which anything of one account is
 * found by another.
 */
export const imageShareEntity = entity({
  name: 'imageshare',
  attributes: {
    toAccountId: string(),
    imageId: string(),
    ownerAccountId: string(),
    region: string(),
    createdAt: string(),
  },
  primary: { partition: ['toAccountId', 'imageId'], sort: [] },
  indexes: { byTarget: { slot: 1, partition: ['toAccountId', 'region'], sort: ['createdAt', 'imageId'] } },
});
export type ImageShareRow = RowOf<typeof imageShareEntity>;

/** How many accounts that do not exist an account has named on a UTC day; see known-accounts.ts. */
export const shareGuessEntity = entity({
  name: 'shareguess',
  attributes: {
    accountId: string(),
    day: string(),
    taken: number(),
    /** Epoch s. */
    forgetAt: number(),
  },
  primary: { partition: ['accountId'], sort: ['day'] },
  expiry: 'forgetAt',
});
