import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { parseTags } from '../calls/tags.ts';
import { parseName } from '../calls/text.ts';
import type { ResizeDiskInput, UpdateDiskInput } from '../generated/schema.ts';
import { absent, type Condition, equal, patch } from '../platform/catalogue/port.ts';
import { isoTime } from '../platform/clock.ts';
import type { Service } from '../regions/service.ts';
import { findDisk } from './find.ts';
import { paidWrites, unpaidWrites } from './paid-until.ts';
import { type DiskRow, diskEntity, diskPlaces } from './rows.ts';
import { decideRenewal, decideResize, requireStatus } from './rules.ts';

export async function updateDisk(service: Service, caller: Caller, input: UpdateDiskInput): Promise<DiskRow> {
  const change: Partial<DiskRow> = {
    ...(input.name == null ? {} : { name: parseName('name', input.name) }),
    ...(input.deleteAutoSnapshots == null ? {} : { deleteAutoSnapshots: input.deleteAutoSnapshots }),
    ...(input.deleteWithInstance == null ? {} : { deleteWithInstance: input.deleteWithInstance }),
    ...(input.tags == null ? {} : { tags: parseTags('tags', input.tags) }),
  };
  const { expiresAt } = input;
  return changeDisk(service, caller, input.diskId, (disk) => {
    if (expiresAt == null) return change;
    return { ...change, expiresAt: decideRenewal(disk, expiresAt, isoTime(service.clock.now())) };
  });
}

/** Rule 3.4. The new part has no blocks, so it reads as zeros. */
export function resizeDisk(service: Service, caller: Caller, input: ResizeDiskInput): Promise<DiskRow> {
  return changeDisk(service, caller, input.diskId, (disk) => {
    requireStatus(disk, isoTime(service.clock.now()), 'RESIZE');
    return { sizeBytes: decideResize(disk.sizeBytes, input.sizeBytes) };
  });
}

async function changeDisk(
  service: Service,
  caller: Caller,
  diskId: string,
  decide: (disk: DiskRow) => Partial<DiskRow>,
): Promise<DiskRow> {
  return untilAccepted(service, async () => {
    const disk = await findDisk(service.catalogue, caller, diskId);
    const change = decide(disk);
    if (Object.keys(change).length === 0) return { ok: true, value: disk };
    const after = { ...disk, ...change };
    const set = change.name === undefined ? change : { ...change, ...diskPlaces(after) };
    const key = { accountId: disk.accountId, id: disk.id };
    const result = await service.catalogue.transact([
      patch(diskEntity, key, { set, when: seen(disk) }),
      ...(change.expiresAt === undefined || change.expiresAt === disk.expiresAt
        ? []
        : [...unpaidWrites(disk), ...paidWrites(after)]),
      service.tree.noted({ ...disk, regionId: disk.region }),
    ]);
    return result.ok ? { ok: true, value: after } : { ok: false, refused: result.failed };
  });
}

/** What a decision about a disk rests on. */
export function seen(disk: DiskRow): Condition[] {
  const { status, sizeBytes, attachments, policyId } = disk;
  const attached = attachments === undefined ? absent('attachments') : equal('attachments', attachments);
  const paid = disk.expiresAt === undefined ? [] : [equal('expiresAt', disk.expiresAt)];
  const covered = policyId === undefined ? absent('policyId') : equal('policyId', policyId);
  return [equal('status', status), equal('sizeBytes', sizeBytes), attached, covered, ...paid];
}
