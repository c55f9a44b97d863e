import type { ReleaseDiskInput } from '../../generated/schema.ts';
import { equal, remove, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { orNull } from '../calls/refusal.ts';
import { releaseChain, requireNoneInProgress } from '../chains/counts.ts';
import { discardDraftsOf } from '../datapath/discard.ts';
import { newJob, putJob } from '../jobs/new-job.ts';
import { endLeaseOf } from '../leases/end.ts';
import { detachFromHost, hostAmong } from '../leases/hosts.ts';
import { findChain } from '../model/chains/find.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { findDisk } from '../model/disks/find.ts';
import { unpaidWrites } from '../model/disks/paid-until.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { requireStatus } from '../model/disks/rules.ts';
import { seenDisk } from '../model/disks/seen.ts';
import { holdersOf } from '../model/instances/holders.ts';
import type { Job } from '../model/jobs/rows.ts';
import type { LeaseRow } from '../model/leases/rows.ts';
import { findLease, nobodyHolds, requireUnheld } from '../model/leases/rules.ts';
import { unlistDisk } from '../model/listed/disk-lists.ts';
import { lessUsed } from '../model/listed/snapshot-lists.ts';
import { countWrites, type Delta, ofProtection } from '../model/overview/counter.ts';
import { uncoverWrites } from '../model/policies/cover.ts';
import { oneDiskLess } from '../model/quotas/counter.ts';
import { lessUsedWrites } from '../model/snapshots/expiry-rows.ts';
import { snapshotEntity } from '../model/snapshots/rows.ts';
import { breachEndEvent } from '../model/watch/writes.ts';
import type { Service } from '../service.ts';
import { deleteSnapshot } from '../snapshots/delete.ts';
import { endAutoSnapshots } from './auto-snapshots.ts';

export interface Release {
  readonly diskId: string;
  readonly deletedSnapshotIds: readonly string[];
  readonly job: Job;
}

interface How {
  readonly operation?: 'RELEASE' | 'RELEASE_WITH_INSTANCE';
  /** Whether somebody of the account asked for it. */
  readonly asked?: boolean;
}

/**
 * Rule 3.8. The automatic snapshots go first and the disk last: a call that was cut off leaves a
 * disk that can be released again.
 */
export async function releaseDisk(
  service: Service,
  caller: Caller,
  { diskId, breakLease }: ReleaseDiskInput,
  { operation = 'RELEASE', asked = true }: How = {},
): Promise<Release> {
  const deleted: string[] = [];
  const job = await untilAccepted(service, async () => {
    const disk = await findDisk(service.catalogue, caller, diskId);
    const lease = await findLease(service.catalogue, disk);
    await requireReleasable(service, disk, { operation, breakLease, lease });
    if (operation === 'RELEASE_WITH_INSTANCE') await cancelSnapshot(service, caller, disk);
    if (lease !== undefined) {
      await endLeaseOf(service, disk, { breakLease });
      return { ok: false, refused: [] }; // what is decided next is decided without it
    }
    if (disk.deleteAutoSnapshots) deleted.push(...(await endAutoSnapshots(service, caller, disk, { asked })));
    await discardDraftsOf(service, disk);
    const job = newJob(service, disk, { kind: 'RELEASE_DISK', diskId });
    const writes = await releaseWrites(service, caller, disk);
    const ref = { accountId: caller.accountId, nodeId: diskId, jobId: job.id };
    const result = await service.tree.release(ref, [...writes, putJob(job)]);
    return result.ok ? { ok: true, value: job } : result;
  });
  return { diskId, deletedSnapshotIds: deleted, job };
}

interface Wish {
  readonly operation: 'RELEASE' | 'RELEASE_WITH_INSTANCE';
  readonly breakLease: boolean;
  readonly lease: LeaseRow | undefined;
}

/** A disk that a host alone has is as good as detached, where its lease is over or to be broken. */
async function requireReleasable(
  { catalogue, clock }: Service,
  disk: DiskRow,
  { operation, breakLease, lease }: Wish,
): Promise<void> {
  const now = isoTime(clock.now());
  const host = lease && hostAmong(await holdersOf(catalogue, disk));
  requireStatus(host === undefined ? disk : detachFromHost(disk, host).disk, now, operation);
  const chain = await catalogue.get(chainEntity, { accountId: disk.accountId, id: disk.id });
  if (chain !== undefined && operation === 'RELEASE') requireNoneInProgress(chain);
  requireUnheld(lease, now, breakLease);
}

/** Of a disk that goes whatever is under way. */
export async function cancelSnapshot(service: Service, caller: Caller, { accountId, id }: DiskRow): Promise<void> {
  const inProgressId = (await service.catalogue.get(chainEntity, { accountId, id }))?.inProgressId;
  if (inProgressId !== undefined) await orNull(deleteSnapshot(service, caller, inProgressId, { force: false }));
}

const localLess = ({ category }: DiskRow): Delta => (category === 'LOCAL' ? { local: -1 } : {});

async function releaseWrites(service: Service, caller: Caller, disk: DiskRow): Promise<Write[]> {
  const { accountId, id, originSnapshotId } = disk;
  const writes = [
    remove(diskEntity, { accountId, id }, [...seenDisk(disk), equal('tags', disk.tags)]),
    ...unlistDisk(disk),
    ...(await countWrites(service.catalogue, disk, ofProtection(disk.protection, undefined), localLess(disk))),
    ...(disk.inBreachSince === undefined ? [] : [breachEndEvent(service, disk, 'RELEASED')]),
    nobodyHolds(disk),
    await oneDiskLess(service.catalogue, disk),
    ...unpaidWrites(disk),
    ...uncoverWrites(disk),
  ];
  if (disk.category !== 'LOCAL') writes.push(releaseChain(await findChain(service.catalogue, caller, id)));
  if (originSnapshotId === undefined) return writes;
  const origin = { accountId, id: originSnapshotId };
  const snapshot = await service.catalogue.get(snapshotEntity, origin);
  if (snapshot === undefined) return writes;
  return [...writes, ...lessUsed(snapshot, 'diskCount'), ...lessUsedWrites(snapshot, isoTime(service.clock.now()))];
}
