import type { TreeResult } from '../../engine/contract.ts';
import type { DeleteSnapshotsInput, OperationError } from '../../generated/schema.ts';
import { type Catalogue, equal, remove, type Write } from '../../platform/catalogue/port.ts';
import { invalid } from '../../platform/errors.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { requireCount } from '../calls/numbers.ts';
import { asOperationError, refusalOf } from '../calls/refusal.ts';
import { cancelInChain, discountSnapshot } from '../chains/counts.ts';
import { dropCopy } from '../copies/end.ts';
import { newJob, putJob } from '../jobs/new-job.ts';
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
import { requireDeletable } from '../model/snapshots/rules.ts';
import { watchSoon } from '../model/watch/writes.ts';
import type { Service } from '../service.ts';

export const MAX_BATCH = { min: 1, max: 100 };

export interface DeletionResult {
  readonly snapshotId: string;
  readonly deleted: boolean;
  readonly error: OperationError | null;
  readonly job: Job | null;
}

/** Rule 4.6: one or many, in any order, each with its own result. */
export async function deleteSnapshots(
  service: Service,
  caller: Caller,
  input: DeleteSnapshotsInput,
): Promise<DeletionResult[]> {
  const results: DeletionResult[] = [];
  for (const snapshotId of parseBatch(input.snapshotIds)) {
    results.push(await deleteOne(service, caller, snapshotId, input.force));
  }
  return results;
}

export function parseBatch(snapshotIds: readonly string[]): readonly string[] {
  requireCount('snapshotIds', snapshotIds, MAX_BATCH);
  for (const [at, id] of snapshotIds.entries()) {
    if (snapshotIds.indexOf(id) !== at) throw invalid(`snapshotIds.${at}`, 'is given twice');
  }
  return snapshotIds;
}

async function deleteOne(
  service: Service,
  caller: Caller,
  snapshotId: string,
  force: boolean,
): Promise<DeletionResult> {
  let job: Job | null = null;
  const refusal = await refusalOf(async () => {
    job = await deleteSnapshot(service, caller, snapshotId, { force });
  });
  return {
    snapshotId,
    deleted: refusal === undefined,
    error: refusal === undefined ? null : asOperationError(refusal),
    job,
  };
}

interface Deletion {
  /** Also where a disk was made from it. */
  readonly force: boolean;
  /** Decides at each attempt what else must hold or be written; may throw instead. */
  readonly also?: () => Promise<Write[]>;
}

/** Deletes it, or cancels it where it is PROGRESSING: then there is nothing to free, and no job. */
export async function deleteSnapshot(
  service: Service,
  caller: Caller,
  snapshotId: string,
  { force, also = async () => [] }: Deletion,
): Promise<Job | null> {
  const { accountId } = caller;
  return untilAccepted<Job | null>(service, async () => {
    const snapshot = await findSnapshot(service.catalogue, caller, snapshotId);
    requireDeletable(snapshot, force);
    if (isUnmadeCopy(snapshot)) return withoutJob(await dropCopy(service, caller, snapshot, await also()));
    if (snapshot.status === 'PROGRESSING') return cancel(service, snapshot, await also());
    const chain = await findChain(service.catalogue, caller, snapshot.diskId);
    const counted = await countOneLess(service.catalogue, snapshot);
    const job = newJob(service, snapshot, { kind: 'DELETE_SNAPSHOT', diskId: snapshot.diskId, snapshotId });
    const unused = [
      equal('diskCount', snapshot.diskCount),
      equal('imageCount', snapshot.imageCount),
      ...asListed(snapshot),
    ];
    const result = await service.tree.remove({ accountId, nodeId: snapshotId, jobId: job.id }, [
      remove(snapshotEntity, { accountId, id: snapshotId }, unused),
      ...unlistSnapshot(snapshot),
      ...noExpiryWrites(snapshot),
      ...(snapshot.copiedFromId === undefined ? [] : [remove(copyEntity, { accountId, id: snapshotId })]),
      discountSnapshot(chain, snapshot),
      ...counted,
      ...(mayBringBreach(chain, snapshot.id) ? [watchSoon(service, { accountId, id: chain.id })] : []),
      putJob(job),
      ...(await also()),
    ]);
    return result.ok ? { ok: true, value: job } : result;
  });
}

const countOneLess = (catalogue: Catalogue, { accountId, region, diskId: id, kind }: SnapshotRow) =>
  countWrites(catalogue, { accountId, region, id }, ofKind(kind, -1));

/** Of a disk that is there. Of chains of earlier versions nobody knows which one is the newest. */
function mayBringBreach({ newestId, diskReleased }: ChainRow, id: string): boolean {
  return !diskReleased && (newestId === undefined || newestId === id);
}

/** It is under way, or has failed. */
const isUnmadeCopy = ({ copiedFromId, status }: SnapshotRow) => copiedFromId !== undefined && status !== 'ACCOMPLISHED';

const withoutJob = (result: TreeResult<void>): TreeResult<null> => (result.ok ? { ok: true, value: null } : result);

/** Refused where it is finished in this very moment. */
async function cancel(
  { catalogue }: Service,
  snapshot: SnapshotRow,
  also: readonly Write[],
): Promise<TreeResult<null>> {
  const { accountId, id, status } = snapshot;
  const result = await catalogue.transact([
    remove(snapshotEntity, { accountId, id }, [equal('status', status), ...asListed(snapshot)]),
    ...unlistSnapshot(snapshot),
    noProgressWrite(snapshot),
    cancelInChain(snapshot),
    ...(await countOneLess(catalogue, snapshot)),
    ...also,
  ]);
  return result.ok ? { ok: true, value: null } : { ok: false, refused: result.failed };
}
