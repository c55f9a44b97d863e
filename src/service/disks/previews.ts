import { nodeEntity } from '../../engine/books/rows.ts';
import type {
  FreedBytes,
  OperationError,
  ReinitializePreviewInput,
  ReleasePreviewInput,
  RollbackLoss,
  RollbackPreviewInput,
} from '../../generated/schema.ts';
import { notFound } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { refusalOf, shownRefusal } from '../calls/refusal.ts';
import { createRowLoader } from '../calls/row-loader.ts';
import { chainMembers } from '../model/chains/members.ts';
import { findDisk } from '../model/disks/find.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import { findLease } from '../model/leases/rules.ts';
import { usageOf } from '../model/snapshots/rules.ts';
import { type EndOfDeleted, endOfDeleted, freedWith } from '../model/trash/freed.ts';
import type { Service } from '../service.ts';
import { isEndedWithDisk } from './auto-snapshots.ts';
import { findLoss, measureLoss } from './loss.ts';
import { requireReinitializable } from './reinitialize.ts';
import { requireReleasable } from './release.ts';
import { rollbackDisk } from './rollback.ts';

interface Changed {
  readonly disk: DiskRow;
  readonly loss: RollbackLoss;
  readonly freed: FreedBytes | null;
}

/** Rule 4.9: the dry run, for those who only look. Its contents go as at a release. */
export async function previewRollback(
  service: Service,
  caller: Caller,
  input: RollbackPreviewInput,
): Promise<Changed & { readonly refusals: readonly OperationError[] }> {
  const dryRun = { ...input, dryRun: true, safetySnapshotName: null, clientToken: null };
  const { disk, lost, refusals } = await rollbackDisk(service, caller, dryRun);
  const gone = input.safetySnapshot ? [] : [disk.id];
  const freed = await freedWith(service.tree, caller.accountId, gone);
  return { disk, refusals, freed, loss: await measureLoss(service.contents, lost) };
}

/** Rule 3.5. */
export async function previewReinitialization(
  service: Service,
  caller: Caller,
  { diskId, ...how }: ReinitializePreviewInput,
): Promise<Changed & { readonly error: OperationError | null }> {
  const { catalogue, contents, tree } = service;
  const { accountId } = caller;
  const disk = await findDisk(catalogue, caller, diskId);
  const head = await catalogue.get(nodeEntity, { accountId, id: diskId });
  if (head === undefined) throw notFound('Disk', diskId);
  const error = shownRefusal(await refusalOf(() => requireReinitializable(service, caller, disk, how)));
  const loss = await measureLoss(contents, await findLoss(createRowLoader(catalogue), disk, head));
  return { disk, error, loss, freed: await freedWith(tree, accountId, [diskId]) };
}

interface PreviewedRelease extends EndOfDeleted {
  readonly disk: DiskRow;
  readonly error: OperationError | null;
  readonly deletedSnapshotIds: readonly string[];
  readonly keptSnapshotCount: number;
  readonly freed: FreedBytes | null;
}

/** Rules 3.8 and 10.1. */
export async function previewRelease(
  service: Service,
  caller: Caller,
  { diskId, breakLease }: ReleasePreviewInput,
): Promise<PreviewedRelease> {
  const { accountId } = caller;
  const disk = await findDisk(service.catalogue, caller, diskId);
  const lease = await findLease(service.catalogue, disk);
  const wish = { operation: 'RELEASE', breakLease, lease } as const;
  const error = shownRefusal(await refusalOf(() => requireReleasable(service, disk, wish)));
  const members = await chainMembers(service.catalogue, { accountId, chainId: diskId });
  const deletedSnapshotIds = members
    .filter(({ snapshot }) => disk.deleteAutoSnapshots && isEndedWithDisk(snapshot) && usageOf(snapshot) === 'NONE')
    .map(({ id }) => id);
  return {
    disk,
    error,
    deletedSnapshotIds,
    keptSnapshotCount: members.length - deletedSnapshotIds.length,
    freed: await freedWith(service.tree, accountId, [diskId, ...deletedSnapshotIds]),
    ...(await endOfDeleted(service, accountId)),
  };
}
