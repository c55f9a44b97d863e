import type { OperationError, TrashChange } from '../../generated/schema.ts';
import type { Caller } from '../calls/caller.ts';
import { parseIds } from '../calls/numbers.ts';
import { refusalOf, shownRefusal } from '../calls/refusal.ts';
import type { Job } from '../model/jobs/rows.ts';
import type { Service } from '../service.ts';
import { purgeTrashed } from './purge.ts';
import { type Restored, restoreTrashed } from './restore.ts';

/** A disk among them can bring back 256 snapshots. */
const MOST_RESTORED = { min: 1, max: 20 };
const MOST_PURGED = { min: 1, max: 100 };

export interface RestoreResult extends Omit<Restored, 'changes'> {
  readonly changes: readonly TrashChange[];
  readonly restored: boolean;
  readonly error: OperationError | null;
}

/** One or many, each with its own result. */
export async function restoreBatch(
  service: Service,
  caller: Caller,
  ids: readonly string[],
): Promise<readonly RestoreResult[]> {
  const results: RestoreResult[] = [];
  for (const id of parseIds('ids', ids, MOST_RESTORED)) {
    let done: Restored = { id, changes: [], snapshotIds: [] };
    const refusal = await refusalOf(async () => {
      done = await restoreTrashed(service, caller, id);
    });
    const error = shownRefusal(refusal);
    results.push({ ...done, restored: error === null, error });
  }
  return results;
}

export interface PurgeResult {
  readonly id: string;
  readonly purged: boolean;
  readonly error: OperationError | null;
  readonly job: Job | null;
}

export async function purgeBatch(
  service: Service,
  caller: Caller,
  ids: readonly string[],
): Promise<readonly PurgeResult[]> {
  const results: PurgeResult[] = [];
  for (const id of parseIds('ids', ids, MOST_PURGED)) {
    let job: Job | null = null;
    const refusal = await refusalOf(async () => {
      job = await purgeTrashed(service, caller, id);
    });
    const error = shownRefusal(refusal);
    results.push({ id, purged: error === null, error, job });
  }
  return results;
}
