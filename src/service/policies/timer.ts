import { equal, patch } from '../../platform/catalogue/port.ts';
import { pagesOfRows } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import type { WorkMessage } from '../../platform/queue/port.ts';
import { type Round, shards, sweep } from '../../platform/sweep.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { DUE_SHARDS, type PolicyRow, policyEntity } from '../model/policies/rows.ts';
import { type SlotKey, type SlotRow, slotEntity, WAKE_SHARDS, wakeAt } from '../model/policies/run-rows.ts';
import type { Service } from '../service.ts';
import { openSlots, WAKE_AFTER_MS } from './open-slots.ts';
import { rescheduleAhead } from './reschedule.ts';
import { RETRY_EVERY_MS } from './run-slot.ts';

const PAGE = 100;
/** Policies whose slots are opened at the same time, of each shard. */
const IN_FLIGHT = 8;

export interface Ticked {
  readonly opened: number;
  readonly woken: number;
}

/**
 * One firing of the timer. May fire late, twice, or at the same time: each slot is opened once, and
 * waking a worker twice does no harm. What a tick leaves for want of time, the next one finds.
 */
export function tick(service: Service, until: number): Promise<Ticked> {
  return sweep(service.clock, { until, counts: ['opened', 'woken'] }, async (round) => {
    const dueShards = shards(DUE_SHARDS);
    await round.each(dueShards, (shard) => rescheduleAhead(service, round, shard), { atOnce: DUE_SHARDS });
    await round.each(dueShards, (shard) => openDue(service, round, shard), { atOnce: DUE_SHARDS });
    await round.each(shards(WAKE_SHARDS), (shard) => wakeSleeping(service, round, shard), { atOnce: WAKE_SHARDS });
  });
}

type TimerRound = Round<keyof Ticked>;

function openDue(service: Service, round: TimerRound, dueShard: number): Promise<boolean> {
  const now = isoTime(service.clock.now());
  const isDue = ({ nextRunAt = '' }: PolicyRow) => nextRunAt <= now;
  const query = { index: 'byDue' as const, partition: { dueShard }, pageSize: PAGE, while: isDue };
  return round.each(pagesOfRows(service.catalogue, policyEntity, query), async ({ rows }) => {
    const opened = await slotsOf(round, rows, (policy) => openSlots(service, policy));
    await service.queue.send(opened.map(messageOf));
    round.count('opened', opened.length);
  });
}

/**
 * Slots whose message was lost, whose worker died, or with disks that are to be tried again; and
 * those that a clock put to sleep while it was ahead (10.4): they sleep the longest.
 */
async function wakeSleeping(service: Service, round: TimerRound, wakeShard: number): Promise<void> {
  const { catalogue } = service;
  const now = isoTime(service.clock.now());
  const isSleeping = ({ wakeAt: at = '' }: SlotRow) => at <= now;
  const isAhead = ({ wakeAt: at = '' }: SlotRow) => wasStoredAhead(service, at, RETRY_EVERY_MS);
  const query = { index: 'byWake' as const, partition: { wakeShard }, pageSize: PAGE };
  const wake = async ({ rows }: { readonly rows: readonly SlotRow[] }) => {
    const claimed = await slotsOf(round, rows, (slot) => claim(service, slot));
    await service.queue.send(claimed.map(messageOf));
    round.count('woken', claimed.length);
  };
  await round.each(pagesOfRows(catalogue, slotEntity, { ...query, while: isSleeping }), wake);
  await round.each(pagesOfRows(catalogue, slotEntity, { ...query, descending: true, while: isAhead }), wake);
}

/** The slots that a page of rows leads to: their messages are sent together. */
async function slotsOf<Row>(
  round: TimerRound,
  rows: readonly Row[],
  work: (row: Row) => Promise<SlotRow | undefined>,
): Promise<SlotRow[]> {
  const slots: SlotRow[] = [];
  const keep = async (row: Row) => {
    const slot = await work(row);
    if (slot !== undefined) slots.push(slot);
  };
  await round.each(rows, keep, { atOnce: IN_FLIGHT });
  return slots;
}

/** Not woken again before it had time to begin; by one timer alone. */
async function claim({ catalogue, clock }: Service, slot: SlotRow): Promise<SlotRow | undefined> {
  const { accountId, policyId, slotAt } = slot;
  const set = wakeAt(slot, isoTime(clock.now() + WAKE_AFTER_MS));
  const when = [equal('wakeAt', slot.wakeAt ?? '')];
  const result = await catalogue.transact([patch(slotEntity, { accountId, policyId, slotAt }, { set, when })]);
  return result.ok ? slot : undefined;
}

function messageOf({ accountId, policyId, slotAt }: SlotKey): WorkMessage {
  return { kind: 'slot', accountId, policyId, slotAt };
}
