import type { OperationError } from '../../../generated/schema.ts';
import type { Job } from '../jobs/rows.ts';
import type { SnapshotRow } from '../snapshots/rows.ts';
import type { DiskRow } from './rows.ts';

/**
 * What a rollback throws away: what `root` has and the snapshot below it, `kept`, has not (4.9).
 * Contents never change.
 */
export interface Lost {
  readonly domainId: string;
  readonly regionId: string;
  readonly root: string;
  readonly kept: string;
  readonly since: string;
}

/** What a rollback did, or what a dry run says that it would do. */
export interface Rollback {
  readonly disk: DiskRow;
  readonly safetySnapshot: SnapshotRow | null;
  readonly lost: Lost;
  readonly refusals: readonly OperationError[];
  readonly job: Job | null;
}
