import { type Catalogue, type Condition, check, equal, type Write } from '../../../platform/catalogue/port.ts';
import { VarveError } from '../../../platform/errors.ts';
import { parseVersion } from '../../calls/numbers.ts';
import { parseLength } from '../../calls/text.ts';
import type { DiskRow } from '../disks/rows.ts';
import { type LeaseRow, leaseEntity } from './rows.ts';

/** A holder that was not heard of for so long may be replaced by anybody. */
export const LEASE_TTL_MS = 30_000;
/** Leaves a holder five tries before that. */
export const RENEW_AFTER_MS = 5000;
/**
 * So long after its end a lease that nobody wanted is still there to be renewed: a network can be
 * away for minutes.
 */
export const VANISHED_AFTER_MS = 5 * 60_000;

const HOLDER_CHARS = { min: 1, max: 128 };

export function parseHolder(field: string, text: string): string {
  return parseLength(field, text, HOLDER_CHARS).normalize('NFC');
}

/** Of the writer lease, where the caller has one. */
export function parseFence(fence: number | null | undefined): number | undefined {
  return fence == null ? undefined : parseVersion('fence', fence);
}

export function isAlive({ expiresAt }: LeaseRow, now: string): boolean {
  return expiresAt > now;
}

/**
 * Refuses what would pull the disk away from under a writer that lives, unless the lease is to be
 * broken.
 */
export function requireUnheld(lease: LeaseRow | undefined, now: string, breakLease: boolean): void {
  if (lease === undefined || breakLease || !isAlive(lease, now)) return;
  throw diskLocked(lease);
}

export function diskLocked({ diskId, holder, fence, expiresAt }: LeaseRow): VarveError {
  const message = `Disk ${diskId} is held open for writing by ${holder}, until ${expiresAt} at least.`;
  return new VarveError('DiskLocked', message, { diskId, holder, fence, expiresAt });
}

export function leaseLost(diskId: string, fence: number, present: LeaseRow | undefined): VarveError {
  const who = present === undefined ? 'nobody has it now' : `${present.holder} has it now`;
  const message = `The lease of disk ${diskId} with fence ${fence} is over: ${who}.`;
  return new VarveError('LeaseLost', message, { diskId, fence, ...(present && { holder: present.holder }) });
}

export function findLease(catalogue: Catalogue, { accountId, id: diskId }: DiskRow): Promise<LeaseRow | undefined> {
  return catalogue.get(leaseEntity, { accountId, diskId });
}

/** What a decision about a lease rests on: nobody took its place, and it was not renewed. */
export function seenLease({ fence, expiresAt }: LeaseRow): Condition<LeaseRow>[] {
  return [equal('fence', fence), equal('expiresAt', expiresAt)];
}

/** That nobody holds the disk, as a condition. */
export function nobodyHolds({ accountId, id: diskId }: DiskRow): Write {
  return check(leaseEntity, { accountId, diskId }, 'absent');
}
