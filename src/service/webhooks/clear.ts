import { equal, patch, remove } from '../../platform/catalogue/port.ts';
import { dueDeliveryEntity, type WebhookRow, webhookCountEntity, webhookEntity } from '../model/webhooks/rows.ts';
import type { Service } from '../service.ts';
import { keyOf } from './due.ts';

const PAGE = 100;

/**
 * Of one that is switched off or removed, nothing is to be sent any more. The row of a removed one
 * goes last, so that this is found again whenever a worker is killed.
 */
export async function clearDue(
  { catalogue }: Service,
  row: WebhookRow,
): Promise<'more' | 'gone' | { readonly next: undefined }> {
  const { accountId, id, wakes } = row;
  const { rows } = await catalogue.list(dueDeliveryEntity, { partition: { accountId, webhookId: id }, limit: PAGE });
  if (rows.length > 0) {
    await catalogue.transact(rows.map((delivery) => remove(dueDeliveryEntity, keyOf(delivery))));
    return 'more';
  }
  if (row.removed !== true) return { next: undefined };
  const gone = await catalogue.transact([
    remove(webhookEntity, { accountId, id }, [equal('wakes', wakes), equal('removed', true)]),
    patch(webhookCountEntity, { accountId }, { add: { count: -1 } }),
  ]);
  return gone.ok ? 'gone' : 'more';
}
