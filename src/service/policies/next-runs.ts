import type { PlannedRun } from '../../generated/schema.ts';
import { isoTime } from '../../platform/clock.ts';
import { parseWhole } from '../calls/numbers.ts';
import type { PolicyRow } from '../model/policies/rows.ts';
import { asLocalSlot, type Schedule, slotsAfter } from '../model/policies/schedule.ts';

const FIRST = { min: 1, max: 100 };

/** The next slots of a schedule. Its cost is arithmetic alone. */
export function plannedRuns(schedule: Schedule, afterMs: number, first: number): PlannedRun[] {
  const runs: PlannedRun[] = [];
  const wanted = parseWhole('first', first, FIRST);
  for (const slot of slotsAfter(schedule, afterMs)) {
    const { utcOffsetMinutes, moved } = asLocalSlot(schedule, slot);
    runs.push({ at: isoTime(slot), utcOffsetMinutes, moved });
    if (runs.length === wanted) break;
  }
  return runs;
}

/**
 * The next slot is the one that the timer waits for, however late it is; those after it lie in the
 * future.
 */
export function nextRunsOf(policy: PolicyRow, nowMs: number, first: number): PlannedRun[] {
  const wanted = parseWhole('first', first, FIRST);
  if (policy.nextRunAt === undefined) return [];
  const dueMs = Date.parse(policy.nextRunAt);
  const [due] = plannedRuns(policy, dueMs - 1, 1);
  if (due === undefined || wanted === 1) return due === undefined ? [] : [due];
  return [due, ...plannedRuns(policy, Math.max(dueMs, nowMs), wanted - 1)];
}
