import { absent, equal, patch, put, remove, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { recordEvent } from '../model/events/record.ts';
import { DISABLED_AFTER_MS, quietAfter, TRIED_FOR_MS, waitAfterTry } from '../model/webhooks/retries.ts';
import {
  type DeliveryEnd,
  type DueDeliveryRow,
  deliveryEntity,
  dueDeliveryEntity,
  forgetDeliveryAt,
  type WebhookRow,
  webhookEntity,
} from '../model/webhooks/rows.ts';
import type { Service } from '../service.ts';
import { keyOf } from './due.ts';
import type { Tried } from './send.ts';

/** Keeps how tries have ended. What is not kept, as the worker was killed, is tried again. */
export async function noteResults(service: Service, row: WebhookRow, results: readonly Tried[]): Promise<void> {
  const isUp = results.some(({ isTaken }) => isTaken);
  for (const result of results) await noteResult(service, row, result);
  if (isUp) await noteUp(service, row);
  else await noteDown(service, row, results);
}

async function noteResult(service: Service, row: WebhookRow, tried: Tried): Promise<void> {
  const now = service.clock.now();
  const delivery = afterTry(tried, now);
  if (tried.isTaken) {
    await service.catalogue.transact(endWrites(delivery, 'DELIVERED', now));
    return;
  }
  if (Date.parse(delivery.createdAt) + TRIED_FOR_MS <= now) return giveUp(service, row, [delivery]);
  const dueAt = isoTime(now + waitAfterTry(delivery.attempts, spreadOf(service)));
  await service.catalogue.transact([removeDue(tried.delivery), put(dueDeliveryEntity, { ...delivery, dueAt }, 'any')]);
}

function afterTry({ delivery, status, error }: Tried, now: number): DueDeliveryRow {
  const { lastStatus: _, lastError: __, ...rest } = delivery;
  return {
    ...rest,
    attempts: delivery.attempts + 1,
    lastTriedAt: isoTime(now),
    ...(status !== undefined && { lastStatus: status }),
    ...(error !== undefined && { lastError: error }),
  };
}

/** Refused where another worker has ended it meanwhile: what it has noted stands. */
function removeDue(delivery: DueDeliveryRow): Write {
  return remove(dueDeliveryEntity, keyOf(delivery), [equal('eventId', delivery.eventId)]);
}

function endWrites(delivery: DueDeliveryRow, end: DeliveryEnd, now: number): Write[] {
  const { dueAt: _, ...rest } = delivery;
  return [
    removeDue(delivery),
    put(deliveryEntity, { ...rest, end, endedAt: isoTime(now), forgetAt: forgetDeliveryAt(now) }, 'any'),
  ];
}

/**
 * They are not tried any more, and that is told: once, until the receiver takes one again. Several
 * fit into one transaction.
 */
export async function giveUp(service: Service, row: WebhookRow, deliveries: readonly DueDeliveryRow[]): Promise<void> {
  const now = service.clock.now();
  const ends = deliveries.flatMap((delivery) => endWrites(delivery, 'GIVEN_UP', now));
  const [first] = deliveries;
  if (row.toldGivenUp === true || first === undefined) {
    await service.catalogue.transact(ends);
    return;
  }
  const { accountId, id } = row;
  const told = await service.catalogue.transact([
    ...ends,
    patch(webhookEntity, { accountId, id }, { set: { toldGivenUp: true }, when: [absent('toldGivenUp')] }),
    recordEvent(service, {
      accountId,
      type: 'webhook.gave_up',
      subject: { kind: 'webhook', id },
      data: { eventId: first.eventId, reason: first.lastError ?? 'never tried' },
    }),
  ]);
  if (!told.ok) await service.catalogue.transact(ends);
}

/** What a success ends. */
const TROUBLE = ['failingSince', 'quietUntil', 'toldGivenUp'] as const;

async function noteUp({ catalogue }: Service, row: WebhookRow): Promise<void> {
  const { accountId, id, failures, failingSince, toldGivenUp, holder = '' } = row;
  if (failures === 0 && failingSince === undefined && toldGivenUp !== true) return;
  const change = { set: { failures: 0 }, remove: TROUBLE, when: [equal('holder', holder)] };
  await catalogue.transact([patch(webhookEntity, { accountId, id }, change)]);
}

async function noteDown(service: Service, row: WebhookRow, results: readonly Tried[]): Promise<void> {
  const { accountId, id, holder = '', revision } = row;
  const now = service.clock.now();
  const failures = row.failures + results.length;
  const failingSince = row.failingSince ?? isoTime(now);
  const quiet = quietAfter(failures);
  const reason = whyDisabled(results, Date.parse(failingSince), now);
  const set = {
    failures,
    failingSince,
    ...(quiet > 0 && { quietUntil: isoTime(now + quiet) }),
    ...(reason !== undefined && { enabled: false, disabledReason: reason, revision: revision + 1 }),
  };
  const when = [equal('holder', holder), equal('revision', revision)];
  const writes = [patch(webhookEntity, { accountId, id }, { set, when })];
  if (reason !== undefined) {
    const subject = { kind: 'webhook' as const, id };
    writes.push(recordEvent(service, { accountId, type: 'webhook.disabled', subject, data: { reason } }));
  }
  await service.catalogue.transact(writes);
}

function whyDisabled(results: readonly Tried[], since: number, now: number): string | undefined {
  if (results.some(({ isGone }) => isGone)) return 'the receiver answered 410, that it is gone for good';
  return now - since >= DISABLED_AFTER_MS ? 'the receiver has taken nothing for 5 days' : undefined;
}

/** In [0, 1). */
function spreadOf({ random }: Pick<Service, 'random'>): number {
  return Buffer.from(random(4)).readUInt32BE() / 2 ** 32;
}
