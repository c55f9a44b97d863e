import type { DiskProtection, ProtectionStatus } from '../../generated/schema.ts';
import { isoTime } from '../../platform/clock.ts';
import type { RowLoader } from '../calls/row-loader.ts';
import { accountEntity } from '../model/accounts/rows.ts';
import { chainEntity } from '../model/chains/rows.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import { policyEntity } from '../model/policies/rows.ts';
import { runEntity } from '../model/policies/run-rows.ts';
import { type Judged, judge, NO_SNAPSHOTS, newestUsable } from '../model/watch/facts.ts';
import { reasonOf } from '../model/watch/reason.ts';
import { tagObjectivesEntity } from '../model/watch/rows.ts';
import type { Service } from '../service.ts';

/** Rule 8.4, as of now: whether the janitor has told it yet or not. */
export async function protectionOf(
  { catalogue, clock }: Pick<Service, 'catalogue' | 'clock'>,
  rows: RowLoader,
  disk: DiskRow,
): Promise<DiskProtection | null> {
  if (disk.category === 'LOCAL') return null;
  const { accountId, id, region, policyId } = disk;
  const nowMs = clock.now();
  const [chain, policy, objectives, account] = await Promise.all([
    rows.load(chainEntity, { accountId, id }),
    policyId === undefined ? undefined : rows.load(policyEntity, { accountId, id: policyId }),
    rows.load(tagObjectivesEntity, { accountId, region }),
    rows.load(accountEntity, { id: accountId }),
  ]);
  const newest = chain === undefined ? NO_SNAPSHOTS : await newestUsable(catalogue, chain, nowMs);
  const judged = judge({ disk, policy, ofTags: objectives?.tags ?? [], newest });
  const { objective, breachAtMs, newestUsableAt = null } = judged;
  const status = statusOf(judged, nowMs);
  const none = { status, newestUsableAt, inBreachSince: null, reason: null };
  if (objective === undefined || objective === 'none' || breachAtMs === undefined)
    return { ...none, objectiveHours: null, source: null, tag: null, breachAt: null };
  const { hours: objectiveHours, source, tag = null } = objective;
  const breachAt = isoTime(breachAtMs);
  const told = { ...none, objectiveHours, source, tag, breachAt };
  if (status !== 'IN_BREACH') return told;
  const query = { partition: { accountId, diskId: id }, descending: true, limit: 1 };
  const lastRun = (await catalogue.list(runEntity, query)).rows.find((run) => run.policyId === policyId);
  const reason = reasonOf({ disk, account, policy, lastRun, newest, objective, now: isoTime(nowMs) });
  return { ...told, inBreachSince: breachAt, reason };
}

function statusOf({ objective, breachAtMs }: Judged, nowMs: number): ProtectionStatus {
  if (objective === 'none') return 'EXEMPT';
  if (breachAtMs === undefined) return 'UNPROTECTED';
  return breachAtMs <= nowMs ? 'IN_BREACH' : 'PROTECTED';
}
