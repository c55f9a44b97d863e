import { patch, put, remove } from '../../platform/catalogue/port.ts';
import type { Round } from '../../platform/sweep.ts';
import { MOST_SKEW_MS } from '../../platform/time/clock-trust.ts';
import { dueCheckEntity, type PolicyRow, policyEntity } from '../model/policies/rows.ts';
import { dueNext } from '../model/policies/rules.ts';
import { nextRun } from '../model/policies/schedule.ts';
import type { Service } from '../service.ts';
import { seenPolicy } from './register.ts';

/** Policies of each shard that a tick looks at: what is more has its turn in the ticks after it. */
const LOOKED_AT = 100;
const IN_FLIGHT = 8;

/**
 * Rule 10.4: a next run that is further away than the schedule allows was stored by a clock that
 * was ahead, and nothing would run until then. Looks from the far end of the index, where those
 * are, and goes on from there tick by tick until it meets what is due; then from the end again.
 */
export async function rescheduleAhead(service: Service, round: Round<never>, dueShard: number): Promise<void> {
  const { catalogue, clock, trust } = service;
  if (!trust.isTrusted(clock.now())) return;
  const place = await catalogue.get(dueCheckEntity, { dueShard });
  const after = place && { nextRunAt: place.nextRunAt, id: place.id };
  const query = { index: 'byDue' as const, partition: { dueShard }, limit: LOOKED_AT, descending: true };
  const { rows, more } = await catalogue.list(policyEntity, { ...query, ...(after && { after }) });
  await round.each(rows, (policy) => reschedule(service, policy), { atOnce: IN_FLIGHT });
  const last = rows.at(-1);
  const isMore = more && last?.nextRunAt !== undefined && Date.parse(last.nextRunAt) > clock.now();
  if (isMore) {
    await catalogue.transact([put(dueCheckEntity, { dueShard, nextRunAt: last.nextRunAt ?? '', id: last.id }, 'any')]);
  } else if (place !== undefined) {
    await catalogue.transact([remove(dueCheckEntity, { dueShard })]);
  }
}

/**
 * Timers whose clocks differ a little leave alone what one of them has just moved on:
 *
 *     A (12:00:01): next run 12:00 → 18:00
 *     B (11:59:59): next run 18:00, and by the schedule 12:00 is to come: it may have been opened
 */
async function reschedule({ catalogue, clock }: Service, policy: PolicyRow): Promise<void> {
  const { accountId, id, nextRunAt } = policy;
  if (nextRunAt === undefined) return;
  const now = clock.now();
  if (Date.parse(nextRunAt) <= nextRun(policy, now + MOST_SKEW_MS)) return;
  await catalogue.transact([
    patch(policyEntity, { accountId, id }, { set: dueNext(policy, now), when: seenPolicy(policy) }),
  ]);
}
