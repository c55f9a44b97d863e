import type { PolicyStatus, Tag } from '../../../generated/schema.ts';
import { entity, list, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import type { ToldQuota } from '../quotas/crossing.ts';

/** Another region, and how long copies are kept there; for ever if it does not say. */
export interface CopyTarget {
  readonly region: string;
  readonly retentionDays?: number;
}

/** Rule 5.1. */
export const policyEntity = entity({
  name: 'policy',
  attributes: {
    accountId: string(),
    id: string(),
    region: string(),
    name: string(),
    hours: list<number>(),
    weekdays: list<number>(),
    timeZone: string(),
    /** Absent: for ever. */
    retentionDays: optional(number()),
    /** Where its snapshots are copied to (7.2), if anywhere. */
    copyTargets: optional(list<CopyTarget>()),
    status: string<PolicyStatus>(),
    /** Where the timer finds it, and when; absent while it is PAUSED. */
    dueShard: optional(number()),
    nextRunAt: optional(string()),
    /** Slots that were missed since the last one that was opened. */
    missedSlots: optional(number()),
    /** Goes up with each change by a user, so that two never overwrite each other. */
    revision: number(),
    tags: list<Tag>(),
    createdAt: string(),
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: {
    byDue: { slot: 1, partition: ['dueShard'], sort: ['nextRunAt', 'id'] },
  },
});
export type PolicyRow = RowOf<typeof policyEntity>;

/** Spreads policies over the index that the timer reads. */
export const DUE_SHARDS = 8;

/** A policy's place among those that are due at some time. */
export function dueAt(id: string, nextRunAt: string): Pick<PolicyRow, 'id' | 'dueShard' | 'nextRunAt'> {
  return { id, dueShard: id.charCodeAt(id.length - 1) % DUE_SHARDS, nextRunAt };
}

/**
 * Where the timer goes on to look for next runs that lie too far ahead: one row for each shard of
 * the index, while there are more policies than it looks at in one tick.
 */
export const dueCheckEntity = entity({
  name: 'policyduecheck',
  attributes: {
    dueShard: number(),
    nextRunAt: string(),
    id: string(),
  },
  primary: { partition: ['dueShard'], sort: [] },
});
export type DueCheckRow = RowOf<typeof dueCheckEntity>;

/**
 * The policies of an account in a region, which the quota holds down (1.4), all in one row: read at
 * once, and always up to date.
 */
export const policyRegisterEntity = entity({
  name: 'policyregister',
  attributes: {
    accountId: string(),
    region: string(),
    ids: list<string>(),
    revision: number(),
    /** How full their quota was when somebody was told last. */
    told: optional(string<ToldQuota>()),
  },
  primary: { partition: ['accountId', 'region'], sort: [] },
});
export type PolicyRegisterRow = RowOf<typeof policyRegisterEntity>;

/** That a disk is under a policy: there exactly while the disk's row names the policy. */
export const coverEntity = entity({
  name: 'policydisk',
  attributes: {
    accountId: string(),
    policyId: string(),
    diskId: string(),
  },
  primary: { partition: ['accountId', 'policyId'], sort: ['diskId'] },
});
export type CoverRow = RowOf<typeof coverEntity>;

/** How many disks are under a policy, in shards, so that many can be put under it at once. */
export const coverCountEntity = entity({
  name: 'policydisks',
  attributes: {
    accountId: string(),
    policyId: string(),
    shard: number(),
    count: number(),
  },
  primary: { partition: ['accountId', 'policyId', 'shard'], sort: [] },
});
export type CoverCountRow = RowOf<typeof coverCountEntity>;

export const COVER_SHARDS = 4;

/**
 * A deleted policy that still is to be cancelled for disks: written with the deletion, removed at
 * the end.
 */
export const cancellationEntity = entity({
  name: 'policycancellation',
  attributes: {
    shard: number(),
    policyId: string(),
    accountId: string(),
  },
  primary: { partition: ['shard'], sort: ['policyId'] },
});
export type CancellationRow = RowOf<typeof cancellationEntity>;

export const CANCELLATION_SHARDS = 4;

export function cancellationShard(policyId: string): number {
  return policyId.charCodeAt(policyId.length - 1) % CANCELLATION_SHARDS;
}
