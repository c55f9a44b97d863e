import type { RemovalPreview } from '../../engine/contract.ts';
import type { DeleteSnapshotsPreview, DeleteSnapshotsPreviewInput } from '../../generated/schema.ts';
import type { Caller } from '../calls/caller.ts';
import { parseIds } from '../calls/numbers.ts';
import { refusalOf, shownRefusal } from '../calls/refusal.ts';
import { createRowLoader, readingBy } from '../calls/row-loader.ts';
import { MOST_NODES } from '../chains/counts.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import { requireDeletable, requireUnpinned } from '../model/snapshots/rules.ts';
import { endOfDeleted } from '../model/trash/freed.ts';
import type { Service } from '../service.ts';

/** As many as one chain may have: two answers do not add up to what both together would free. */
const COUNT = { min: 1, max: MOST_NODES };

const NOTHING: RemovalPreview = { objects: 0, storedBytes: 0, keptBytes: 0, parts: [], settled: true };

/** What `deleteSnapshots` with the same input would do, by the same rule. */
export async function previewDeletion(
  service: Service,
  caller: Caller,
  input: DeleteSnapshotsPreviewInput,
): Promise<DeleteSnapshotsPreview> {
  const ids = parseIds('snapshotIds', input.snapshotIds, COUNT);
  const catalogue = readingBy(createRowLoader(service.catalogue), service.catalogue);
  const unmade = new Set<string>();
  const refusals = await Promise.all(
    ids.map((id) =>
      refusalOf(async () => {
        const snapshot = await findSnapshot(catalogue, caller, id);
        requireUnpinned(snapshot);
        requireDeletable(snapshot, input.force);
        if (snapshot.status !== 'ACCOMPLISHED') unmade.add(id);
      }),
    ),
  );
  // One in progress, or that has failed, has no contents.
  const removable = ids.filter((id, at) => refusals[at] === undefined && !unmade.has(id));
  const { parts, ...freed } =
    removable.length === 0 ? NOTHING : await service.tree.previewRemoval(caller.accountId, removable);
  const bytes = new Map(removable.map((id, at) => [id, parts[at] ?? 0]));
  const results = ids.map((snapshotId, at) => {
    return { snapshotId, error: shownRefusal(refusals[at]), storedBytes: bytes.get(snapshotId) ?? 0 };
  });
  return { ...freed, ...(await endOfDeleted(service, caller.accountId)), results };
}
