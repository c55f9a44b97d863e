import { absent, type Condition, equal } from '../../../platform/catalogue/port.ts';
import type { DiskRow } from './rows.ts';

/** What a decision about a disk rests on. */
export function seenDisk(disk: DiskRow): Condition<DiskRow>[] {
  const { status, sizeBytes, attachments, policyId } = disk;
  const attached = attachments === undefined ? absent('attachments') : equal('attachments', attachments);
  const paid = disk.expiresAt === undefined ? [] : [equal('expiresAt', disk.expiresAt)];
  const covered = policyId === undefined ? absent('policyId') : equal('policyId', policyId);
  const { unreadable } = disk;
  const whole = unreadable === undefined ? absent('unreadable') : equal('unreadable', unreadable);
  const { protection } = disk;
  const watched = protection === undefined ? absent('protection') : equal('protection', protection);
  return [equal('status', status), equal('sizeBytes', sizeBytes), attached, covered, whole, watched, ...paid];
}
