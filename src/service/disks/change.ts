import type { ResizeDiskInput, UpdateDiskInput } from '../../generated/schema.ts';
import { type Condition, patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { parseTagChange } from '../calls/tags.ts';
import { parseName } from '../calls/text.ts';
import { findDisk } from '../model/disks/find.ts';
import { paidWrites, unpaidWrites } from '../model/disks/paid-until.ts';
import { type DiskRow, diskEntity, diskPlaces } from '../model/disks/rows.ts';
import { decideRenewal, decideResize, requireStatus } from '../model/disks/rules.ts';
import { seenDisk } from '../model/disks/seen.ts';
import { relistDisk } from '../model/listed/disk-lists.ts';
import { watchSoon } from '../model/watch/writes.ts';
import type { Service } from '../service.ts';

export async function updateDisk(service: Service, caller: Caller, input: UpdateDiskInput): Promise<DiskRow> {
  const change: Partial<DiskRow> = {
    ...(input.name == null ? {} : { name: parseName('name', input.name) }),
    ...(input.deleteAutoSnapshots == null ? {} : { deleteAutoSnapshots: input.deleteAutoSnapshots }),
    ...(input.deleteWithInstance == null ? {} : { deleteWithInstance: input.deleteWithInstance }),
  };
  const tagChange = parseTagChange(input);
  const { expiresAt } = input;
  return changeDisk(service, caller, input.diskId, (disk) => {
    const { set, when } = tagChange(disk);
    const paid = expiresAt == null ? {} : { expiresAt: decideRenewal(disk, expiresAt, isoTime(service.clock.now())) };
    return { change: { ...change, ...set, ...paid }, when };
  });
}

/** Rule 3.4. The new part has no blocks, so it reads as zeros. */
export function resizeDisk(service: Service, caller: Caller, input: ResizeDiskInput): Promise<DiskRow> {
  return changeDisk(service, caller, input.diskId, (disk) => {
    requireStatus(disk, isoTime(service.clock.now()), 'RESIZE');
    return { change: { sizeBytes: decideResize(disk.sizeBytes, input.sizeBytes) } };
  });
}

interface Decided {
  readonly change: Partial<DiskRow>;
  /** What it rests on, beside what every change of a disk rests on. */
  readonly when?: readonly Condition<DiskRow>[];
}

async function changeDisk(
  service: Service,
  caller: Caller,
  diskId: string,
  decide: (disk: DiskRow) => Decided,
): Promise<DiskRow> {
  return untilAccepted(service, async () => {
    const disk = await findDisk(service.catalogue, caller, diskId);
    const { change, when = [] } = decide(disk);
    if (Object.keys(change).length === 0) return { ok: true, value: disk };
    const after = { ...disk, ...change };
    const set = change.name === undefined ? change : { ...change, ...diskPlaces(after) };
    const key = { accountId: disk.accountId, id: disk.id };
    const result = await service.catalogue.transact([
      patch(diskEntity, key, { set, when: [...seenDisk(disk), ...when] }),
      ...relistDisk(disk, after),
      ...(change.expiresAt === undefined || change.expiresAt === disk.expiresAt
        ? []
        : [...unpaidWrites(disk), ...paidWrites(after)]),
      ...(change.tags === undefined || disk.category === 'LOCAL' ? [] : [watchSoon(service, disk)]),
      service.tree.noted({ ...disk, regionId: disk.region }),
    ]);
    return result.ok ? { ok: true, value: after } : { ok: false, refused: result.failed };
  });
}
