import { ClientError } from '../../client/errors.ts';
import type { Disk } from '../../client/service/disks.ts';
import type { OptionSpec } from '../command.ts';

export const BREAK_LEASE_OPTION: OptionSpec = {
  name: 'break-lease',
  takes: 'nothing',
  summary: 'Do it even if somebody holds the disk open for writing. That writer can commit nothing more.',
};

/** Told before anything is read or sent; the service would refuse the commit in the end. */
export function refuseLeased({ id, name, lease }: Disk): void {
  if (lease === null) return;
  const { holder, expiresAt } = lease;
  const message = `Disk ${id} (${name}) is held open for writing by ${holder}, since ${lease.acquiredAt}.`;
  throw new ClientError('DiskLocked', message, { diskId: id, holder, expiresAt });
}
