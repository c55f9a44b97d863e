import type { ReinitializeDiskInput } from '../../generated/schema.ts';
import { patch, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { orNull } from '../calls/refusal.ts';
import { noneInProgress, requireNoneInProgress } from '../chains/counts.ts';
import { newJob, putJob } from '../jobs/new-job.ts';
import { endLeaseOf } from '../leases/end.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { findDisk } from '../model/disks/find.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { requireStatus } from '../model/disks/rules.ts';
import { seenDisk } from '../model/disks/seen.ts';
import { unreadableChange, withUnreadableOf } from '../model/disks/unreadable.ts';
import {
  besidesHosts,
  chainsToBeQuiet,
  holdersOf,
  holderWrites,
  requireCheckable,
  requireHolders,
} from '../model/instances/holders.ts';
import type { InstanceRow } from '../model/instances/rows.ts';
import type { Job } from '../model/jobs/rows.ts';
import { findLease, nobodyHolds, requireUnheld } from '../model/leases/rules.ts';
import type { Service } from '../service.ts';
import { findOrigin, type Origin, originOf } from './origin.ts';

export interface Reinitialized {
  readonly disk: DiskRow;
  readonly job: Job;
}

/** Rule 3.5: a rollback to the origin, or to zeros. */
export function reinitializeDisk(
  service: Service,
  caller: Caller,
  { diskId, startInstance, breakLease }: ReinitializeDiskInput,
): Promise<Reinitialized> {
  return untilAccepted(service, async () => {
    const disk = await findDisk(service.catalogue, caller, diskId);
    const now = isoTime(service.clock.now());
    const wish = { startInstance, breakLease };
    const { holders, chains, origin, copies, lease } = await requireReinitializable(service, caller, disk, wish);
    if (lease !== undefined) {
      await endLeaseOf(service, disk, { breakLease });
      return { ok: false, refused: [] }; // what is decided next is decided without it
    }
    const { accountId } = disk;
    const change: Partial<DiskRow> = {
      rolledBackAt: now,
      ...(copies ? { status: 'CREATING', ...originOf(origin, true) } : {}),
    };
    const lost = unreadableChange(origin);
    const job = newJob(service, disk, { kind: 'REINITIALIZE_DISK', diskId });
    const writes: Write[] = [
      patch(
        diskEntity,
        { accountId, id: diskId },
        { set: { ...change, ...lost.set }, remove: lost.remove, when: seenDisk(disk) },
      ),
      nobodyHolds(disk),
      ...chains.map(noneInProgress),
      ...holderWrites(holders, startInstance),
      putJob(job),
    ];
    const to = { accountId, headId: diskId, jobId: job.id, toId: copies ? undefined : origin?.id };
    const result = await service.tree.rollback(to, writes);
    return result.ok ? { ok: true, value: { disk: { ...withUnreadableOf(disk, origin), ...change }, job } } : result;
  });
}

/** All that it asks of the disk as it is; answers what the decision rests on. */
export async function requireReinitializable(
  service: Service,
  caller: Caller,
  disk: DiskRow,
  { startInstance, breakLease }: Omit<ReinitializeDiskInput, 'diskId'>,
) {
  const { accountId, id } = disk;
  const now = isoTime(service.clock.now());
  requireStatus(disk, now, 'REINITIALIZE');
  const holders = await holdersOf(service.catalogue, disk);
  requireHolders(besidesHosts(holders), 'REINITIALIZE_DISK');
  const own = await service.catalogue.get(chainEntity, { accountId, id });
  const chains = await chainsToBeQuiet(service.catalogue, own, { holders, start: startInstance });
  requireCheckable(chains);
  for (const chain of chains) requireNoneInProgress(chain);
  const origin = await requireOrigin(service, caller, disk);
  const copies = origin !== undefined && isElsewhere(disk, origin);
  if (copies) requireDetached(disk, besidesHosts(holders));
  const lease = await findLease(service.catalogue, disk);
  requireUnheld(lease, now, breakLease);
  return { holders, chains, origin, copies, lease };
}

async function requireOrigin(service: Service, caller: Caller, disk: DiskRow): Promise<Origin | undefined> {
  const { id: diskId, originSnapshotId: snapshotId, originImageId: imageId } = disk;
  if (snapshotId === undefined && imageId === undefined) return undefined;
  const wanted = { snapshotId: snapshotId ?? null, imageId: imageId ?? null };
  const origin = await orNull(findOrigin(service, caller, wanted));
  if (origin !== null && origin !== undefined) return origin;
  const message = `${snapshotId ?? imageId}, which disk ${diskId} was made from, is not there any more.`;
  throw new VarveError('OriginSnapshotDeleted', message, { diskId, originId: snapshotId ?? imageId });
}

/** The origin's objects lie in another domain: the disk was made by a copy, and needs one again. */
function isElsewhere(disk: DiskRow, { domainId }: Origin): boolean {
  return domainId !== disk.domainId;
}

/** While it is copied a disk is CREATING, which is no state for one that an instance uses. */
function requireDetached(disk: DiskRow, holders: readonly InstanceRow[]): void {
  if (holders.length === 0) return;
  const message = `Disk ${disk.id} is made by a copy: detach it to have it copied again.`;
  throw new VarveError('IncorrectDiskStatus', message, { diskId: disk.id, status: disk.status });
}
