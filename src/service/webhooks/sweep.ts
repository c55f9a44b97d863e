import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import type { Counts } from '../../platform/sweep.ts';
import { type FirstRound, sweepToWake } from '../calls/to-wake.ts';
import { LONGEST_RETRY_MS } from '../model/webhooks/retries.ts';
import { WEBHOOK_SHARDS, type WebhookRow, webhookEntity } from '../model/webhooks/rows.ts';
import type { Service } from '../service.ts';

/**
 * The janitor's round: wakes workers for webhooks that have something due and have lost theirs, or
 * whose next try has come.
 */
export function sweepWebhooks(service: Service, until: number, first: FirstRound = {}): Promise<Counts<'woken'>> {
  return sweepToWake<WebhookRow>(service, until, first, {
    shards: WEBHOOK_SHARDS,
    list: (runShard, part) =>
      rowsOf(service.catalogue, webhookEntity, { index: 'byRun', partition: { runShard }, ...part }),
    mostMs: LONGEST_RETRY_MS,
    messageOf: ({ accountId, id }) => ({ kind: 'webhook', accountId, id }),
  });
}
