import { put, remove } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { LONGEST_QUIET_MS, LONGEST_RETRY_MS } from '../model/webhooks/retries.ts';
import { type DueDeliveryRow, dueDeliveryEntity, type WebhookRow } from '../model/webhooks/rows.ts';
import type { Service } from '../service.ts';

const listOf = ({ accountId, id: webhookId }: WebhookRow) => ({ partition: { accountId, webhookId }, limit: 1 });

/** When the next one is due, epoch ms. */
export async function dueAgain({ catalogue }: Service, row: WebhookRow): Promise<number | undefined> {
  const [first] = (await catalogue.list(dueDeliveryEntity, listOf(row))).rows;
  return first === undefined ? undefined : Date.parse(first.dueAt);
}

/**
 * Whether the receiver is left alone just now. A time that a wrong clock set does not count (10.4).
 */
export function isQuiet(service: Service, { quietUntil }: WebhookRow): boolean {
  if (quietUntil === undefined || wasStoredAhead(service, quietUntil, LONGEST_QUIET_MS)) return false;
  return Date.parse(quietUntil) > service.clock.now();
}

/** Makes due what a clock that was ahead has put off too far (10.4): the last of the list. */
export async function mendAhead(service: Service, row: WebhookRow): Promise<boolean> {
  const [last] = (await service.catalogue.list(dueDeliveryEntity, { ...listOf(row), descending: true })).rows;
  if (last === undefined || !wasStoredAhead(service, last.dueAt, LONGEST_RETRY_MS)) return false;
  const now = isoTime(service.clock.now());
  const createdAt = last.createdAt > now ? now : last.createdAt;
  await service.catalogue.transact([
    remove(dueDeliveryEntity, keyOf(last)),
    put(dueDeliveryEntity, { ...last, createdAt, dueAt: now }),
  ]);
  return true;
}

export const keyOf = ({ accountId, webhookId, dueAt, place }: DueDeliveryRow) => ({
  accountId,
  webhookId,
  dueAt,
  place,
});
