import { put, type Write } from '../../platform/catalogue/port.ts';
import { type Clock, isoTime } from '../../platform/clock.ts';
import type { Ids } from '../../platform/ids.ts';
import { type Job, type JobRow, jobEntity } from '../model/jobs/rows.ts';

const KEPT_DAYS = 30;
const DAY_S = 86_400;

/** The job of a change to one of the account's objects. */
export function newJob(
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
  { accountId, region }: { readonly accountId: string; readonly region: string },
  work: Pick<JobRow, 'kind' | 'diskId' | 'snapshotId'>,
): Job {
  const now = clock.now();
  return {
    ...work,
    accountId,
    id: ids.next('j'),
    region,
    status: 'PENDING',
    createdAt: isoTime(now),
    forgetAt: Math.floor(now / 1000) + KEPT_DAYS * DAY_S,
  };
}

export function putJob({ status: _, ...row }: Job): Write {
  return put(jobEntity, row);
}
