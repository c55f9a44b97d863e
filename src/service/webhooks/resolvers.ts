import type { Resolvers } from '../../generated/resolvers.ts';
import { isoTime } from '../../platform/clock.ts';
import type { RequestContext } from '../calls/context.ts';
import type { WebhookRow } from '../model/webhooks/rows.ts';
import type { Service } from '../service.ts';
import { createWebhook, deleteWebhook, rotateSecret, testWebhook, updateWebhook } from './change.ts';
import { findWebhook, listDeliveries, listWebhooks } from './find.ts';

export function webhookResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      webhook: (_, { id }, { caller }) => findWebhook(service, caller, id),
      webhooks: (_, args, { caller }) => listWebhooks(service, caller, args),
      webhookDeliveries: (_, args, { caller }) => listDeliveries(service, caller, args),
    },
    Mutation: {
      createWebhook: (_, { input }, { caller }) => createWebhook(service, caller, input),
      updateWebhook: async (_, { input }, { caller }) => ({ webhook: await updateWebhook(service, caller, input) }),
      deleteWebhook: async (_, { input: { webhookId } }, { caller }) => {
        await deleteWebhook(service, caller, webhookId);
        return { webhookId };
      },
      rotateWebhookSecret: (_, { input }, { caller }) => rotateSecret(service, caller, input),
      testWebhook: async (_, { input }, { caller }) => ({
        eventId: await testWebhook(service, caller, input.webhookId),
      }),
    },
    Webhook: {
      description: ({ description }) => description ?? null,
      types: ({ types }) => types ?? null,
      disabledReason: ({ disabledReason }) => disabledReason ?? null,
      oldSecretUntil: (row) => oldSecretUntil(service, row),
      failingSince: ({ failingSince }) => failingSince ?? null,
    },
    WebhookDelivery: {
      state: (row) => ('end' in row ? row.end : 'PENDING'),
      lastTriedAt: ({ lastTriedAt }) => lastTriedAt ?? null,
      lastStatus: ({ lastStatus }) => lastStatus ?? null,
      lastError: ({ lastError }) => lastError ?? null,
      dueAt: (row) => ('end' in row ? null : row.dueAt),
      endedAt: (row) => ('end' in row ? row.endedAt : null),
    },
  };
}

/** Null once it is over. */
function oldSecretUntil({ clock }: Service, { oldSecretUntil: until }: WebhookRow): string | null {
  return until !== undefined && until > isoTime(clock.now()) ? until : null;
}
