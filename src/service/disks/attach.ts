import type { AttachDiskInput, DetachDiskInput } from '../../generated/schema.ts';
import { patch, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid, VarveError } from '../../platform/errors.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { endLease } from '../leases/end.ts';
import { detachFromHost, hostAmong } from '../leases/hosts.ts';
import { attachmentWrite, withInstances } from '../model/disks/attachments.ts';
import { findDisk } from '../model/disks/find.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { attachedTo, requireStatus, statusOf } from '../model/disks/rules.ts';
import { findInstance } from '../model/instances/find.ts';
import { holdersOf } from '../model/instances/holders.ts';
import { type InstanceRow, instanceEntity, seenInstance } from '../model/instances/rows.ts';
import { isHost, MAX_ATTACHMENTS, MAX_DATA_DISKS, requireInstance, requireMachine } from '../model/instances/rules.ts';
import { findLease, isAlive, nobodyHolds, requireUnheld } from '../model/leases/rules.ts';
import type { Service } from '../service.ts';

/**
 * Rule 3.3. Disk and instance change in one transaction, so each always tells the same as the
 * other.
 */
export function attachDisk(service: Service, caller: Caller, input: AttachDiskInput): Promise<DiskRow> {
  return untilAccepted(service, async () => {
    const disk = await findDisk(service.catalogue, caller, input.diskId);
    const instance = requireMachine(await findInstance(service.catalogue, caller, input.instanceId));
    if (await endVanished(service, disk)) return { ok: false, refused: [] };
    if (attachedTo(disk).includes(instance.id)) return { ok: true, value: disk };
    decideAttach(disk, instance, isoTime(service.clock.now()));
    requireNoSystemDisk(disk, await holdersOf(service.catalogue, disk));
    const after = withInstances(disk, [...attachedTo(disk), instance.id]);
    const result = await service.catalogue.transact([
      attachmentWrite(disk, after),
      dataDisksWrite(instance, [...instance.dataDiskIds, disk.id]),
    ]);
    return result.ok ? { ok: true, value: after } : { ok: false, refused: result.failed };
  });
}

/** A host that was not heard of in time does not keep the disk from anybody. */
async function endVanished(service: Service, disk: DiskRow): Promise<boolean> {
  const lease = await findLease(service.catalogue, disk);
  if (lease === undefined || isAlive(lease, isoTime(service.clock.now()))) return false;
  await endLease(service, disk, lease);
  return true;
}

function decideAttach(disk: DiskRow, instance: InstanceRow, now: string): void {
  if (disk.region !== instance.region) throw invalid('instanceId', `must be of the disk's region, ${disk.region}`);
  requireStatus(disk, now, 'ATTACH');
  requireInstance(instance, 'ATTACH_DISK');
  requireFewAttachments(disk);
  if (instance.dataDiskIds.length >= MAX_DATA_DISKS) {
    throw invalid('instanceId', `an instance has at most ${MAX_DATA_DISKS} data disks`);
  }
}

function requireFewAttachments(disk: DiskRow): void {
  if (attachedTo(disk).length < MAX_ATTACHMENTS) return;
  throw invalid('diskId', `a SHARED disk is attached to at most ${MAX_ATTACHMENTS} instances`);
}

/** What attaching asks of the disk, whichever the instance. */
export async function requireAttachable({ catalogue, clock }: Service, disk: DiskRow): Promise<void> {
  const now = isoTime(clock.now());
  const [lease, holders] = await Promise.all([findLease(catalogue, disk), holdersOf(catalogue, disk)]);
  const vanished = lease === undefined || isAlive(lease, now) ? undefined : hostAmong(holders);
  const free = vanished === undefined ? disk : detachFromHost(disk, vanished).disk;
  requireStatus(free, now, 'ATTACH');
  requireFewAttachments(free);
  requireNoSystemDisk(disk, holders);
}

/** What detaching asks, of the instance that it is easiest to detach from. */
export async function requireDetachable({ catalogue, clock }: Service, disk: DiskRow): Promise<void> {
  const now = isoTime(clock.now());
  if (attachedTo(disk).length === 0) throw notAttached(disk, now);
  const [lease, holders] = await Promise.all([findLease(catalogue, disk), holdersOf(catalogue, disk)]);
  const refusals = await Promise.all(
    holders.map((holder) =>
      refusalOf(() => {
        requireNoSystemDisk(disk, [holder]);
        requireInstance(holder, 'DETACH_DISK');
        if (lease?.instanceId === holder.id) requireUnheld(lease, now, false);
      }),
    ),
  );
  const [first] = refusals;
  if (first !== undefined && !refusals.includes(undefined)) throw first;
}

/**
 * A system disk that an earlier version stored may be SHARED. No disk becomes a system disk after
 * it was made, and the transaction is refused if the disk's attachments have changed: so the answer
 * stays true.
 */
function requireNoSystemDisk({ id }: DiskRow, holders: readonly InstanceRow[]): void {
  const owner = holders.find(({ systemDiskId }) => systemDiskId === id);
  if (owner !== undefined) throw invalid('diskId', `is the system disk of ${owner.id}`);
}

export function detachDisk(service: Service, caller: Caller, input: DetachDiskInput): Promise<DiskRow> {
  return untilAccepted(service, async () => {
    const disk = await findDisk(service.catalogue, caller, input.diskId);
    if (input.instanceId != null) await findInstance(service.catalogue, caller, input.instanceId);
    const instance = await findInstance(service.catalogue, caller, chooseHolder(disk, input, service));
    if (instance.systemDiskId === disk.id) throw invalid('diskId', 'is the system disk: see replaceSystemDisk');
    requireInstance(instance, 'DETACH_DISK');
    const lease = await findLease(service.catalogue, disk);
    if (lease?.instanceId === instance.id) {
      requireUnheld(lease, isoTime(service.clock.now()), input.breakLease);
      const ended = await endLease(service, disk, lease);
      // A host has let the disk go with its lease; from another instance it is still to be
      // detached.
      return ended.ok && isHost(instance) ? ended : { ok: false, refused: [] };
    }
    const after = withInstances(
      disk,
      attachedTo(disk).filter((id) => id !== instance.id),
    );
    const result = await service.catalogue.transact([
      attachmentWrite(disk, after),
      ...(lease === undefined ? [nobodyHolds(disk)] : []),
      dataDisksWrite(
        instance,
        instance.dataDiskIds.filter((id) => id !== disk.id),
      ),
    ]);
    return result.ok ? { ok: true, value: after } : { ok: false, refused: result.failed };
  });
}

/** Detaching asks nothing of the disk but that it is attached there. */
function chooseHolder(disk: DiskRow, { instanceId }: DetachDiskInput, { clock }: Service): string {
  const held = attachedTo(disk);
  if (instanceId == null && held.length > 1) throw invalid('instanceId', 'is needed: the disk has several');
  const holder = instanceId ?? held[0];
  if (holder !== undefined && held.includes(holder)) return holder;
  throw notAttached(disk, isoTime(clock.now()));
}

function notAttached(disk: DiskRow, now: string): VarveError {
  const { id: diskId } = disk;
  const status = statusOf(disk, now);
  return new VarveError('IncorrectDiskStatus', `Disk ${diskId} is not attached there.`, { diskId, status });
}

function dataDisksWrite(instance: InstanceRow, dataDiskIds: readonly string[]): Write {
  const key = { accountId: instance.accountId, id: instance.id };
  return patch(instanceEntity, key, { set: { dataDiskIds }, add: { revision: 1 }, when: seenInstance(instance) });
}

/** A disk that is no longer one of an instance that has it; nothing where it is not. */
export async function dropInstance(
  service: Service,
  caller: Caller,
  diskId: string,
  instanceId: string,
): Promise<void> {
  await untilAccepted(service, async () => {
    const disk = await service.catalogue.get(diskEntity, { accountId: caller.accountId, id: diskId });
    if (disk === undefined || !attachedTo(disk).includes(instanceId)) return { ok: true, value: undefined };
    const after = withInstances(
      disk,
      attachedTo(disk).filter((id) => id !== instanceId),
    );
    const result = await service.catalogue.transact([attachmentWrite(disk, after)]);
    return result.ok ? { ok: true, value: undefined } : { ok: false, refused: result.failed };
  });
}
