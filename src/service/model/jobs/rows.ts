import type { JobKind, JobStatus } from '../../../generated/schema.ts';
import { entity, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/**
 * Background work that a call has caused: written in the same transaction. The ledger knows whether
 * it is done.
 */
export const jobEntity = entity({
  name: 'job',
  attributes: {
    accountId: string(),
    id: string(),
    region: string(),
    kind: string<JobKind>(),
    diskId: string(),
    snapshotId: optional(string()),
    createdAt: string(),
    /** Epoch second after which the row may go. */
    forgetAt: number(),
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: { byCreation: { slot: 1, partition: ['accountId', 'region'], sort: ['createdAt', 'id'] } },
  expiry: 'forgetAt',
});
export type JobRow = RowOf<typeof jobEntity>;

export interface Job extends JobRow {
  readonly status: JobStatus;
}
