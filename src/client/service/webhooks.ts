import {
  type Answered,
  CreateWebhookDocument,
  type CreateWebhookInput,
  type CreateWebhookMutation,
  DeleteWebhookDocument,
  RotateWebhookSecretDocument,
  type RotateWebhookSecretInput,
  type RotateWebhookSecretMutation,
  TestWebhookDocument,
  UpdateWebhookDocument,
  type UpdateWebhookInput,
  WebhookDeliveriesDocument,
  type WebhookDeliveriesQuery,
  type WebhookFieldsFragment,
  WebhooksDocument,
} from '../../generated/operations.ts';
import type { Graphql, Sendable } from './graphql.ts';
import { type Collected, collect } from './pages.ts';

/** A receiver of events. */
export type Webhook = WebhookFieldsFragment;
export type Delivery = Answered<WebhookDeliveriesQuery>['webhookDeliveries']['nodes'][number];

export type Webhooks = ReturnType<typeof createWebhooks>;

export function createWebhooks(graphql: Graphql, signal: AbortSignal) {
  return {
    list: (limit: number): Promise<Collected<Webhook>> =>
      collect(limit, async (first, after) => (await graphql.call(WebhooksDocument, { first, after }, signal)).webhooks),
    /**
     * The secret comes once: an answer that was lost must not be taken for one without a secret.
     */
    create: async (input: Sendable<CreateWebhookInput>): Promise<Answered<CreateWebhookMutation>['createWebhook']> =>
      (await graphql.callOnce(CreateWebhookDocument, { input }, signal)).createWebhook,
    update: async (input: Sendable<UpdateWebhookInput>): Promise<Webhook> =>
      (await graphql.call(UpdateWebhookDocument, { input }, signal)).updateWebhook.webhook,
    delete: async (webhookId: string): Promise<string> =>
      (await graphql.call(DeleteWebhookDocument, { input: { webhookId } }, signal)).deleteWebhook.webhookId,
    rotate: async (
      input: Sendable<RotateWebhookSecretInput>,
    ): Promise<Answered<RotateWebhookSecretMutation>['rotateWebhookSecret']> =>
      (await graphql.callOnce(RotateWebhookSecretDocument, { input }, signal)).rotateWebhookSecret,
    /** Answers the id of the event. */
    test: async (webhookId: string): Promise<string> =>
      (await graphql.call(TestWebhookDocument, { input: { webhookId } }, signal)).testWebhook.eventId,
    deliveries: (webhookId: string, pending: boolean, limit: number): Promise<Collected<Delivery>> =>
      collect(limit, async (first, after) => {
        const wanted = { webhookId, pending, first, after };
        return (await graphql.call(WebhookDeliveriesDocument, wanted, signal)).webhookDeliveries;
      }),
  };
}
