import { equal, patch, put, remove } from '../../platform/catalogue/port.ts';
import { pagesOfRows } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import type { Round } from '../../platform/sweep.ts';
import { isFromTheFuture, MOST_SKEW_MS } from '../../platform/time/clock-trust.ts';
import { dueCheckEntity, type PolicyRow, policyEntity } from '../model/policies/rows.ts';
import { dueNext } from '../model/policies/rules.ts';
import { slotEntity } from '../model/policies/run-rows.ts';
import { nextRun } from '../model/policies/schedule.ts';
import type { Service } from '../service.ts';
import { seenPolicy } from './register.ts';

/** Policies of each shard that a tick looks at: what is more has its turn in the ticks after it. */
const LOOKED_AT = 100;
const IN_FLIGHT = 8;
const PAGE = 90; // one transaction

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
async function reschedule(service: Service, policy: PolicyRow): Promise<void> {
  const { catalogue, clock } = service;
  const { accountId, id, nextRunAt } = policy;
  if (nextRunAt === undefined) return;
  const now = clock.now();
  if (Date.parse(nextRunAt) <= nextRun(policy, now + MOST_SKEW_MS)) return;
  await forgetMissedAhead(service, policy);
  await catalogue.transact([
    patch(policyEntity, { accountId, id }, { set: dueNext(policy, now), when: seenPolicy(policy) }),
  ]);
}

/**
 * Slots that are still to come, and were recorded as missed. Before the next run is mended, so that
 * a tick that is cut off here goes on with the rest.
 */
async function forgetMissedAhead({ catalogue, clock }: Service, policy: PolicyRow): Promise<void> {
  const { accountId, id: policyId } = policy;
  const now = clock.now();
  const after = { slotAt: isoTime(now + MOST_SKEW_MS) };
  const query = { partition: { accountId, policyId }, after, pageSize: PAGE };
  for await (const { rows } of pagesOfRows(catalogue, slotEntity, query)) {
    const missed = rows.filter(({ status, openedAt }) => status === 'MISSED' && isFromTheFuture(openedAt, now));
    await catalogue.transact(
      missed.map(({ slotAt }) => remove(slotEntity, { accountId, policyId, slotAt }, [equal('status', 'MISSED')])),
    );
  }
}
