import type { AcquireLeaseInput } from '../../generated/schema.ts';
import { check, put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { impossible } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { once, type RecordCall } from '../calls/once.ts';
import { findDisk } from '../model/disks/find.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { attachedTo, requireStatus } from '../model/disks/rules.ts';
import { seenDisk } from '../model/disks/seen.ts';
import { holdersOf, requireHolders } from '../model/instances/holders.ts';
import { checkRow, type LeaseRow, leaseCheckEntity, leaseEntity } from '../model/leases/rows.ts';
import {
  findLease,
  LEASE_TTL_MS,
  leaseLost,
  parseHolder,
  requireUnheld,
  seenLease,
  VANISHED_AFTER_MS,
} from '../model/leases/rules.ts';
import type { Service } from '../service.ts';
import { nobodyAnswers } from './end.ts';
import { attachToHost, hostAmong, type Place } from './hosts.ts';

export interface Leased {
  readonly lease: LeaseRow;
  readonly disk: DiskRow;
}

/**
 * Rule 9.3. The fence goes up on the disk's head in the transaction that writes the lease and
 * attaches the disk, so from then on nothing gets in that an earlier holder sends.
 */
export async function acquireLease(service: Service, caller: Caller, input: AcquireLeaseInput): Promise<Leased> {
  const { clientToken: token, diskId, steal } = input;
  const wanted = { diskId, steal, holder: parseHolder('holder', input.holder) };
  const call = { accountId: caller.accountId, operation: 'acquireLease', token, input: wanted };
  const { recorded, value } = await once(service, call, (record) => attempt(service, caller, wanted, record));
  return value ?? repeated(service, caller, diskId, Number(recorded.fence));
}

interface Wanted {
  readonly diskId: string;
  readonly holder: string;
  readonly steal: boolean;
}

async function attempt(service: Service, caller: Caller, { diskId, holder, steal }: Wanted, record: RecordCall) {
  const disk = await findDisk(service.catalogue, caller, diskId);
  const nowMs = service.clock.now();
  requireStatus(disk, isoTime(nowMs), 'COMMIT');
  const before = await findLease(service.catalogue, disk);
  requireUnheld(before, isoTime(nowMs), steal);
  const place = await decidePlace(service, disk, holder);
  const { instanceId } = place;
  let lease: LeaseRow | undefined;
  const result = await service.tree.hold({ accountId: disk.accountId, headId: disk.id }, ({ writerFence = 0 }) => {
    lease = newLease(disk, { holder, instanceId, fence: writerFence, nowMs });
    return [
      ...record({ fence: String(lease.fence) }),
      put(leaseEntity, lease, before === undefined ? 'absent' : seenLease(before)),
      put(leaseCheckEntity, checkRow(lease, isoTime(nowMs + LEASE_TTL_MS + VANISHED_AFTER_MS)), 'any'),
      ...place.writes,
    ];
  });
  if (!result.ok) return result;
  if (lease === undefined) throw impossible('a lease was taken and is not there');
  if (before !== undefined) await nobodyAnswers(service, before);
  return { ok: true as const, value: { recorded: { fence: String(lease.fence) }, value: { lease, disk: place.disk } } };
}

/** Under the instance that has the disk; a host that held it before gives it to the next one. */
async function decidePlace(service: Service, disk: DiskRow, holder: string): Promise<Place> {
  const holders = await holdersOf(service.catalogue, disk);
  requireHolders(holders, 'ATTACH_DISK');
  const host = hostAmong(holders);
  const [first] = attachedTo(disk);
  const instanceId = host?.id ?? first;
  const stays = host === undefined ? first !== undefined : host.name === holder;
  if (instanceId === undefined || !stays) return attachToHost(service, disk, holder, host);
  return { instanceId, disk, writes: [check(diskEntity, { accountId: disk.accountId, id: disk.id }, seenDisk(disk))] };
}

interface NewLease {
  readonly holder: string;
  readonly instanceId: string;
  readonly fence: number;
  readonly nowMs: number;
}

function newLease({ accountId, id: diskId, region }: DiskRow, { nowMs, ...rest }: NewLease): LeaseRow {
  const now = isoTime(nowMs);
  const expiresAt = isoTime(nowMs + LEASE_TTL_MS);
  return { accountId, diskId, region, ...rest, acquiredAt: now, renewedAt: now, expiresAt, flushRequest: 0 };
}

/** What the call with this `clientToken` took, if it is still its. */
async function repeated(service: Service, caller: Caller, diskId: string, fence: number): Promise<Leased> {
  const disk = await findDisk(service.catalogue, caller, diskId);
  const lease = await findLease(service.catalogue, disk);
  if (lease?.fence !== fence) throw leaseLost(diskId, fence, lease);
  return { lease, disk };
}
