import type { SnapshotUsage } from '../../../generated/schema.ts';
import { isoTime } from '../../../platform/clock.ts';
import { VarveError } from '../../../platform/errors.ts';
import type { SnapshotRow } from './rows.ts';
import { afterSnapshot } from './states.ts';

const DAY_MS = 86_400_000;

/** Rule 4.3 allows 1–65536 days, as policies do (5.1). */
export const RETENTION_DAYS = { min: 1, max: 65536 };

export function expiryOf(createdAtMs: number, retentionDays: number): number {
  return createdAtMs + retentionDays * DAY_MS;
}

export function requireReady(snapshot: SnapshotRow): void {
  if (afterSnapshot('USE', snapshot.status) !== undefined) return;
  throw new VarveError('SnapshotNotReady', `Snapshot ${snapshot.id} is ${snapshot.status}.`, {
    snapshotId: snapshot.id,
    status: snapshot.status,
  });
}

export function requireOfDisk(snapshot: SnapshotRow, diskId: string): void {
  if (snapshot.diskId === diskId) return;
  throw new VarveError('InvalidSnapshotDisk', `Snapshot ${snapshot.id} is one of disk ${snapshot.diskId}.`, {
    snapshotId: snapshot.id,
    diskId: snapshot.diskId,
  });
}

export function usageOf({ diskCount, imageCount }: SnapshotRow): SnapshotUsage {
  if (imageCount > 0) return diskCount > 0 ? 'IMAGE_AND_DISK' : 'IMAGE';
  return diskCount > 0 ? 'DISK' : 'NONE';
}

/** Rule 5.5: past its retention, and there only for what was made from it. */
export function isKeptInUse(snapshot: SnapshotRow, now: string): boolean {
  return snapshot.expiresAt !== undefined && snapshot.expiresAt <= now && usageOf(snapshot) !== 'NONE';
}

/**
 * Something held it back from its end: a pin, or the recycle bin. Where the end has come by then,
 * or is near, it is not to be gone before anybody has seen it again.
 */
export function endAfterHold(end: string | undefined, nowMs: number): string | undefined {
  if (end === undefined) return undefined;
  const soonest = isoTime(nowMs + DAY_MS);
  return end < soonest ? soonest : end;
}

const counted = (count: number, what: string) => (count === 1 ? `1 ${what} was` : `${count} ${what}s were`);

/** Rule 10.2. */
export function requireUnpinned({ id, pinnedAt }: SnapshotRow): void {
  if (pinnedAt === undefined) return;
  const message = `Snapshot ${id} is pinned since ${pinnedAt}; unpin it first.`;
  throw new VarveError('SnapshotPinned', message, { snapshotId: id, pinnedAt });
}

/** Rule 4.6. */
export function requireDeletable(snapshot: SnapshotRow, force: boolean): void {
  const { id, imageCount, diskCount } = snapshot;
  if (imageCount > 0) {
    const message = `${counted(imageCount, 'image')} made from snapshot ${id}.`;
    throw new VarveError('SnapshotUsedByImage', message, { snapshotId: id, imageCount });
  }
  if (diskCount > 0 && !force) {
    const message = `${counted(diskCount, 'disk')} made from snapshot ${id}; force deletes it all the same.`;
    throw new VarveError('SnapshotUsedByDisk', message, { snapshotId: id, diskCount });
  }
}
