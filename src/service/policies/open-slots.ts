import type { PolicySlotStatus } from '../../generated/schema.ts';
import { equal, patch, put, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { dueAt, type PolicyRow, policyEntity } from '../model/policies/rows.ts';
import { forgetAfter, type SlotRow, slotEntity, wakeAt } from '../model/policies/run-rows.ts';
import { localDate, nextRun, slotsBetween } from '../model/policies/schedule.ts';
import type { Service } from '../service.ts';
import { seenPolicy } from './register.ts';

/** Missed slots that are recorded in one transaction: it holds 100 writes. */
const MISSED_AT_ONCE = 90;
/** A worker that was woken has begun by then; else its message was lost. */
export const WAKE_AFTER_MS = 120_000;

type OpenService = Pick<Service, 'catalogue' | 'clock' | 'trust'>;

/**
 * Rule 5.3. Of the slots that are due, the latest is opened and the earlier ones are recorded as
 * missed, in the transaction that moves the policy's next run on:
 *
 *     A: read (next run 12:00) ─────── write: 12:00 is open, next run 18:00 ─ send
 *     B:      read (next run 12:00) ───────────── write: refused, as the next run is another by now
 *
 * A timer killed before the message is sent has left the row, which is found when it is to wake a
 * worker. After a long time, missed slots take several transactions; each leaves the next run where
 * the following one begins. A slot that a clock opened, or recorded as missed, while it was ahead
 * is opened again when its time has come (10.4).
 */
export async function openSlots(service: OpenService, due: PolicyRow): Promise<SlotRow | undefined> {
  for (let policy: PolicyRow | undefined = due; policy !== undefined; ) {
    const nowMs = service.clock.now();
    if (policy.nextRunAt === undefined || policy.nextRunAt > isoTime(nowMs)) return undefined;
    const { missed, latest, next } = decide(policy, Date.parse(policy.nextRunAt), nowMs);
    const missedSlots = (policy.missedSlots ?? 0) + missed.length;
    const opened = latest === undefined ? undefined : slotRow(policy, { slotMs: latest, nowMs, missedSlots });
    const rows = [
      ...missed.map((slotMs) => slotRow(policy as PolicyRow, { slotMs, nowMs })),
      ...(opened ? [opened] : []),
    ];
    // A clock that lags behind may have set a next run that was there already.
    const known = await service.catalogue.getMany(slotEntity, rows.map(keyOf));
    const { accountId, id }: PolicyRow = policy;
    const after = { ...dueAt(id, isoTime(next)), missedSlots: opened === undefined ? missedSlots : 0 };
    const result = await service.catalogue.transact([
      patch(policyEntity, { accountId, id }, { set: after, when: seenPolicy(policy) }),
      ...rows.flatMap((row, at) => slotWrites(service, row, known[at])),
    ]);
    if (result.ok && opened !== undefined) return opened;
    policy = await service.catalogue.get(policyEntity, { accountId, id });
  }
  return undefined;
}

function slotWrites(service: OpenService, row: SlotRow, known: SlotRow | undefined): Write[] {
  if (known === undefined) return [put(slotEntity, row)];
  if (row.status === 'MISSED' || !wasStoredAhead(service, known.openedAt)) return [];
  return [put(slotEntity, { ...row, reopened: true }, [equal('openedAt', known.openedAt)])];
}

const keyOf = ({ accountId, policyId, slotAt }: SlotRow) => ({ accountId, policyId, slotAt });

function decide(policy: PolicyRow, fromMs: number, nowMs: number) {
  const slots = slotsBetween(policy, fromMs, nowMs, MISSED_AT_ONCE + 1);
  const following = slots[MISSED_AT_ONCE];
  if (following !== undefined) return { missed: slots.slice(0, -1), latest: undefined, next: following };
  return { missed: slots.slice(0, -1), latest: slots.at(-1), next: nextRun(policy, nowMs) };
}

interface Opening {
  readonly slotMs: number;
  readonly nowMs: number;
  /** Left out: the slot itself was missed. */
  readonly missedSlots?: number;
}

function slotRow(policy: PolicyRow, { slotMs, nowMs, missedSlots }: Opening): SlotRow {
  const { accountId, id: policyId, region, retentionDays, copyTargets = [] } = policy;
  const key = { accountId, policyId, slotAt: isoTime(slotMs) };
  const status: PolicySlotStatus = missedSlots === undefined ? 'MISSED' : 'RUNNING';
  return {
    ...key,
    region,
    status,
    date: localDate(policy, slotMs),
    missedSlots: missedSlots ?? 0,
    done: 0,
    skipped: 0,
    failed: 0,
    again: 0,
    openedAt: isoTime(nowMs),
    forgetAt: forgetAfter(nowMs),
    ...(retentionDays === undefined ? {} : { retentionDays }),
    ...(copyTargets.length > 0 && { copyTargets }),
    ...(status === 'MISSED' ? { finishedAt: isoTime(nowMs) } : wakeAt(key, isoTime(nowMs + WAKE_AFTER_MS))),
  };
}
