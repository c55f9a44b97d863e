import type { JobKind, JobStatus } from '../../../generated/schema.ts';
import type { Entity } from '../../../platform/catalogue/port.ts';

/** Background work that a call has caused: written in the same transaction. The ledger knows whether it is done. */
export interface JobRow {
  readonly accountId: string;
  readonly id: string;
  readonly region: string;
  readonly kind: JobKind;
  readonly diskId: string;
  readonly snapshotId?: string;
  readonly createdAt: string;
  /** Epoch second after which the row may go. */
  readonly forgetAt: number;
}

export interface Job extends JobRow {
  readonly status: JobStatus;
}

export const jobEntity: Entity<JobRow> = {
  name: 'job',
  attributes: {
    accountId: 'string',
    id: 'string',
    region: 'string',
    kind: 'string',
    diskId: 'string',
    snapshotId: 'string',
    createdAt: 'string',
    forgetAt: 'number',
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: { byCreation: { slot: 1, partition: ['accountId', 'region'], sort: ['createdAt', 'id'] } },
  expiry: 'forgetAt',
};
