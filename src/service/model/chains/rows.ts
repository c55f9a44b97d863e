import { boolean, entity, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import type { ToldQuota } from '../quotas/crossing.ts';

/**
 * All snapshots of one disk. Has the disk's id, and lives as long as the disk or one of them does
 * (rule 4.8).
 */
export const chainEntity = entity({
  name: 'chain',
  attributes: {
    accountId: string(),
    id: string(),
    region: string(),
    createdAt: string(),
    /** The counters that the quotas of rule 1.4 hold. */
    manualCount: number(),
    autoCount: number(),
    /** How full they were when somebody was told last. */
    toldManual: optional(string<ToldQuota>()),
    toldAuto: optional(string<ToldQuota>()),
    diskReleased: boolean(),
    /** The snapshot that is PROGRESSING; never two of a chain. */
    inProgressId: optional(string()),
    /**
     * The snapshot that was made last. Absent in chains of earlier versions, and once it is
     * deleted, until the janitor has found which one is the last now.
     */
    newestId: optional(string()),
    /** Of the counted ones, copies that are no nodes: not yet, or as they failed. */
    withoutNode: optional(number()),
    /** Of its nodes, those in the recycle bin: snapshots, and the disk's own. Not counted above. */
    trashCount: optional(number()),
    /** When all of its contents were last read back and checked. */
    lastVerifiedAt: optional(string()),
    /** Where the background scrub finds it: that instant, or that of its making. */
    verifyShard: optional(number()),
    verifyFrom: optional(string()),
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: {
    byCreation: { slot: 1, partition: ['accountId', 'region'], sort: ['createdAt', 'id'] },
    byVerified: { slot: 2, partition: ['verifyShard'], sort: ['verifyFrom'] },
  },
});
export type ChainRow = RowOf<typeof chainEntity>;
