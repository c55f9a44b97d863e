import { notFound, VarveError } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { requireId } from '../calls/owned.ts';
import { type Connection, listPage, type PageArgs, slicePage } from '../calls/page.ts';
import {
  deliveryEntity,
  dueDeliveryEntity,
  type ShownDelivery,
  type WebhookRow,
  webhookEntity,
} from '../model/webhooks/rows.ts';
import type { Service } from '../service.ts';

/** A webhook is sent events of all regions: a credential that is limited to some has none. */
export function requireWholeAccount({ regions }: Caller): void {
  if (regions === undefined) return;
  throw new VarveError('Forbidden', 'Webhooks need a credential that is not limited to regions.');
}

export async function findWebhook(
  { catalogue }: Pick<Service, 'catalogue'>,
  { accountId, regions }: Caller,
  webhookId: string,
): Promise<WebhookRow> {
  const id = requireId('wh', 'Webhook', webhookId);
  const row = await catalogue.get(webhookEntity, { accountId, id });
  if (row === undefined || row.removed === true || regions !== undefined) throw notFound('Webhook', id);
  return row;
}

export function listWebhooks(
  { catalogue }: Pick<Service, 'catalogue'>,
  { accountId, regions }: Caller,
  args: PageArgs,
): Promise<Connection<WebhookRow>> {
  const sort = ['id'] as const;
  if (regions !== undefined) return Promise.resolve(slicePage([], sort, args));
  const matches = ({ removed }: WebhookRow): boolean => removed !== true;
  return listPage(catalogue, { entity: webhookEntity, partition: { accountId }, sort, matches }, args);
}

interface DeliveryList extends PageArgs {
  readonly webhookId: string;
  readonly pending: boolean;
}

export async function listDeliveries(
  service: Pick<Service, 'catalogue' | 'clock'>,
  caller: Caller,
  args: DeliveryList,
): Promise<Connection<ShownDelivery>> {
  const { catalogue, clock } = service;
  const { accountId, id: webhookId } = await findWebhook(service, caller, args.webhookId);
  const partition = { accountId, webhookId };
  if (args.pending)
    return listPage(catalogue, { entity: dueDeliveryEntity, partition, sort: ['dueAt', 'place'] }, args);
  const nowS = clock.now() / 1000;
  const matches = ({ forgetAt }: { readonly forgetAt: number }): boolean => forgetAt > nowS;
  return listPage(catalogue, { entity: deliveryEntity, partition, sort: ['place'], descending: true, matches }, args);
}
