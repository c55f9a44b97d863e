import { BAD_TOKENS, missingIds, type Row } from './bad-values.ts';

const urls = ['', 'example.com', 'ftp://x', 'https://u@x', 'https://x/#y', 'https://10.0.0.1', 5, null];

/** Of operations on webhooks. */
export function webhookRows(ids: () => { readonly webhookId: string }): readonly Row[] {
  return [
    [
      'createWebhook',
      () => ({ url: 'https://example.com/' }),
      {
        url: urls,
        description: ['', 'x', 'https://x', 'x'.repeat(257), 5],
        types: [[], ['nothing'], [null], 5],
        clientToken: BAD_TOKENS,
      },
    ],
    [
      'updateWebhook',
      () => ({ webhookId: ids().webhookId }),
      {
        webhookId: missingIds,
        url: urls.slice(0, -1),
        description: ['', 'x', 5],
        types: [[], ['nothing'], [null]],
        enabled: ['yes'],
      },
    ],
    ['deleteWebhook', () => ({ webhookId: ids().webhookId }), { webhookId: missingIds }],
    [
      'rotateWebhookSecret',
      () => ({ webhookId: ids().webhookId }),
      { webhookId: missingIds, overlapHours: [-1, 169, 1.5, '1'] },
    ],
    ['testWebhook', () => ({ webhookId: ids().webhookId }), { webhookId: missingIds }],
  ];
}
