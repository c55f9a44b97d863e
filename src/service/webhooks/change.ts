import type { CreateWebhookInput, RotateWebhookSecretInput, UpdateWebhookInput } from '../../generated/schema.ts';
import { type Change, equal, patch, put, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid, VarveError } from '../../platform/errors.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { parseWhole } from '../calls/numbers.ts';
import { once } from '../calls/once.ts';
import { parseDescription } from '../calls/text.ts';
import { parseTypes } from '../events/list.ts';
import { newEventRow } from '../model/events/record.ts';
import { eventOutboxEntity } from '../model/events/rows.ts';
import type { EventType } from '../model/events/types.ts';
import {
  MOST_WEBHOOKS,
  type WebhookRow,
  webhookCountEntity,
  webhookEntity,
  webhookWokenAt,
} from '../model/webhooks/rows.ts';
import { newSecret } from '../model/webhooks/sign.ts';
import type { Service } from '../service.ts';
import { findWebhook, requireWholeAccount } from './find.ts';

const HOUR_MS = 3_600_000;
const OVERLAP_HOURS = { min: 0, max: 168 };
const MOST_URL_CHARS = 2048;
const MOST_TYPES = 32;

export interface WithSecret {
  readonly webhook: WebhookRow;
  /** Shown once. */
  readonly secret: string | null;
}

export async function createWebhook(service: Service, caller: Caller, input: CreateWebhookInput): Promise<WithSecret> {
  requireWholeAccount(caller);
  const { accountId } = caller;
  const { description, types } = input;
  const parsed = {
    url: parseUrl(service, input.url),
    ...(description != null && { description: parseDescription('description', description) }),
    ...(types != null && { types: parseWanted(types) }),
  };
  const secret = newSecret(service.random);
  const call = { accountId, operation: 'createWebhook', token: input.clientToken, input: parsed };
  const { recorded, value } = await once(service, call, async (record) => {
    const id = service.ids.next('wh');
    const state = { enabled: true, secret, revision: 0, wakes: 0, failures: 0 };
    const row: WebhookRow = { ...parsed, ...state, accountId, id, createdAt: isoTime(service.clock.now()) };
    const counted = await oneMore(service, accountId);
    const result = await service.catalogue.transact([put(webhookEntity, row), counted, ...record({ id })]);
    return result.ok ? { ok: true, value: { recorded: { id }, value: row } } : { ok: false, refused: result.failed };
  });
  if (value !== undefined) return { webhook: value, secret };
  return { webhook: await findWebhook(service, caller, recorded.id ?? ''), secret: null };
}

async function oneMore({ catalogue }: Service, accountId: string): Promise<Write> {
  const used = (await catalogue.get(webhookCountEntity, { accountId }))?.count;
  if (used === undefined) return put(webhookCountEntity, { accountId, count: 1 });
  const limit = MOST_WEBHOOKS;
  if (used >= limit) {
    const message = `Webhooks of the account: ${used} of ${limit}.`;
    throw new VarveError('QuotaExceeded', message, { quota: 'WEBHOOKS', limit, used });
  }
  const when = [{ attribute: 'count', is: '<', value: limit } as const];
  return patch(webhookCountEntity, { accountId }, { add: { count: 1 }, when });
}

/** What is left out stays; null takes away. */
export function updateWebhook(service: Service, caller: Caller, input: UpdateWebhookInput): Promise<WebhookRow> {
  const { webhookId, url, description, types, enabled } = input;
  const set = {
    ...(url != null && { url: parseUrl(service, url) }),
    ...(description != null && { description: parseDescription('description', description) }),
    ...(types != null && { types: parseWanted(types) }),
    ...(enabled != null && { enabled }),
  };
  const gone = [
    ...(description === null ? (['description'] as const) : []),
    ...(types === null ? (['types'] as const) : []),
    ...(enabled === true ? (['disabledReason', 'failingSince', 'quietUntil', 'toldGivenUp'] as const) : []),
  ];
  const more = enabled === true ? { failures: 0 } : {};
  return change(service, caller, webhookId, () => ({ set: { ...set, ...more }, remove: gone }));
}

/** Nobody sees it from now on. A worker drops what it was still to be sent, then its row. */
export async function deleteWebhook(service: Service, caller: Caller, webhookId: string): Promise<void> {
  await change(service, caller, webhookId, () => ({ set: { removed: true, enabled: false } }));
}

export async function rotateSecret(
  service: Service,
  caller: Caller,
  input: RotateWebhookSecretInput,
): Promise<{ readonly webhook: WebhookRow; readonly secret: string }> {
  const hours = parseWhole('overlapHours', input.overlapHours, OVERLAP_HOURS);
  const secret = newSecret(service.random);
  const webhook = await change(service, caller, input.webhookId, (row) => ({
    set: { secret, oldSecret: row.secret, oldSecretUntil: isoTime(service.clock.now() + hours * HOUR_MS) },
  }));
  return { webhook, secret };
}

/** It goes the way that every event goes. */
export async function testWebhook(service: Service, caller: Caller, webhookId: string): Promise<string> {
  const { accountId, id, enabled } = await findWebhook(service, caller, webhookId);
  if (!enabled) throw invalid('webhookId', 'is of a webhook that is switched off');
  const subject = { kind: 'webhook' as const, id };
  const event = newEventRow(service, { accountId, type: 'webhook.test', subject, data: {} });
  await service.catalogue.transact([put(eventOutboxEntity, event)]);
  return event.id;
}

/** A worker looks at each that has changed: what it was to be sent may have to go. */
async function change(
  service: Service,
  caller: Caller,
  webhookId: string,
  decide: (row: WebhookRow) => Pick<Change<WebhookRow>, 'set' | 'remove'>,
): Promise<WebhookRow> {
  const changed = await untilAccepted<WebhookRow>(service, async () => {
    const row = await findWebhook(service, caller, webhookId);
    const { accountId, id, revision } = row;
    const { set = {}, remove = [] } = decide(row);
    const woken = webhookWokenAt(row, isoTime(service.clock.now()));
    const write = patch(
      webhookEntity,
      { accountId, id },
      {
        set: { ...set, ...woken },
        remove,
        add: { revision: 1, wakes: 1 },
        when: [equal('revision', revision)],
      },
    );
    const result = await service.catalogue.transact([write]);
    const rest: Partial<WebhookRow> = Object.fromEntries(
      Object.entries(row).filter(([name]) => !remove.some((gone) => gone === name)),
    );
    return result.ok ? { ok: true, value: { ...(rest as WebhookRow), ...set } } : { ok: false, refused: result.failed };
  });
  await service.queue.send([{ kind: 'webhook', accountId: changed.accountId, id: changed.id }]);
  return changed;
}

function parseUrl(service: Service, text: string): string {
  if (text.length > MOST_URL_CHARS) throw invalid('url', `must have at most ${MOST_URL_CHARS} characters`);
  const refused = service.whyNotSent(text);
  if (refused !== undefined) throw invalid('url', `is not taken, as ${refused}`);
  return new URL(text).href;
}

function parseWanted(types: readonly string[]): EventType[] {
  if (types.length === 0 || types.length > MOST_TYPES) throw invalid('types', `must name 1–${MOST_TYPES} types`);
  return [...new Set(parseTypes('types', types))];
}
