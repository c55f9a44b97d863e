import type { TreeResult } from '../../engine/contract.ts';
import type { ReleaseLeaseInput } from '../../generated/schema.ts';
import { check, remove } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { parseVersion } from '../calls/numbers.ts';
import { refusalOf } from '../calls/refusal.ts';
import { findDisk } from '../model/disks/find.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { seenDisk } from '../model/disks/seen.ts';
import { holdersOf } from '../model/instances/holders.ts';
import { type LeaseRow, leaseEntity } from '../model/leases/rows.ts';
import { findLease, requireUnheld, seenLease } from '../model/leases/rules.ts';
import type { Service } from '../service.ts';
import { finishSnapshot, waitingFor } from '../snapshots/finish.ts';
import { detachFromHost, hostAmong } from './hosts.ts';

type EndService = Pick<Service, 'catalogue' | 'tree' | 'clock' | 'random' | 'ids'>;

export async function releaseLease(service: Service, caller: Caller, input: ReleaseLeaseInput): Promise<DiskRow> {
  const fence = parseVersion('fence', input.fence);
  return untilAccepted(service, async () => {
    const disk = await findDisk(service.catalogue, caller, input.diskId);
    const lease = await findLease(service.catalogue, disk);
    return lease?.fence === fence ? endLease(service, disk, lease) : { ok: true, value: disk };
  });
}

/**
 * Ends a lease for its holder, for the janitor, or for somebody who breaks it or finds it expired.
 * Raises the fence, and takes back what `acquireLease` did. Refused where the lease was renewed or
 * taken since it was read, or the disk attached otherwise.
 */
export async function endLease(service: EndService, disk: DiskRow, lease: LeaseRow): Promise<TreeResult<DiskRow>> {
  const { accountId, id: diskId } = disk;
  const host = hostAmong(await holdersOf(service.catalogue, disk));
  const stays = { disk, writes: [check(diskEntity, { accountId, id: diskId }, seenDisk(disk))] };
  const detached = host === undefined ? stays : detachFromHost(disk, host);
  const result = await service.tree.unhold({ accountId, headId: diskId }, [
    remove(leaseEntity, { accountId, diskId }, seenLease(lease)),
    ...detached.writes,
  ]);
  if (!result.ok) return result;
  await nobodyAnswers(service, lease);
  return { ok: true, value: detached.disk };
}

/**
 * A snapshot that waits for a writer that is no more takes what is committed. The delayed message
 * would do it too, later.
 */
export async function nobodyAnswers(service: EndService, lease: LeaseRow): Promise<void> {
  await refusalOf(async () => {
    const snapshot = await waitingFor(service, lease);
    if (snapshot !== undefined) await finishSnapshot(service, snapshot, 'COMMITTED');
  });
}

/**
 * Ends the lease of a disk, if it has one that is over or is to be broken; `DiskLocked` for one
 * that lives.
 */
export async function endLeaseOf(
  service: EndService,
  key: { readonly accountId: string; readonly id: string },
  { breakLease }: { readonly breakLease: boolean },
): Promise<void> {
  await untilAccepted<unknown>(service, async () => {
    const disk = await service.catalogue.get(diskEntity, key);
    const lease = disk && (await findLease(service.catalogue, disk));
    if (disk === undefined || lease === undefined) return { ok: true, value: undefined };
    requireUnheld(lease, isoTime(service.clock.now()), breakLease);
    return endLease(service, disk, lease);
  });
}

/** Ends the lease of a disk that is taken away from the instance that it is written to under. */
export async function endLeaseUnder(service: EndService, disk: DiskRow, instanceId: string): Promise<void> {
  const lease = await findLease(service.catalogue, disk);
  if (lease?.instanceId === instanceId) await endLeaseOf(service, disk, { breakLease: true });
}
