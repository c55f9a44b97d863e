import type { TrashChange } from '../../generated/schema.ts';
import { put, remove, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { impossible } from '../../platform/errors.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { refusalOf } from '../calls/refusal.ts';
import { requireQuota, restoreDiskInChain, restoreInChain, snapshotLimit } from '../chains/counts.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { paidWrites } from '../model/disks/paid-until.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { attachedTo } from '../model/disks/rules.ts';
import { type ImageRow, imageEntity, imageShareEntity } from '../model/images/rows.ts';
import { listDisk, underPolicy } from '../model/listed/disk-lists.ts';
import { listSnapshot } from '../model/listed/snapshot-lists.ts';
import { countWrites, type Delta, ofKind } from '../model/overview/counter.ts';
import { coverWrites } from '../model/policies/cover.ts';
import { policyEntity } from '../model/policies/rows.ts';
import { oneDiskMore } from '../model/quotas/counter.ts';
import { expiryWrites } from '../model/snapshots/expiry-rows.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import { endAfterHold } from '../model/snapshots/rules.ts';
import { findTrashed } from '../model/trash/find.ts';
import { seenInTrash, type TrashRow, trashEntity } from '../model/trash/rows.ts';
import { oneUseMore } from '../model/trash/uses.ts';
import { unwatched, watchNew, watchRestored } from '../model/watch/writes.ts';
import type { Service } from '../service.ts';

export interface Restored {
  readonly id: string;
  /** What is not as it was. */
  readonly changes: readonly TrashChange[];
  /** Of a disk: the automatic snapshots that came back with it. */
  readonly snapshotIds: readonly string[];
}

/** What one transaction brings back, beside the node. */
interface Plan {
  readonly writes: readonly Write[];
  readonly changes: readonly TrashChange[];
}

/**
 * Rule 10.1: it is again what it was. The node was never touched, so its contents are the same to
 * the bit. Of what stood around it and is gone, the answer tells; nothing is refused because of it.
 */
export async function restoreTrashed(service: Service, caller: Caller, id: string): Promise<Restored> {
  const found = await findTrashed(service.catalogue, caller, id);
  if (found.kind !== 'DISK') return { id, changes: await restoreOne(service, caller, id), snapshotIds: [] };
  // Before anything is written: a call that is refused leaves all of it where it is.
  await oneDiskMore(service, found, { replaces: false });
  const snapshotIds: string[] = [];
  let changes: readonly TrashChange[] = [];
  // The disk comes last, so that a call that was cut off can be repeated.
  for (const snapshotId of found.snapshotIds ?? []) {
    const more = await restoreWithDisk(service, caller, snapshotId, id);
    if (more === 'NO_ROOM') changes = [...changes, 'SNAPSHOTS_LEFT'];
    if (more === 'NO_ROOM' || more === undefined) continue;
    snapshotIds.push(snapshotId);
    changes = [...changes, ...more];
  }
  changes = [...changes, ...(await restoreOne(service, caller, id))];
  return { id, changes: [...new Set(changes)], snapshotIds };
}

/** Undefined for a snapshot that has come back before. */
async function restoreWithDisk(
  service: Service,
  caller: Caller,
  snapshotId: string,
  diskId: string,
): Promise<readonly TrashChange[] | 'NO_ROOM' | undefined> {
  const row = await service.catalogue.get(trashEntity, { accountId: caller.accountId, id: snapshotId });
  if (row?.withDiskId !== diskId) return undefined;
  let changes: readonly TrashChange[] | undefined;
  const refusal = await refusalOf(async () => {
    changes = await restoreOne(service, caller, snapshotId);
  });
  if (refusal?.code === 'QuotaExceeded') return 'NO_ROOM';
  if (refusal !== undefined && refusal.code !== 'NotFound') throw refusal;
  return changes;
}

function restoreOne(service: Service, caller: Caller, id: string): Promise<readonly TrashChange[]> {
  return untilAccepted<readonly TrashChange[]>(service, async () => {
    const row = await findTrashed(service.catalogue, caller, id);
    const { accountId } = row;
    const { writes, changes } = await plan(service, row);
    const gone = remove(trashEntity, { accountId, id }, seenInTrash(row));
    const result = await service.tree.untrash({ accountId, nodeId: id }, [gone, ...writes]);
    return result.ok ? { ok: true, value: changes } : result;
  });
}

async function plan(service: Service, row: TrashRow): Promise<Plan> {
  const [snapshot, disk, image] = [row.snapshot?.[0], row.disk?.[0], row.image?.[0]];
  if (snapshot !== undefined) return planSnapshot(service, row, snapshot);
  if (disk !== undefined) return planDisk(service, disk);
  if (image !== undefined) return planImage(service, image);
  throw impossible(`${row.id} lies in the recycle bin, and nobody knows what it was`);
}

async function planSnapshot(service: Service, row: TrashRow, kept: SnapshotRow): Promise<Plan> {
  const { catalogue, clock } = service;
  const { diskCount, imageCount } = row;
  const end = endAfterHold(kept.expiresAt, clock.now());
  const snapshot = { ...kept, diskCount, imageCount, ...(end !== undefined && { expiresAt: end }) };
  const { accountId, region, diskId, kind } = snapshot;
  const limit = await snapshotLimit(catalogue, { accountId, region }, kind);
  const chain = await catalogue.get(chainEntity, { accountId, id: diskId });
  if (chain === undefined) throw impossible(`chain ${diskId} has gone before ${row.id}`);
  requireQuota({ ...chain, trashCount: 0 }, kind, limit);
  const writes = [
    put(snapshotEntity, snapshot),
    ...listSnapshot(snapshot),
    ...expiryWrites(snapshot),
    ...restoreInChain(service, chain, kind, limit),
    ...(await countWrites(catalogue, { accountId, region, id: diskId }, ofKind(kind, 1))),
    // It may be the newest, and end a breach (8.4).
    ...(chain.diskReleased ? [] : [watchRestored(service, { accountId, id: diskId })]),
  ];
  return { writes, changes: end === kept.expiresAt ? [] : ['RETENTION_EXTENDED'] };
}

async function planDisk(service: Service, kept: DiskRow): Promise<Plan> {
  const { catalogue, clock } = service;
  const { accountId, id, originSnapshotId } = kept;
  const now = isoTime(clock.now());
  const { disk, changes } = await asItCanBe(catalogue, kept, now);
  const origin =
    originSnapshotId === undefined
      ? { writes: [], isGone: false }
      : await oneUseMore(catalogue, { accountId, id: originSnapshotId }, 'diskCount');
  const chain = await catalogue.get(chainEntity, { accountId, id });
  const writes = [
    put(diskEntity, disk),
    ...listDisk(disk),
    ...paidWrites(disk),
    ...coverWrites(disk),
    ...(await countWrites(catalogue, disk, localMore(disk))),
    ...watchNew(service, disk),
    ...(await oneDiskMore(service, disk, { replaces: false })),
    ...(chain === undefined ? [] : [restoreDiskInChain(chain)]),
    ...origin.writes,
  ];
  return { writes, changes: origin.isGone ? [...changes, 'ORIGIN_GONE'] : changes };
}

const localMore = ({ category }: DiskRow): Delta => (category === 'LOCAL' ? { local: 1 } : {});

/** Without the instances that had it, and without its policy where that is gone. */
async function asItCanBe(
  catalogue: Service['catalogue'],
  kept: DiskRow,
  now: string,
): Promise<{ disk: DiskRow; changes: readonly TrashChange[] }> {
  const changes: TrashChange[] = [];
  if (attachedTo(kept).length > 0) changes.push('DETACHED');
  const { instanceIds: _, ...rest } = kept;
  const status = kept.status === 'CREATING' ? kept.status : 'AVAILABLE';
  let disk: DiskRow = { ...unwatched(rest), status, attachments: (kept.attachments ?? 0) + 1 };
  const { accountId, policyId, expiresAt } = kept;
  const policy = policyId === undefined ? undefined : await catalogue.get(policyEntity, { accountId, id: policyId });
  if (policyId !== undefined && policy === undefined) {
    disk = underPolicy(disk, undefined);
    changes.push('POLICY_GONE');
  }
  // Else the janitor would release it for good (3.6) before anybody can pay.
  if (expiresAt !== undefined && expiresAt < now) {
    disk = { ...disk, expiresAt: now };
    changes.push('PAYMENT_OVER');
  }
  return { disk, changes };
}

async function planImage({ catalogue, clock }: Service, image: ImageRow): Promise<Plan> {
  const { accountId: ownerAccountId, id: imageId, region, snapshotId, sharedWith } = image;
  const createdAt = isoTime(clock.now());
  const origin = await oneUseMore(catalogue, { accountId: ownerAccountId, id: snapshotId }, 'imageCount');
  const shares = sharedWith.map((toAccountId) =>
    put(imageShareEntity, { toAccountId, imageId, ownerAccountId, region, createdAt }, 'any'),
  );
  const writes = [put(imageEntity, image), ...shares, ...origin.writes];
  return { writes, changes: origin.isGone ? ['ORIGIN_GONE'] : [] };
}
