import { patch, type Write } from '../../../platform/catalogue/port.ts';
import { type DiskRow, diskEntity } from './rows.ts';
import { seenDisk } from './seen.ts';

/** The disk with other instances, and the status that follows from them. */
export function withInstances(disk: DiskRow, instanceIds: readonly string[]): DiskRow {
  const status = instanceIds.length > 0 ? 'IN_USE' : 'AVAILABLE';
  return { ...disk, status, instanceIds, attachments: (disk.attachments ?? 0) + 1 };
}

export function attachmentWrite(before: DiskRow, { accountId, id, status, instanceIds = [] }: DiskRow): Write {
  const set = { status, instanceIds, attachments: (before.attachments ?? 0) + 1 };
  return patch(diskEntity, { accountId, id }, { set, when: seenDisk(before) });
}
