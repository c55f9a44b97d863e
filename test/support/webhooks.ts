import { rowsOf } from '../../src/platform/catalogue/rows-of.ts';
import { type DueDeliveryRow, dueDeliveryEntity } from '../../src/service/model/webhooks/rows.ts';
import { runWebhook } from '../../src/service/webhooks/run.ts';
import type { TestAccount, TestApi, Told } from './api.ts';
import { placeAll } from './events.ts';
import { TEST_OUTGOING } from './outgoing.ts';

export const CREATE_WEBHOOK = `mutation ($input: CreateWebhookInput!) {
  createWebhook(input: $input) { webhook { id url types enabled description } secret }
}`;
export const UPDATE_WEBHOOK = `mutation ($input: UpdateWebhookInput!) {
  updateWebhook(input: $input) { webhook { id url types enabled description disabledReason } }
}`;
export const DELETE_WEBHOOK = 'mutation ($id: ID!) { deleteWebhook(input: { webhookId: $id }) { webhookId } }';
export const ROTATE_SECRET = `mutation ($input: RotateWebhookSecretInput!) {
  rotateWebhookSecret(input: $input) { secret webhook { oldSecretUntil } }
}`;
export const TEST_WEBHOOK = 'mutation ($id: ID!) { testWebhook(input: { webhookId: $id }) { eventId } }';
const DELIVERIES = `query ($webhookId: ID!, $pending: Boolean!) {
  webhookDeliveries(webhookId: $webhookId, pending: $pending, first: 100) {
    nodes { eventId type state attempts lastStatus lastError dueAt endedAt }
  }
}`;
const WEBHOOK = 'query ($id: ID!) { webhook(id: $id) { id enabled disabledReason failingSince oldSecretUntil } }';

export async function createWebhook(account: TestAccount, input: object): Promise<{ id: string; secret: string }> {
  const { webhook, secret } = (await account.call(CREATE_WEBHOOK, { input })).createWebhook;
  return { id: webhook.id, secret };
}

/** Events get their places, and webhooks what is due, as workers do it that are woken. */
export async function deliver(api: TestApi, account: TestAccount, id: string): Promise<void> {
  await placeAll(api.service);
  await runWebhook({ service: api.service, outgoing: TEST_OUTGOING }, { accountId: account.id, id }, Infinity);
}

export async function deliveriesOf(account: TestAccount, webhookId: string, pending = false): Promise<Told[]> {
  return (await account.call(DELIVERIES, { webhookId, pending })).webhookDeliveries.nodes;
}

export async function getWebhook(account: TestAccount, id: string): Promise<Told> {
  return (await account.call(WEBHOOK, { id })).webhook;
}

export async function dueOf({ catalogue }: TestApi, { id: accountId }: TestAccount, webhookId: string) {
  const rows: DueDeliveryRow[] = [];
  for await (const row of rowsOf(catalogue, dueDeliveryEntity, { partition: { accountId, webhookId }, pageSize: 100 }))
    rows.push(row);
  return rows;
}
