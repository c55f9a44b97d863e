import type { Graphql, Operation } from './graphql.ts';

/** That a disk is open for writing, for one holder alone. */
export interface WriterLease {
  readonly diskId: string;
  readonly holder: string;
  /** Goes with each commit. */
  readonly fence: number;
  readonly acquiredAt: string;
  readonly renewedAt: string;
  readonly expiresAt: string;
  readonly renewAfterMs: number;
  readonly instanceId: string | null;
  /** Goes up each time that somebody wants the writer to flush. */
  readonly flushRequest: number;
}

export interface AcquireLease {
  readonly diskId: string;
  /** 1–128 printable characters. */
  readonly holder: string;
  readonly steal: boolean;
  readonly clientToken: string;
}

/** What of the disk a writer begins with. */
export interface LeasedDisk {
  readonly id: string;
  readonly version: number;
  readonly root: string;
  readonly sizeBytes: number;
  readonly status: string;
}

export interface RenewLease {
  readonly diskId: string;
  readonly fence: number;
  /** The last `flushRequest` before which everything is committed. */
  readonly flushed?: number | undefined;
}

const LEASE = `fragment LeaseFields on WriterLease {
  diskId holder fence acquiredAt renewedAt expiresAt renewAfterMs instanceId flushRequest
}`;

const ACQUIRE: Operation<{ input: AcquireLease }, { acquireLease: { lease: WriterLease; disk: LeasedDisk } }> = {
  text: `mutation AcquireLease($input: AcquireLeaseInput!) {
  acquireLease(input: $input) { lease { ...LeaseFields } disk { id version root sizeBytes status } }
}\n${LEASE}`,
  repeatable: true,
};

const RENEW: Operation<{ input: RenewLease }, { renewLease: { lease: WriterLease } }> = {
  text: `mutation RenewLease($input: RenewLeaseInput!) {
  renewLease(input: $input) { lease { ...LeaseFields } }
}\n${LEASE}`,
  repeatable: true,
};

const RELEASE: Operation<{ input: { diskId: string; fence: number } }, { releaseLease: { disk: { id: string } } }> = {
  text: 'mutation ReleaseLease($input: ReleaseLeaseInput!) { releaseLease(input: $input) { disk { id } } }',
  repeatable: true,
};

export const LEASE_OPERATIONS = [ACQUIRE, RENEW, RELEASE] as const;

export type Leases = ReturnType<typeof createLeases>;

/** Writer leases. Errors besides the usual: `DiskLocked` (`holder`, `fence`, `expiresAt`), `LeaseLost` (`holder` where there is one). */
export function createLeases(graphql: Graphql, signal: AbortSignal) {
  return {
    acquire: async (input: AcquireLease): Promise<{ lease: WriterLease; disk: LeasedDisk }> =>
      (await graphql.call(ACQUIRE, { input }, signal)).acquireLease,
    renew: async (input: RenewLease): Promise<WriterLease> =>
      (await graphql.call(RENEW, { input }, signal)).renewLease.lease,
    release: async (diskId: string, fence: number): Promise<void> => {
      await graphql.call(RELEASE, { input: { diskId, fence } }, signal);
    },
  };
}
