import { entity, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/**
 * How far the copy of a snapshot into another region is. Has the id of the snapshot that it makes;
 * goes with that, or some time after it is done.
 */
export const copyEntity = entity({
  name: 'copy',
  attributes: {
    accountId: string(),
    id: string(),
    /** The node that holds the source until it is done. */
    keepId: string(),
    status: string<'RUNNING' | 'ACCOMPLISHED' | 'FAILED'>(),
    /** Places to be copied; not known before they were counted. */
    totalBlocks: optional(number()),
    doneBlocks: number(),
    /** Objects that were sent, and their stored bytes. */
    movedBlocks: number(),
    movedBytes: number(),
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
    /** Epoch second after which the row of one that is done may go. */
    forgetAt: optional(number()),
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: { byRun: { slot: 1, partition: ['runShard'], sort: ['wakeAt', 'id'] } },
  expiry: 'forgetAt',
});
export type CopyRow = RowOf<typeof copyEntity>;

/** A copy in trouble is tried again after this time at the latest. */
export const LONGEST_WAIT_MS = 15 * 60_000;

/** Spreads copies that are under way over the index that the janitor reads. */
export const COPY_SHARDS = 4;

/** The place of a copy that is to be woken at this instant. */
export function wokenAt(id: string, wakeAt: string): Required<Pick<CopyRow, 'id' | 'runShard' | 'wakeAt'>> {
  return { id, runShard: id.charCodeAt(id.length - 1) % COPY_SHARDS, wakeAt };
}
