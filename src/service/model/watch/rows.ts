import { boolean, entity, list, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/**
 * When the janitor looks at a disk next (8.4). The instant is never after the disk's next breach. A
 * newer snapshot makes it too early, which costs one look. Whatever may bring a breach nearer moves
 * it to the present, in its own transaction. So a snapshot writes nothing here. A row without its
 * disk, or without an objective, does no harm: it goes when it is found.
 */
export const watchEntity = entity({
  name: 'watch',
  attributes: {
    accountId: string(),
    diskId: string(),
    shard: number(),
    dueAt: string(),
    /** Another with each writing, so that a look never moves on what came after it. */
    mark: string(),
    /** A snapshot has come back since the last look: it is what ends a breach. */
    snapshotBack: optional(boolean()),
  },
  primary: { partition: ['accountId', 'diskId'], sort: [] },
  indexes: { byDue: { slot: 1, partition: ['shard'], sort: ['dueAt', 'diskId'] } },
});
export type WatchRow = RowOf<typeof watchEntity>;

export const WATCH_SHARDS = 8;

export const watchShard = (diskId: string): number => diskId.charCodeAt(diskId.length - 1) % WATCH_SHARDS;

/** An objective of all disks of a region that have a tag. */
export interface TagObjective {
  readonly key: string;
  readonly value: string;
  readonly hours: number;
  /** Its place in the list: when the tag got an objective, as a number of the row's. */
  readonly order: string;
}

/** The objectives of tags, all in one row: each look reads them. */
export const tagObjectivesEntity = entity({
  name: 'tagobjectives',
  attributes: {
    accountId: string(),
    region: string(),
    tags: list<TagObjective>(),
    revision: number(),
  },
  primary: { partition: ['accountId', 'region'], sort: [] },
});
export type TagObjectivesRow = RowOf<typeof tagObjectivesEntity>;

/** With the longest keys and values, a row is far below 400 KB. */
export const MOST_TAG_OBJECTIVES = 100;

/**
 * The disks of a policy or of a tag are to be looked at again, as its schedule or its objective has
 * changed: written with the change, removed at the end. A later change begins it from the first
 * disk.
 */
export const watchAgainEntity = entity({
  name: 'watchagain',
  attributes: {
    shard: number(),
    /** What it stands for: at most one row for each. */
    target: string(),
    accountId: string(),
    region: string(),
    /** One of the two. */
    policyId: optional(string()),
    tagList: optional(string()),
    /** The disks up to this one have been sent for. */
    after: optional(string()),
    mark: string(),
  },
  primary: { partition: ['shard'], sort: ['target'] },
});
export type WatchAgainRow = RowOf<typeof watchAgainEntity>;

export const WATCH_AGAIN_SHARDS = 4;

/**
 * How far the disks of earlier versions have got their rows: one row for the installation. Each
 * janitor goes on from there.
 */
export const watchBackfillEntity = entity({
  name: 'watchbackfill',
  attributes: {
    id: string<'watch'>(),
    state: string<'GOING' | 'DONE'>(),
    /** Everything of the domains up to this one is done. */
    afterDomain: optional(string()),
  },
  primary: { partition: ['id'], sort: [] },
});
export type WatchBackfillRow = RowOf<typeof watchBackfillEntity>;
