import type { RemovalPreview } from '../../engine/contract.ts';
import type { DeleteSnapshotsPreviewInput, OperationError } from '../../generated/schema.ts';
import type { Caller } from '../calls/caller.ts';
import { asOperationError, refusalOf } from '../calls/refusal.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import { requireDeletable } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';
import { parseBatch } from './delete.ts';

export interface DeletionPreview extends RemovalPreview {
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
  return { ...freed, results };
}
