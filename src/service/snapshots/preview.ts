import type { RemovalPreview } from '../../engine/contract.ts';
import type { DeleteSnapshotsPreviewInput, OperationError } from '../../generated/schema.ts';
import { isoTime } from '../../platform/clock.ts';
import type { Caller } from '../calls/caller.ts';
import { asOperationError, refusalOf } from '../calls/refusal.ts';
import { trashMsOf } from '../model/accounts/trash-hours.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import { requireDeletable, requireUnpinned } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';
import { parseBatch } from './delete.ts';

export interface DeletionPreview extends RemovalPreview {
  /** Until when what goes could be brought back; null where it could not. */
  readonly restorableUntil: string | null;
  /** From when what is told of is freed, if nobody brings it back. */
  readonly freeFrom: string;
  readonly results: readonly { readonly snapshotId: string; readonly error: OperationError | null }[];
}

/** What `deleteSnapshots` with the same input would do, by the same rule. */
export async function previewDeletion(
  service: Service,
  caller: Caller,
  input: DeleteSnapshotsPreviewInput,
): Promise<DeletionPreview> {
  const ids = parseBatch(input.snapshotIds);
  const unmade = new Set<string>();
  const refusals = await Promise.all(
    ids.map((id) =>
      refusalOf(async () => {
        const snapshot = await findSnapshot(service.catalogue, caller, id);
        requireUnpinned(snapshot);
        requireDeletable(snapshot, input.force);
        if (snapshot.status !== 'ACCOMPLISHED') unmade.add(id);
      }),
    ),
  );
  // One in progress, or that has failed, has no contents.
  const removable = ids.filter((id, at) => refusals[at] === undefined && !unmade.has(id));
  const nothing: RemovalPreview = { objects: 0, storedBytes: 0, settled: true };
  const freed = removable.length === 0 ? nothing : await service.tree.previewRemoval(caller.accountId, removable);
  const results = ids.map((snapshotId, at) => {
    const refusal = refusals[at];
    return { snapshotId, error: refusal === undefined ? null : asOperationError(refusal) };
  });
  const now = service.clock.now();
  const keptMs = await trashMsOf(service.catalogue, caller.accountId);
  const restorableUntil = keptMs === 0 ? null : isoTime(now + keptMs);
  return { ...freed, restorableUntil, freeFrom: isoTime(now + keptMs + service.reclaimGraceMs), results };
}
