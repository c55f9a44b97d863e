import type { BreachReason } from '../../../generated/schema.ts';
import { stopsAt } from '../accounts/arrears.ts';
import type { AccountRow } from '../accounts/rows.ts';
import type { DiskRow } from '../disks/rows.ts';
import { statusOf } from '../disks/rules.ts';
import type { PolicyRow } from '../policies/rows.ts';
import type { RunRow } from '../policies/run-rows.ts';
import type { Newest } from './facts.ts';
import { longestGapHours, type Objective } from './objective.ts';

/** What decides why a disk has no snapshot that is new enough. */
export interface Circumstances {
  readonly disk: DiskRow;
  readonly account: AccountRow | undefined;
  readonly policy: PolicyRow | undefined;
  /** The last run of the disk under this policy. */
  readonly lastRun: Pick<RunRow, 'status'> | undefined;
  readonly newest: Newest;
  readonly objective: Objective;
  readonly now: string;
}

/**
 * Rule 8.4: one reason, the one that has to be done something about first. What stops every
 * snapshot comes before what stops those of a policy, and that before what became of its runs.
 */
export function reasonOf(circumstances: Circumstances): BreachReason {
  const { disk, account, policy, lastRun, newest, objective, now } = circumstances;
  if (newest.isDamaged) return 'SNAPSHOTS_DAMAGED';
  const stopped = account === undefined ? null : stopsAt(account);
  if (stopped !== null && stopped <= now) return 'ACCOUNT_IN_ARREARS';
  if (policy === undefined) return 'NO_POLICY';
  if (policy.status === 'PAUSED') return 'POLICY_PAUSED';
  if (statusOf(disk, now) !== 'IN_USE') return 'DISK_NOT_ATTACHED';
  if (lastRun?.status === 'FAILED') return 'RUN_FAILED';
  if (lastRun?.status === 'SKIPPED') return 'RUN_SKIPPED';
  if (longestGapHours(policy) > objective.hours) return 'POLICY_TOO_SPARSE';
  return 'NO_RUN';
}
