import type { PolicyRunStatus } from '../../../generated/schema.ts';
import type { ErrorCode } from '../../../platform/errors.ts';
import { isFromTheFuture } from '../../../platform/time/clock-trust.ts';
import type { SlotRow } from './run-rows.ts';

export const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Rule 5.3: reasons that are no failure, as nothing was to be done or the account knows why. */
const SKIPS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'SnapshotCreating',
  'AccountInArrears',
  'IncorrectDiskStatus',
  'IncorrectInstanceStatus',
  'SnapshotServiceNotOpened',
  'UnsupportedDiskCategory',
]);

/** What may be over in a moment (5.4). Internal: what broke may be mended. */
const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['SnapshotCreating', 'Throttled', 'Internal']);

export function statusOfRefusal(code: ErrorCode): Exclude<PolicyRunStatus, 'DONE'> {
  return SKIPS.has(code) ? 'SKIPPED' : 'FAILED';
}

/** Rule 5.4: it is tried again within the hour. */
export function isTriedAgain(code: ErrorCode, slot: SlotRow, nowMs: number): boolean {
  return PASSING.has(code) && !areRetriesOver(slot, nowMs);
}

/** If a clock that was ahead opened the slot, they are over: nobody knows when they began. */
export function areRetriesOver(slot: SlotRow, nowMs: number): boolean {
  return retriesEnd(slot) <= nowMs || isFromTheFuture(slot.openedAt, nowMs);
}

export function retriesEnd({ openedAt }: SlotRow): number {
  return Date.parse(openedAt) + HOUR_MS;
}
