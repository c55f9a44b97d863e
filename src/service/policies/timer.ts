import { mapBounded } from '../../platform/bounded.ts';
import { equal, patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import type { WorkMessage } from '../../platform/queue/port.ts';
import { DUE_SHARDS, type PolicyRow, policyEntity } from '../model/policies/rows.ts';
import { type SlotKey, type SlotRow, slotEntity, WAKE_SHARDS, wakeAt } from '../model/policies/run-rows.ts';
import type { Service } from '../service.ts';
import { openSlots, WAKE_AFTER_MS } from './open-slots.ts';

const PAGE = 100;
/** Policies whose slots are opened at the same time, of each shard. */
const IN_FLIGHT = 8;

export interface Ticked {
  readonly opened: number;
  readonly woken: number;
}

/**
 * One firing of the timer. May fire late, twice, or at the same time: each slot is opened once, and waking a worker twice does no harm. What a
 * tick leaves for want of time, the next one finds.
 */
export async function tick(service: Service, until: number): Promise<Ticked> {
  const opened = await mapBounded(shards(DUE_SHARDS), DUE_SHARDS, (shard) => openDue(service, shard, until));
  const woken = await mapBounded(shards(WAKE_SHARDS), WAKE_SHARDS, (shard) => wakeSleeping(service, shard, until));
  return { opened: sum(opened), woken: sum(woken) };
}

const shards = (count: number) => Array.from({ length: count }, (_, shard) => shard);
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

async function openDue(service: Service, dueShard: number, until: number): Promise<number> {
  let opened = 0;
  for (let after: PolicyRow | undefined; service.clock.now() < until; ) {
    const query = { index: 'byDue' as const, partition: { dueShard }, limit: PAGE, ...(after && { after }) };
    const { rows, more } = await service.catalogue.list(policyEntity, query);
    const now = isoTime(service.clock.now());
    const due = rows.filter(({ nextRunAt = '' }) => nextRunAt <= now);
    const slots = (await mapBounded(due, IN_FLIGHT, (policy) => openSlots(service, policy))).filter(isThere);
    await service.queue.send(slots.map(messageOf));
    opened += slots.length;
    const last = rows.at(-1);
    if (!more || last === undefined || due.length < rows.length) return opened;
    after = last;
  }
  return opened;
}

/** Slots whose message was lost, whose worker died, or with disks that are to be tried again. */
async function wakeSleeping(service: Service, wakeShard: number, until: number): Promise<number> {
  let woken = 0;
  while (service.clock.now() < until) {
    const query = { index: 'byWake' as const, partition: { wakeShard }, limit: PAGE };
    const { rows, more } = await service.catalogue.list(slotEntity, query);
    const now = isoTime(service.clock.now());
    const sleeping = rows.filter(({ wakeAt: at = '' }) => at <= now);
    const claimed = (await mapBounded(sleeping, IN_FLIGHT, (slot) => claim(service, slot))).filter(isThere);
    await service.queue.send(claimed.map(messageOf));
    woken += claimed.length;
    if (!more || sleeping.length < rows.length || claimed.length === 0) return woken;
  }
  return woken;
}

/** Not woken again before it had time to begin; by one timer alone. */
async function claim({ catalogue, clock }: Service, slot: SlotRow): Promise<SlotRow | undefined> {
  const { accountId, policyId, slotAt } = slot;
  const set = wakeAt(slot, isoTime(clock.now() + WAKE_AFTER_MS));
  const when = [equal('wakeAt', slot.wakeAt ?? '')];
  const result = await catalogue.transact([patch(slotEntity, { accountId, policyId, slotAt }, { set, when })]);
  return result.ok ? slot : undefined;
}

const isThere = <T>(value: T | undefined): value is T => value !== undefined;

function messageOf({ accountId, policyId, slotAt }: SlotKey): WorkMessage {
  return { kind: 'slot', accountId, policyId, slotAt };
}
