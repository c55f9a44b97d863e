import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { type Counts, shards, sweep } from '../../platform/sweep.ts';
import { rowsToWake } from '../calls/to-wake.ts';
import { LONGEST_RETRY_MS } from '../model/webhooks/retries.ts';
import { WEBHOOK_SHARDS, type WebhookRow, webhookEntity } from '../model/webhooks/rows.ts';
import type { Service } from '../service.ts';

/**
 * The janitor's round: wakes workers for webhooks that have something due and have lost theirs, or
 * whose next try has come.
 */
export function sweepWebhooks(
  service: Service,
  until: number,
  { isFirst = false }: { readonly isFirst?: boolean } = {},
): Promise<Counts<'woken'>> {
  const { catalogue, clock, queue } = service;
  return sweep(clock, { until, counts: ['woken'] }, (round) => {
    const wake = async ({ accountId, id }: WebhookRow) => {
      await queue.send([{ kind: 'webhook', accountId, id }]);
      round.count('woken');
    };
    return round.each(shards(WEBHOOK_SHARDS), async (runShard) => {
      const of = { index: 'byRun' as const, partition: { runShard } };
      const lists = rowsToWake<WebhookRow>(service, {
        list: (part) => rowsOf(catalogue, webhookEntity, { ...of, ...part }),
        mostMs: LONGEST_RETRY_MS,
        isFirst,
      });
      for (const rows of lists) await round.each(rows, wake);
    });
  });
}
