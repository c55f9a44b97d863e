import { isoTime } from '../../platform/clock.ts';
import type { OutgoingAnswer } from '../../platform/outgoing/port.ts';
import { eventBody } from '../model/events/body.ts';
import { eventEntity } from '../model/events/rows.ts';
import type { DueDeliveryRow, WebhookRow } from '../model/webhooks/rows.ts';
import { signedHeaders } from '../model/webhooks/sign.ts';
import type { WebhookDeps } from './run.ts';

/** How one try of a delivery has ended. */
export interface Tried {
  readonly delivery: DueDeliveryRow;
  readonly isTaken: boolean;
  /** The receiver has said that it is no more. */
  readonly isGone: boolean;
  readonly status?: number;
  readonly error?: string;
}

const GONE = 410;

/** One try. Never throws because of the receiver. */
export async function sendDelivery(deps: WebhookDeps, webhook: WebhookRow, delivery: DueDeliveryRow): Promise<Tried> {
  const { catalogue, clock } = deps.service;
  const { accountId, place } = delivery;
  const event = await catalogue.get(eventEntity, { accountId, place });
  if (event === undefined) return { delivery, isTaken: false, isGone: false, error: 'the event has expired' };
  const body = eventBody(event);
  const nowMs = clock.now();
  const secrets = secretsAt(webhook, isoTime(nowMs));
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Varve-Webhooks',
    ...signedHeaders({ id: event.id, body, nowMs, secrets }),
  };
  return resultOf(delivery, await deps.outgoing.post({ url: webhook.url, headers, body }));
}

/** A secret that was replaced signs too, until receivers have had the time to change. */
function secretsAt({ secret, oldSecret, oldSecretUntil = '' }: WebhookRow, now: string): string[] {
  return oldSecret !== undefined && now < oldSecretUntil ? [secret, oldSecret] : [secret];
}

function resultOf(delivery: DueDeliveryRow, answer: OutgoingAnswer): Tried {
  if ('error' in answer) return { delivery, isTaken: false, isGone: false, error: answer.error };
  const { status } = answer;
  const isTaken = status >= 200 && status < 300;
  return { delivery, isTaken, isGone: status === GONE, status, ...(!isTaken && { error: `status ${status}` }) };
}
