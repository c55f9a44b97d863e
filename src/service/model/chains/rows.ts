import type { Entity } from '../../../platform/catalogue/port.ts';

/** All snapshots of one disk. Has the disk's id, and lives as long as the disk or one of them does (rule 4.8). */
export interface ChainRow {
  readonly accountId: string;
  readonly id: string;
  readonly region: string;
  readonly createdAt: string;
  /** The counters that the quotas of rule 1.4 hold. */
  readonly manualCount: number;
  readonly autoCount: number;
  readonly diskReleased: boolean;
  /** The snapshot that is PROGRESSING; never two of a chain. */
  readonly inProgressId?: string;
  /** When all of its contents were last read back and checked. */
  readonly lastVerifiedAt?: string;
  /** Where the background scrub finds it: that instant, or that of its making. */
  readonly verifyShard?: number;
  readonly verifyFrom?: string;
}

export const chainEntity: Entity<ChainRow> = {
  name: 'chain',
  attributes: {
    accountId: 'string',
    id: 'string',
    region: 'string',
    createdAt: 'string',
    manualCount: 'number',
    autoCount: 'number',
    diskReleased: 'boolean',
    inProgressId: 'string',
    lastVerifiedAt: 'string',
    verifyShard: 'number',
    verifyFrom: 'string',
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: {
    byCreation: { slot: 1, partition: ['accountId', 'region'], sort: ['createdAt', 'id'] },
    byVerified: { slot: 2, partition: ['verifyShard'], sort: ['verifyFrom'] },
  },
};
