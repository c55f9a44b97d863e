import type { PlannedRun } from '../../generated/schema.ts';
import { isoTime } from '../../platform/clock.ts';
import { parseWhole } from '../calls/numbers.ts';
import type { PolicyRow } from '../model/policies/rows.ts';
import { asLocalSlot, type Schedule, slotsBetween } from '../model/policies/schedule.ts';

const FIRST = { min: 1, max: 100 };

/** The next slots of a schedule. Its cost is arithmetic alone. */
export function plannedRuns(schedule: Schedule, afterMs: number, first: number): PlannedRun[] {
  return runsAfter(schedule, afterMs, parseWhole('first', first, FIRST));
}

/**
 * The next slot is the one that the timer waits for, however late it is; those after it lie in the
 * future.
 */
export function nextRunsOf(policy: PolicyRow, nowMs: number, first: number): PlannedRun[] {
  const wanted = parseWhole('first', first, FIRST);
  if (policy.nextRunAt === undefined) return [];
  const dueMs = Date.parse(policy.nextRunAt);
  const due = runsAfter(policy, dueMs - 1, 1);
  return [...due, ...runsAfter(policy, Math.max(dueMs, nowMs), wanted - 1)];
}

function runsAfter(schedule: Schedule, afterMs: number, most: number): PlannedRun[] {
  return slotsBetween(schedule, afterMs + 1, Number.POSITIVE_INFINITY, most).map((slot) => {
    const { utcOffsetMinutes, moved } = asLocalSlot(schedule, slot);
    return { at: isoTime(slot), utcOffsetMinutes, moved };
  });
}
