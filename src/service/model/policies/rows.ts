import type { PolicyStatus } from '../../../generated/schema.ts';
import type { Entity } from '../../../platform/catalogue/port.ts';
import type { Tags } from '../../calls/tags.ts';

/** Rule 5.1. */
export interface PolicyRow {
  readonly accountId: string;
  readonly id: string;
  readonly region: string;
  readonly name: string;
  readonly hours: readonly number[];
  readonly weekdays: readonly number[];
  readonly timeZone: string;
  /** Absent: for ever. */
  readonly retentionDays?: number;
  readonly status: PolicyStatus;
  /** Where the timer finds it, and when; absent while it is PAUSED. */
  readonly dueShard?: number;
  readonly nextRunAt?: string;
  /** Slots that were missed since the last one that was opened. */
  readonly missedSlots?: number;
  /** Goes up with each change by a user, so that two never overwrite each other. */
  readonly revision: number;
  readonly tags: Tags;
  readonly createdAt: string;
}

export const policyEntity: Entity<PolicyRow> = {
  name: 'policy',
  attributes: {
    accountId: 'string',
    id: 'string',
    region: 'string',
    name: 'string',
    hours: 'list',
    weekdays: 'list',
    timeZone: 'string',
    retentionDays: 'number',
    status: 'string',
    dueShard: 'number',
    nextRunAt: 'string',
    missedSlots: 'number',
    revision: 'number',
    tags: 'list',
    createdAt: 'string',
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: {
    byDue: { slot: 1, partition: ['dueShard'], sort: ['nextRunAt', 'id'] },
  },
};

/** Spreads policies over the index that the timer reads. */
export const DUE_SHARDS = 8;

/** A policy's place among those that are due at some time. */
export function dueAt(id: string, nextRunAt: string): Pick<PolicyRow, 'id' | 'dueShard' | 'nextRunAt'> {
  return { id, dueShard: id.charCodeAt(id.length - 1) % DUE_SHARDS, nextRunAt };
}

/** The policies of an account in a region, which the quota holds down (1.4), all in one row: read at once, and always up to date. */
export interface PolicyRegisterRow {
  readonly accountId: string;
  readonly region: string;
  readonly ids: readonly string[];
  readonly revision: number;
}

export const policyRegisterEntity: Entity<PolicyRegisterRow> = {
  name: 'policyregister',
  attributes: { accountId: 'string', region: 'string', ids: 'list', revision: 'number' },
  primary: { partition: ['accountId', 'region'], sort: [] },
};

/** That a disk is under a policy: there exactly while the disk's row names the policy. */
export interface CoverRow {
  readonly accountId: string;
  readonly policyId: string;
  readonly diskId: string;
}

export const coverEntity: Entity<CoverRow> = {
  name: 'policydisk',
  attributes: { accountId: 'string', policyId: 'string', diskId: 'string' },
  primary: { partition: ['accountId', 'policyId'], sort: ['diskId'] },
};

/** How many disks are under a policy, in shards, so that many can be put under it at once. */
export interface CoverCountRow {
  readonly accountId: string;
  readonly policyId: string;
  readonly shard: number;
  readonly count: number;
}

export const coverCountEntity: Entity<CoverCountRow> = {
  name: 'policydisks',
  attributes: { accountId: 'string', policyId: 'string', shard: 'number', count: 'number' },
  primary: { partition: ['accountId', 'policyId', 'shard'], sort: [] },
};

export const COVER_SHARDS = 4;

/** A deleted policy that still is to be cancelled for disks: written with the deletion, removed at the end. */
export interface CancellationRow {
  readonly shard: number;
  readonly policyId: string;
  readonly accountId: string;
}

export const cancellationEntity: Entity<CancellationRow> = {
  name: 'policycancellation',
  attributes: { shard: 'number', policyId: 'string', accountId: 'string' },
  primary: { partition: ['shard'], sort: ['policyId'] },
};

export const CANCELLATION_SHARDS = 4;

export function cancellationShard(policyId: string): number {
  return policyId.charCodeAt(policyId.length - 1) % CANCELLATION_SHARDS;
}
