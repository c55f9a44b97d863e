import { MAX_DISK_BYTES } from '../../../engine/blocks/block.ts';
import { versionConflict } from '../../../engine/books/nodes.ts';
import type { NodeRow } from '../../../engine/books/rows.ts';
import type { ChargeType, DiskStatus } from '../../../generated/schema.ts';
import { invalid, VarveError } from '../../../platform/errors.ts';
import { parseSizeBytes } from '../../calls/numbers.ts';
import type { DiskRow } from './rows.ts';
import { afterDisk, type DiskOperation, diskStatesFor } from './states.ts';

/**
 * A prepaid disk past its time is EXPIRED (3.6), without anything having to happen at that instant.
 */
export function statusOf(disk: DiskRow, now: string): DiskStatus {
  const isOver = disk.expiresAt !== undefined && disk.expiresAt <= now;
  return (disk.status === 'AVAILABLE' || disk.status === 'IN_USE') && isOver ? 'EXPIRED' : disk.status;
}

/**
 * Refuses what the table of states does not allow. A disk that is released by itself may not be
 * attached, EXPIRED or not.
 */
export function requireStatus(disk: DiskRow, now: string, operation: DiskOperation): void {
  const status = statusOf(disk, now);
  const isHeld = operation === 'RELEASE' && attachedTo(disk).length > 0;
  if (!isHeld && afterDisk(operation, status, disk.category) !== undefined) return;
  const allowed = diskStatesFor(operation, disk.category);
  throw new VarveError(
    'IncorrectDiskStatus',
    `Disk ${disk.id} is ${status}${isHeld ? ' and attached' : ''}, not ${allowed.join(' or ')}.`,
    {
      diskId: disk.id,
      status,
      allowed,
    },
  );
}

/** Ids of the instances that it is attached to. */
export function attachedTo({ instanceIds }: DiskRow): readonly string[] {
  return instanceIds ?? [];
}

/** Rule 5.2: LOCAL disks can have no policy. */
export const isCoverable = ({ category }: Pick<DiskRow, 'category'>): boolean => category !== 'LOCAL';

export function requireSnapshotable(disk: DiskRow): void {
  if (disk.category !== 'LOCAL') return;
  throw new VarveError('UnsupportedDiskCategory', `Disk ${disk.id} is LOCAL: it has no snapshots.`, {
    diskId: disk.id,
    category: disk.category,
  });
}

/** The size of a new disk: any whole number of bytes, but not less than its origin's. */
export function decideSize(wanted: number | null | undefined, origin: number | undefined): number {
  const size = wanted ?? origin;
  if (size === undefined) throw invalid('sizeBytes', 'is needed for an empty disk');
  return parseSizeBytes('sizeBytes', size, { min: origin ?? 1, max: MAX_DISK_BYTES });
}

/** Rule 3.4: only upwards. The present size is that of a call repeated. */
export function decideResize(present: number, wanted: number): number {
  return parseSizeBytes('sizeBytes', wanted, { min: present, max: MAX_DISK_BYTES });
}

/** A prepaid disk needs to know until when, a postpaid one must not. */
export function decideExpiry(
  chargeType: ChargeType,
  expiresAt: string | null | undefined,
  now: string,
): string | undefined {
  if (chargeType === 'POSTPAID') {
    if (expiresAt != null) throw invalid('expiresAt', 'is for PREPAID disks only');
    return undefined;
  }
  if (expiresAt == null) throw invalid('expiresAt', 'is needed for a PREPAID disk');
  if (expiresAt <= now) throw invalid('expiresAt', 'must be in the future');
  return expiresAt;
}

/** A prepaid disk is paid for longer, from whenever. */
export function decideRenewal(disk: DiskRow, wanted: string, now: string): string {
  if (disk.expiresAt === undefined) throw invalid('expiresAt', 'is for PREPAID disks only');
  if (wanted < disk.expiresAt) throw invalid('expiresAt', `must not be before ${disk.expiresAt}`);
  if (wanted <= now) throw invalid('expiresAt', 'must be in the future');
  return wanted;
}

export interface EncryptionChoice {
  /** Absent: plain. */
  readonly keyId?: string;
  /**
   * Whether the contents have to be copied from the plain origin into the key's domain, by the
   * client.
   */
  readonly copy: boolean;
}

export interface EncryptionWish {
  readonly encrypted?: boolean | null | undefined;
  readonly encryptionKeyId?: string | null | undefined;
}

/** Rule 3.7. An encrypted origin decides the key; a plain one under a key costs a copy. */
export function decideEncryption(
  { encrypted, encryptionKeyId }: EncryptionWish,
  origin: { readonly keyId?: string } | undefined,
  defaultKeyId: string,
): EncryptionChoice {
  if (encrypted === false && encryptionKeyId != null) throw invalid('encryptionKeyId', 'is for encrypted disks only');
  const keyId = encryptionKeyId ?? (encrypted === true ? (origin?.keyId ?? defaultKeyId) : undefined);
  if (origin?.keyId === undefined)
    return { copy: origin !== undefined && keyId !== undefined, ...(keyId === undefined ? {} : { keyId }) };
  if (encrypted === false) throw mismatch('encrypted');
  if (keyId !== undefined && keyId !== origin.keyId) throw mismatch('encryptionKeyId');
  return { keyId: origin.keyId, copy: false };
}

function mismatch(field: string): VarveError {
  const message = 'A disk made from an encrypted snapshot is encrypted with the same key.';
  return new VarveError('EncryptionMismatch', message, { field });
}

/** Rule 9.1: refuses a call that expects another version than the present one. */
export function requireVersion(node: NodeRow, expected: number | null | undefined): void {
  if (expected != null && node.version !== expected) throw versionConflict(node, expected);
}
