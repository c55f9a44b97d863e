import {
  AcquireLeaseDocument,
  type AcquireLeaseInput,
  type AcquireLeaseMutation,
  type Answered,
  type LeaseFieldsFragment,
  ReleaseLeaseDocument,
  RenewLeaseDocument,
  type RenewLeaseInput,
} from '../../generated/operations.ts';
import type { Graphql, Sendable } from './graphql.ts';

/** That a disk is open for writing, for one holder alone. Its `fence` goes with each commit. */
export type WriterLease = LeaseFieldsFragment;

/** The lease, and what a writer begins with. */
type Acquired = Answered<AcquireLeaseMutation>['acquireLease'];
export type LeasedDisk = Acquired['disk'];

export type Leases = ReturnType<typeof createLeases>;

/**
 * Writer leases. Errors besides the usual: `DiskLocked` (`holder`, `fence`, `expiresAt`) and
 * `LeaseLost` (`holder` if there is one).
 */
export function createLeases(graphql: Graphql, signal: AbortSignal) {
  return {
    acquire: async (input: Sendable<AcquireLeaseInput>): Promise<Acquired> =>
      (await graphql.call(AcquireLeaseDocument, { input }, signal)).acquireLease,
    renew: async (input: Sendable<RenewLeaseInput>): Promise<WriterLease> =>
      (await graphql.call(RenewLeaseDocument, { input }, signal)).renewLease.lease,
    release: async (diskId: string, fence: number): Promise<void> => {
      await graphql.call(ReleaseLeaseDocument, { input: { diskId, fence } }, signal);
    },
  };
}
