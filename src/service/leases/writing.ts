import { VarveError } from '../../platform/errors.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import { findLease, leaseLost } from '../model/leases/rules.ts';
import type { Service } from '../service.ts';
import { endLeaseOf } from './end.ts';

const MAX_ATTEMPTS = 8; // each one lost to a lease that came and expired in between

/**
 * A change of a disk's contents, by the holder of its lease (`fence`) or by anybody while nobody
 * has it. The engine holds the fence in the transaction of the change; here its refusals get the
 * holder's name. Who meets a lease that has expired ends it, and so keeps its holder out.
 */
export async function asWriter<T>(
  service: Service,
  disk: DiskRow,
  fence: number | undefined,
  change: (attempt: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await change(attempt);
    } catch (error) {
      if (!(error instanceof VarveError) || (error.code !== 'DiskLocked' && error.code !== 'LeaseLost')) throw error;
      if (fence !== undefined) throw leaseLost(disk.id, fence, await findLease(service.catalogue, disk));
      if (attempt === MAX_ATTEMPTS) throw error;
      await endLeaseOf(service, disk, { breakLease: false });
    }
  }
}
