import { remove, type Write } from '../../platform/catalogue/port.ts';
import { impossible } from '../../platform/errors.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { purgeFromChain } from '../chains/counts.ts';
import { newJob, putJob } from '../jobs/new-job.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { copyEntity } from '../model/copies/rows.ts';
import type { Job } from '../model/jobs/rows.ts';
import { findTrashed } from '../model/trash/find.ts';
import { seenInTrash, type TrashRow, trashEntity } from '../model/trash/rows.ts';
import type { Service } from '../service.ts';

/**
 * Rule 10.1: what lies in the recycle bin goes for good, and its blocks as soon as they have been
 * without references for the whole grace time of reclaim. `also` decides at each attempt, by the
 * row as it is then, what else must hold or be written; may throw instead.
 *
 * Whoever restores it at the same moment changes the same row and the same node, so one of the two
 * is refused:
 *
 *     purge:   reads the row ─ is it due? ─────────────────── row and node go: refused ─ reads: NotFound
 *     restore:                 reads the row ─ row and node come back
 */
export async function purgeTrashed(
  service: Service,
  caller: Caller,
  id: string,
  also: (row: TrashRow) => Promise<readonly Write[]> = async () => [],
): Promise<Job | null> {
  return untilAccepted<Job | null>(service, async () => {
    const row = await findTrashed(service.catalogue, caller, id);
    const { accountId } = row;
    const more = await also(row);
    const job = jobOf(service, row);
    const result = await service.tree.purge({ accountId, nodeId: id, ...(job && { jobId: job.id }) }, [
      remove(trashEntity, { accountId, id }, seenInTrash(row)),
      ...(await leftBehind(service, row)),
      ...(job === null ? [] : [putJob(job)]),
      ...more,
    ]);
    return result.ok ? { ok: true, value: job } : result;
  });
}

/** Images have none, as their deletion has none. */
function jobOf(service: Service, row: TrashRow): Job | null {
  const { id, kind, chainId: diskId } = row;
  if (kind === 'SNAPSHOT') return newJob(service, row, { kind: 'DELETE_SNAPSHOT', diskId, snapshotId: id });
  return kind === 'DISK' ? newJob(service, row, { kind: 'RELEASE_DISK', diskId }) : null;
}

/** What else was kept for the case that it comes back. */
async function leftBehind({ catalogue }: Service, row: TrashRow): Promise<Write[]> {
  const { accountId, id, kind, chainId, snapshot, disk } = row;
  if (kind === 'IMAGE') return [];
  const isCopy = snapshot?.[0]?.copiedFromId !== undefined;
  const copy = isCopy ? [remove(copyEntity, { accountId, id })] : [];
  const chain = await catalogue.get(chainEntity, { accountId, id: chainId });
  if (chain !== undefined) return [...copy, purgeFromChain(chain)];
  if (disk?.[0]?.category === 'LOCAL') return [];
  throw impossible(`chain ${chainId} has gone before ${id}, which lies in the recycle bin`);
}
