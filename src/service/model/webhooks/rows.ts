import { boolean, entity, list, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import type { EventType } from '../events/types.ts';

/** A receiver of an account's events, and how far the service is with it. */
export const webhookEntity = entity({
  name: 'webhook',
  attributes: {
    accountId: string(),
    id: string(),
    url: string(),
    description: optional(string()),
    /** Only these; absent for all. */
    types: optional(list<EventType>()),
    enabled: boolean(),
    /** Why it is not, where the service did that. */
    disabledReason: optional(string()),
    /** Signs what is sent: `whsec_` and base64. It has to be here in plain: signing needs it. */
    secret: string(),
    /** Signs as well until then. */
    oldSecret: optional(string()),
    oldSecretUntil: optional(string()),
    /** Nobody sees it any more. What was to be sent goes, and then the row. */
    removed: optional(boolean()),
    createdAt: string(),
    /** Changes with every change of what a caller has said. */
    revision: number(),

    /** Goes up with everything that becomes due, so that no end of a run overlooks it. */
    wakes: number(),
    /** Present while anything is to be sent: where the janitor finds it, and when. */
    runShard: optional(number()),
    wakeAt: optional(string()),
    /** Somebody is sending until then at most. */
    heldUntil: optional(string()),
    holder: optional(string()),
    /** Tries in a row, of whatever event, that came to nothing; and since when. */
    failures: number(),
    failingSince: optional(string()),
    /** Nothing is sent before: the receiver is down. */
    quietUntil: optional(string()),
    /** That it gave up an event has been told since the last success. */
    toldGivenUp: optional(boolean()),
  },
  primary: { partition: ['accountId'], sort: ['id'] },
  indexes: { byRun: { slot: 1, partition: ['runShard'], sort: ['wakeAt', 'accountId', 'id'] } },
});
export type WebhookRow = RowOf<typeof webhookEntity>;

/** Spreads them over the index that the janitor reads. */
export const WEBHOOK_SHARDS = 4;

/** All attributes of the index: one of whom something is to be sent at this instant. */
export function webhookWokenAt(
  { accountId, id }: Pick<WebhookRow, 'accountId' | 'id'>,
  wakeAt: string,
): Pick<WebhookRow, 'accountId' | 'id'> & Required<Pick<WebhookRow, 'runShard' | 'wakeAt'>> {
  return { accountId, id, runShard: id.charCodeAt(id.length - 1) % WEBHOOK_SHARDS, wakeAt };
}

/** Of an account. */
export const MOST_WEBHOOKS = 10;

/** How many an account has, with those that are being removed. */
export const webhookCountEntity = entity({
  name: 'webhookcount',
  attributes: { accountId: string(), count: number() },
  primary: { partition: ['accountId'], sort: [] },
});

const OF_A_DELIVERY = {
  accountId: string(),
  webhookId: string(),
  /** Of the event. */
  place: string(),
  eventId: string(),
  type: string(),
  createdAt: string(),
  attempts: number(),
  /** How the last try ended. */
  lastTriedAt: optional(string()),
  lastStatus: optional(number()),
  lastError: optional(string()),
};

/** An event that a webhook is still to be sent, in the order in which it is tried. */
export const dueDeliveryEntity = entity({
  name: 'duedelivery',
  attributes: { ...OF_A_DELIVERY, dueAt: string() },
  primary: { partition: ['accountId', 'webhookId'], sort: ['dueAt', 'place'] },
});
export type DueDeliveryRow = RowOf<typeof dueDeliveryEntity>;

export type DeliveryEnd = 'DELIVERED' | 'GIVEN_UP';

/** An event that a webhook was sent, or is not sent any more. Kept for a while, to be looked up. */
export const deliveryEntity = entity({
  name: 'delivery',
  attributes: { ...OF_A_DELIVERY, end: string<DeliveryEnd>(), endedAt: string(), forgetAt: number() },
  primary: { partition: ['accountId', 'webhookId'], sort: ['place'] },
  expiry: 'forgetAt',
});
export type DeliveryRow = RowOf<typeof deliveryEntity>;

export type ShownDelivery = DueDeliveryRow | DeliveryRow;

const KEPT_DAYS = 14;
const DAY_S = 86_400;

export const forgetDeliveryAt = (nowMs: number): number => Math.floor(nowMs / 1000) + KEPT_DAYS * DAY_S;

/**
 * Whether it is sent events of this type about this. Of its own trouble it is not told itself, and
 * of a test no other is.
 */
export function wantsEvent(
  { id, enabled, removed, types }: WebhookRow,
  event: { readonly type: EventType; readonly subjectId: string },
): boolean {
  if (!enabled || removed === true) return false;
  if (event.type === 'webhook.test') return event.subjectId === id;
  return event.subjectId !== id && (types === undefined || types.includes(event.type));
}
