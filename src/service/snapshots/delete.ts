import type { TreeResult } from '../../engine/contract.ts';
import type { DeleteSnapshotsInput, OperationError } from '../../generated/schema.ts';
import { absent, type Catalogue, equal, put, remove, type Write } from '../../platform/catalogue/port.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { parseIds } from '../calls/numbers.ts';
import { refusalOf, shownRefusal } from '../calls/refusal.ts';
import { cancelInChain, discountSnapshot, trashInChain } from '../chains/counts.ts';
import { dropCopy } from '../copies/end.ts';
import { newJob, putJob } from '../jobs/new-job.ts';
import { trashMsOf } from '../model/accounts/trash-hours.ts';
import { findChain } from '../model/chains/find.ts';
import type { ChainRow } from '../model/chains/rows.ts';
import { copyEntity } from '../model/copies/rows.ts';
import type { Job } from '../model/jobs/rows.ts';
import { asListed, unlistSnapshot } from '../model/listed/snapshot-lists.ts';
import { countWrites, ofKind } from '../model/overview/counter.ts';
import { noExpiryWrites } from '../model/snapshots/expiry-rows.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import { noProgressWrite } from '../model/snapshots/progress-rows.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import { requireDeletable, requireUnpinned } from '../model/snapshots/rules.ts';
import { trashEntity, trashedSnapshot } from '../model/trash/rows.ts';
import { watchSoon } from '../model/watch/writes.ts';
import type { Service } from '../service.ts';

const MAX_BATCH = { min: 1, max: 100 };

export interface DeletionResult extends Deleted {
  readonly snapshotId: string;
  readonly deleted: boolean;
  readonly error: OperationError | null;
}

/** Rule 4.6: one or many, in any order, each with its own result. */
export async function deleteSnapshots(
  service: Service,
  caller: Caller,
  input: DeleteSnapshotsInput,
): Promise<DeletionResult[]> {
  const results: DeletionResult[] = [];
  for (const snapshotId of parseIds('snapshotIds', input.snapshotIds, MAX_BATCH)) {
    results.push(await deleteOne(service, caller, snapshotId, input.force));
  }
  return results;
}

async function deleteOne(
  service: Service,
  caller: Caller,
  snapshotId: string,
  force: boolean,
): Promise<DeletionResult> {
  let deleted: Deleted = GONE;
  const refusal = await refusalOf(async () => {
    deleted = await deleteSnapshot(service, caller, snapshotId, { force, by: 'PERSON' });
  });
  return {
    snapshotId,
    deleted: refusal === undefined,
    error: shownRefusal(refusal),
    ...deleted,
  };
}

interface Deletion {
  /** Also where a disk was made from it. */
  readonly force: boolean;
  /** What a person deletes can be brought back (10.1); what the service deletes cannot. */
  readonly by: 'PERSON' | 'SERVICE';
  /** The disk that it goes with, and comes back with. */
  readonly withDiskId?: string;
  /** Also where it is pinned: after 15 days of arrears (1.3). */
  readonly evenPinned?: boolean;
  /** Decides at each attempt what else must hold or be written; may throw instead. */
  readonly also?: (snapshot: SnapshotRow) => Promise<Write[]>;
}

export interface Deleted {
  /** Null where there is nothing to free, or not yet. */
  readonly job: Job | null;
  /** Null where it is gone for good. */
  readonly restorableUntil: string | null;
}

const GONE = { job: null, restorableUntil: null } as const satisfies Deleted;

/** Deletes it, or cancels it where it is PROGRESSING: then there is nothing to free, and no job. */
export async function deleteSnapshot(
  service: Service,
  caller: Caller,
  snapshotId: string,
  deletion: Deletion,
): Promise<Deleted> {
  const { force, by, evenPinned = false, also = async () => [] } = deletion;
  return untilAccepted<Deleted>(service, async () => {
    const snapshot = await findSnapshot(service.catalogue, caller, snapshotId);
    if (!evenPinned) requireUnpinned(snapshot);
    requireDeletable(snapshot, force);
    const more = await also(snapshot);
    if (isUnmadeCopy(snapshot)) return asGone(await dropCopy(service, caller, snapshot, more));
    if (snapshot.status === 'PROGRESSING') return asGone(await cancel(service, snapshot, more));
    const chain = await findChain(service.catalogue, caller, snapshot.diskId);
    const all = [
      ...more,
      ...(await countOneLess(service.catalogue, snapshot)),
      ...watchAfter(service, chain, snapshot),
    ];
    const keptMs = by === 'PERSON' ? await trashMsOf(service.catalogue, snapshot.accountId) : 0;
    if (keptMs === 0) return removeNow(service, snapshot, { chain, more: all });
    return trash(service, snapshot, { chain, more: all, keptMs, withDiskId: deletion.withDiskId });
  });
}

const countOneLess = (catalogue: Catalogue, { accountId, region, diskId: id, kind }: SnapshotRow) =>
  countWrites(catalogue, { accountId, region, id }, ofKind(kind, -1));

/**
 * Without the newest snapshot, a disk that is there may be in breach (8.4). Of chains of earlier
 * versions nobody knows which one is the newest.
 */
function watchAfter(service: Service, { accountId, id, newestId, diskReleased }: ChainRow, gone: SnapshotRow): Write[] {
  const mayBringBreach = !diskReleased && (newestId === undefined || newestId === gone.id);
  return mayBringBreach ? [watchSoon(service, { accountId, id })] : [];
}

interface Doomed {
  readonly chain: ChainRow;
  readonly more: readonly Write[];
}

async function removeNow(
  service: Service,
  snapshot: SnapshotRow,
  { chain, more }: Doomed,
): Promise<TreeResult<Deleted>> {
  const { accountId, id, diskId } = snapshot;
  const job = newJob(service, snapshot, { kind: 'DELETE_SNAPSHOT', diskId, snapshotId: id });
  const result = await service.tree.remove({ accountId, nodeId: id, jobId: job.id }, [
    ...unseenWrites(snapshot),
    ...(snapshot.copiedFromId === undefined ? [] : [remove(copyEntity, { accountId, id })]),
    discountSnapshot(chain, snapshot),
    putJob(job),
    ...more,
  ]);
  return result.ok ? { ok: true, value: { job, restorableUntil: null } } : result;
}

/** Rule 10.1: nobody sees it any more, and all of it is kept. */
async function trash(
  service: Service,
  snapshot: SnapshotRow,
  { chain, more, keptMs, withDiskId }: Doomed & { readonly keptMs: number; readonly withDiskId: string | undefined },
): Promise<TreeResult<Deleted>> {
  const { accountId, id } = snapshot;
  const row = trashedSnapshot(snapshot, { now: service.clock.now(), keptMs }, withDiskId);
  const result = await service.tree.trash({ accountId, nodeId: id }, [
    ...unseenWrites(snapshot),
    trashInChain(chain, snapshot),
    put(trashEntity, row),
    ...more,
  ]);
  return result.ok ? { ok: true, value: { job: null, restorableUntil: row.restorableUntil } } : result;
}

/** The row goes, and what leads to it; as it was seen, for all of that rests on it. */
function unseenWrites(snapshot: SnapshotRow): Write[] {
  const { accountId, id, name, description, createdAt, diskCount, imageCount, expiresAt, pinnedAt } = snapshot;
  const when = [
    equal('name', name),
    equal('createdAt', createdAt),
    description === undefined ? absent('description') : equal('description', description),
    equal('diskCount', diskCount),
    equal('imageCount', imageCount),
    expiresAt === undefined ? absent('expiresAt') : equal('expiresAt', expiresAt),
    pinnedAt === undefined ? absent('pinnedAt') : equal('pinnedAt', pinnedAt),
    ...asListed(snapshot),
  ];
  return [remove(snapshotEntity, { accountId, id }, when), ...unlistSnapshot(snapshot), ...noExpiryWrites(snapshot)];
}

/** It is under way, or has failed. */
const isUnmadeCopy = ({ copiedFromId, status }: SnapshotRow) => copiedFromId !== undefined && status !== 'ACCOMPLISHED';

const asGone = (result: TreeResult<void>): TreeResult<Deleted> => (result.ok ? { ok: true, value: GONE } : result);

/** Refused where it is finished in this very moment. */
async function cancel(
  { catalogue }: Service,
  snapshot: SnapshotRow,
  also: readonly Write[],
): Promise<TreeResult<void>> {
  const { accountId, id, status } = snapshot;
  const result = await catalogue.transact([
    remove(snapshotEntity, { accountId, id }, [equal('status', status), ...asListed(snapshot)]),
    ...unlistSnapshot(snapshot),
    noProgressWrite(snapshot),
    cancelInChain(snapshot),
    ...(await countOneLess(catalogue, snapshot)),
    ...also,
  ]);
  return result.ok ? { ok: true, value: undefined } : { ok: false, refused: result.failed };
}
