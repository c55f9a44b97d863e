import type { PolicyRunStatus, PolicySlotStatus } from '../../../generated/schema.ts';
import { boolean, entity, list, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import type { CopyTarget } from './rows.ts';

/**
 * One instant at which a policy was due, and how far the work that follows from it has come.
 * Written in the transaction that moves the policy's next run on, so there is one for each slot,
 * and none is lost.
 */
export const slotEntity = entity({
  name: 'policyslot',
  attributes: {
    accountId: string(),
    policyId: string(),
    slotAt: string(),
    region: string(),
    status: string<PolicySlotStatus>(),
    /** The policy's local date, as snapshots are named by it (4.7). */
    date: string(),
    /** As the policy had it when the slot was opened (5.5); absent for ever. */
    retentionDays: optional(number()),
    /** The same of its copies (7.2). */
    copyTargets: optional(list<CopyTarget>()),
    /** Slots before it that were missed, as the timer was down. */
    missedSlots: number(),
    /** The disks up to this id have had their run. */
    after: optional(string()),
    done: number(),
    skipped: number(),
    failed: number(),
    /** Of those skipped and failed: how many are tried again. */
    again: number(),
    openedAt: string(),
    /** It had been opened before, by a clock that was ahead: those runs do not count (10.4). */
    reopened: optional(boolean()),
    finishedAt: optional(string()),
    /** Where and when the timer wakes a worker for it; absent once it is finished. */
    wakeShard: optional(number()),
    wakeAt: optional(string()),
    /** Epoch second after which the row may go. */
    forgetAt: number(),
  },
  primary: { partition: ['accountId', 'policyId'], sort: ['slotAt'] },
  indexes: { byWake: { slot: 1, partition: ['wakeShard'], sort: ['wakeAt', 'policyId', 'slotAt'] } },
  expiry: 'forgetAt',
});
export type SlotRow = RowOf<typeof slotEntity>;

export type SlotKey = Pick<SlotRow, 'accountId' | 'policyId' | 'slotAt'>;

export const WAKE_SHARDS = 8;

/** All attributes of the index, which a patch of one of them has to hold. */
export function wakeAt({ policyId, slotAt }: SlotKey, at: string): Partial<SlotRow> {
  return { policyId, slotAt, wakeShard: policyId.charCodeAt(policyId.length - 1) % WAKE_SHARDS, wakeAt: at };
}

/**
 * What became of one disk in one slot. A DONE one is written in the transaction that makes the
 * snapshot, on the condition that there is none. So there is at most one snapshot for a disk,
 * policy and slot, whatever is delivered twice.
 */
export const runEntity = entity({
  name: 'policyrun',
  attributes: {
    accountId: string(),
    diskId: string(),
    policyId: string(),
    slotAt: string(),
    status: string<PolicyRunStatus>(),
    code: optional(string()),
    message: optional(string()),
    snapshotId: optional(string()),
    /** The snapshot that gave way to it (5.6). */
    gaveWayId: optional(string()),
    /** Where the snapshot is copied to: each has a row of its own (copy-rows.ts). */
    copyRegions: optional(list<string>()),
    missedSlots: number(),
    /** Goes up with each writing, so that two never overwrite each other. */
    tries: number(),
    /** The slot again while it is still to be tried (5.4). */
    retrySlot: optional(string()),
    at: string(),
    forgetAt: number(),
  },
  primary: { partition: ['accountId', 'diskId'], sort: ['slotAt', 'policyId'] },
  indexes: {
    byPolicy: { slot: 1, partition: ['accountId', 'policyId'], sort: ['slotAt', 'diskId'] },
    byRetry: { slot: 2, partition: ['accountId', 'policyId', 'retrySlot'], sort: ['diskId'] },
  },
  expiry: 'forgetAt',
});
export type RunRow = RowOf<typeof runEntity>;

const KEPT_DAYS = 90;
const DAY_S = 86_400;

/** History is kept for a while and then goes by itself. */
export function forgetAfter(nowMs: number): number {
  return Math.floor(nowMs / 1000) + KEPT_DAYS * DAY_S;
}
