import type { PolicyCopyStatus } from '../../../generated/schema.ts';
import { entity, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import { type Change, equal, patch, type Write } from '../../../platform/catalogue/port.ts';
import { isoTime } from '../../../platform/clock.ts';
import type { CopyTarget } from './rows.ts';
import { forgetAfter, type RunRow } from './run-rows.ts';

/**
 * That a snapshot of a policy is to be copied to a region (7.2), and what has become of it. Written
 * in the transaction that makes the snapshot, one for each target. The copy is begun in the
 * transaction that writes its id here. So there is one copy at a time for a snapshot and a target,
 * whatever is delivered twice.
 */
export const policyCopyEntity = entity({
  name: 'policycopy',
  attributes: {
    accountId: string(),
    snapshotId: string(),
    region: string(),
    policyId: string(),
    /** As the policy had it when the slot was opened; absent for ever. */
    retentionDays: optional(number()),
    status: string<PolicyCopyStatus>(),
    /** The copy, from its beginning on. */
    copyId: optional(string()),
    /** The copy that gave way to it (5.6). */
    gaveWayId: optional(string()),
    /** Why it has not begun, or came to nothing; and since when. */
    problemCode: optional(string()),
    problemMessage: optional(string()),
    problemSince: optional(string()),
    /** Tries that came to nothing. */
    attempts: number(),
    createdAt: string(),
    finishedAt: optional(string()),
    /** Present while it is WAITING: where the janitor finds it, and when it is to be woken. */
    wakeShard: optional(number()),
    wakeAt: optional(string()),
    /** Epoch second after which the row may go, as its run does. */
    forgetAt: number(),
  },
  primary: { partition: ['accountId', 'snapshotId'], sort: ['region'] },
  indexes: { byWake: { slot: 1, partition: ['wakeShard'], sort: ['wakeAt', 'snapshotId', 'region'] } },
  expiry: 'forgetAt',
});
export type PolicyCopyRow = RowOf<typeof policyCopyEntity>;

export type PolicyCopyKey = Pick<PolicyCopyRow, 'accountId' | 'snapshotId' | 'region'>;

/** Many begin in the same minute, where a policy is due. */
export const POLICY_COPY_SHARDS = 8;

/** All attributes of the index, which a patch of one of them has to hold. */
export function copyWakeAt({ snapshotId, region }: Omit<PolicyCopyKey, 'accountId'>, wakeAt: string) {
  return { snapshotId, region, wakeShard: snapshotId.charCodeAt(snapshotId.length - 1) % POLICY_COPY_SHARDS, wakeAt };
}

/** Attributes of one that waits. */
export const PLACE = ['wakeShard', 'wakeAt'] as const;

interface Wanted {
  readonly run: Pick<RunRow, 'accountId' | 'policyId'>;
  readonly snapshotId: string;
  readonly target: CopyTarget;
  readonly nowMs: number;
  /** A worker that was woken has begun by then. */
  readonly wakeAt: string;
}

export function newPolicyCopy({ run, snapshotId, target, nowMs, wakeAt }: Wanted): PolicyCopyRow {
  const { accountId, policyId } = run;
  return {
    accountId,
    policyId,
    ...target,
    status: 'WAITING',
    attempts: 0,
    createdAt: isoTime(nowMs),
    forgetAt: forgetAfter(nowMs),
    ...copyWakeAt({ snapshotId, region: target.region }, wakeAt),
  };
}

/** Of a copy that it has begun, and of no later one. */
export function copyWrite(row: PolicyCopyRow, change: Omit<Change<PolicyCopyRow>, 'when'>): Write {
  const { accountId, snapshotId, region, copyId = '' } = row;
  return patch(policyCopyEntity, { accountId, snapshotId, region }, { ...change, when: [equal('copyId', copyId)] });
}
