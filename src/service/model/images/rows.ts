import type { DiskKind } from '../../../generated/schema.ts';
import type { Entity } from '../../../platform/catalogue/port.ts';
import type { Tags } from '../../calls/tags.ts';

/** What is known of an image besides its contents, which its node in the version tree has under the same id. */
export interface ImageRow {
  /** The owner. */
  readonly accountId: string;
  readonly id: string;
  readonly region: string;
  readonly name: string;
  readonly description?: string;
  readonly snapshotId: string;
  readonly diskKind: DiskKind;
  readonly sizeBytes: number;
  readonly domainId: string;
  /** Present for encrypted images. */
  readonly keyId?: string;
  readonly sharedWith: readonly string[];
  /** Goes up with each change of `sharedWith`. */
  readonly shares: number;
  /** Of the source that the disk's contents came from. */
  readonly unreadable?: string;
  readonly tags: Tags;
  readonly createdAt: string;
}

export const imageEntity: Entity<ImageRow> = {
  name: 'image',
  attributes: {
    accountId: 'string',
    id: 'string',
    region: 'string',
    name: 'string',
    description: 'string',
    snapshotId: 'string',
    diskKind: 'string',
    sizeBytes: 'number',
    domainId: 'string',
    keyId: 'string',
    sharedWith: 'list',
    shares: 'number',
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
export function imagePlaces(row: ImageRow): Partial<ImageRow> {
  return { accountId: row.accountId, region: row.region, createdAt: row.createdAt, name: row.name, id: row.id };
}

/** That an image may be used by another account: the only row by which anything of one account is found by another. */
export interface ImageShareRow {
  readonly toAccountId: string;
  readonly imageId: string;
  readonly ownerAccountId: string;
  readonly region: string;
  readonly createdAt: string;
}

export const imageShareEntity: Entity<ImageShareRow> = {
  name: 'imageshare',
  attributes: {
    toAccountId: 'string',
    imageId: 'string',
    ownerAccountId: 'string',
    region: 'string',
    createdAt: 'string',
  },
  primary: { partition: ['toAccountId', 'imageId'], sort: [] },
  indexes: { byTarget: { slot: 1, partition: ['toAccountId', 'region'], sort: ['createdAt', 'imageId'] } },
};
