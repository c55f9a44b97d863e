import type { ImageExportStatus, ImageFileFormat } from '../../../generated/schema.ts';
import { entity, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import { runningCount } from '../running/count.ts';

/**
 * An image that is written as a file. The parts that the store has are the checkpoint; the row says
 * what is wanted, and how far it is for people.
 */
export const exportEntity = entity({
  name: 'imageexport',
  attributes: {
    accountId: string(),
    id: string(),
    region: string(),
    imageId: string(),
    format: string<ImageFileFormat>(),
    status: string<ImageExportStatus>(),
    /** Of another bucket than the region's own. */
    bucket: optional(string()),
    /** Of the file. */
    key: string(),
    /** Of the file; not known before its blocks were counted. */
    fileBytes: optional(number()),
    partBytes: optional(number()),
    doneBytes: number(),
    /** Why it is not going on just now, or failed; and since when. */
    problemCode: optional(string()),
    problemMessage: optional(string()),
    problemSince: optional(string()),
    /** Tries in a row that came to nothing. */
    attempts: number(),
    createdAt: string(),
    finishedAt: optional(string()),
    /** When the file goes by itself. Absent for files in other buckets. */
    expiresAt: optional(string()),
    /** Present while anything is to be done: where the janitor finds it, and when. */
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
export type ExportRow = RowOf<typeof exportEntity>;

/** How many exports of an account are RUNNING in a region. */
export const exportCountEntity = runningCount('exportcount');

/** One in trouble is tried again after this time at the latest. */
export const LONGEST_EXPORT_WAIT_MS = 15 * 60_000;

/** How long a file in the region's own bucket is kept. */
export const EXPORT_KEPT_MS = 7 * 24 * 3_600_000;

/** Spreads them over the index that the janitor reads. */
export const EXPORT_SHARDS = 4;

type Created = Pick<ExportRow, 'accountId' | 'region' | 'createdAt' | 'id'>;

/**
 * The place of an export with which something is to be done at this instant: all attributes of both
 * indexes, as they share the id.
 */
export function exportWokenAt(
  { accountId, region, createdAt, id }: Created,
  wakeAt: string,
): Created & Required<Pick<ExportRow, 'runShard' | 'wakeAt'>> {
  const runShard = id.charCodeAt(id.length - 1) % EXPORT_SHARDS;
  return { accountId, region, createdAt, id, runShard, wakeAt };
}
