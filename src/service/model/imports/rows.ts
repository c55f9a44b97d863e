import type { DiskKind, ImageImportStatus, ImageSourceFormat, Tag } from '../../../generated/schema.ts';
import { entity, list, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import { runningCount } from '../running/count.ts';

/**
 * An image that is made from a file of a bucket. What is known of its contents lies in a draft of
 * the version tree, under the id of the snapshot that it is to be. Up to `nextBlock` the draft has
 * everything.
 */
export const importEntity = entity({
  name: 'imageimport',
  attributes: {
    accountId: string(),
    id: string(),
    region: string(),
    status: string<ImageImportStatus>(),
    /** Of another bucket than the region's own. */
    bucket: optional(string()),
    key: string(),
    /** As the caller said it, or as the file was recognised. */
    format: optional(string<ImageSourceFormat>()),
    /** Of the file when it was first seen: every read is of this very state. */
    etag: optional(string()),
    fileBytes: optional(number()),
    /** Of the disk in the file. */
    sizeBytes: optional(number()),
    /** The first block that was not looked at yet. */
    nextBlock: number(),
    /** Blocks so far that the file has data for. */
    dataBlocks: number(),
    /** What it is to be. */
    imageId: string(),
    snapshotId: string(),
    chainId: string(),
    domainId: string(),
    name: optional(string()),
    description: optional(string()),
    diskKind: string<DiskKind>(),
    tags: list<Tag>(),
    /** Why it is not going on just now, or failed; and since when. */
    problemCode: optional(string()),
    problemMessage: optional(string()),
    problemSince: optional(string()),
    /** Tries in a row that came to nothing. */
    attempts: number(),
    createdAt: string(),
    finishedAt: optional(string()),
    /** Present while it is RUNNING: where the janitor finds it, and when it is to be woken. */
    runShard: optional(number()),
    wakeAt: optional(string()),
    /** Epoch second after which the row of one that is over may go. */
    forgetAt: optional(number()),
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: {
    byCreation: { slot: 1, partition: ['accountId', 'region'], sort: ['createdAt', 'id'] },
    byRun: { slot: 2, partition: ['runShard'], sort: ['wakeAt', 'id'] },
  },
  expiry: 'forgetAt',
});
export type ImportRow = RowOf<typeof importEntity>;

/** How many imports of an account are RUNNING in a region. */
export const importCountEntity = runningCount('importcount');

/** One in trouble is tried again after this time at the latest. */
export const LONGEST_IMPORT_WAIT_MS = 15 * 60_000;

/** Spreads them over the index that the janitor reads. */
export const IMPORT_SHARDS = 4;

type Created = Pick<ImportRow, 'accountId' | 'region' | 'createdAt' | 'id'>;

/**
 * The place of an import with which something is to be done at this instant: all attributes of both
 * indexes, as they share the id.
 */
export function importWokenAt(
  { accountId, region, createdAt, id }: Created,
  wakeAt: string,
): Created & Required<Pick<ImportRow, 'runShard' | 'wakeAt'>> {
  const runShard = id.charCodeAt(id.length - 1) % IMPORT_SHARDS;
  return { accountId, region, createdAt, id, runShard, wakeAt };
}
