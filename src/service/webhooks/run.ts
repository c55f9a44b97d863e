import { mapBounded } from '../../platform/bounded.ts';
import { absent, type Condition, equal, patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import type { Outgoing } from '../../platform/outgoing/port.ts';
import type { WorkMessage } from '../../platform/queue/port.ts';
import { MAX_DELAY_MS } from '../../platform/queue/port.ts';
import { DOWN_AFTER, TRIED_FOR_MS } from '../model/webhooks/retries.ts';
import {
  type DueDeliveryRow,
  dueDeliveryEntity,
  type WebhookRow,
  webhookEntity,
  webhookWokenAt,
} from '../model/webhooks/rows.ts';
import type { Service } from '../service.ts';
import { clearDue } from './clear.ts';
import { dueAgain, isQuiet, mendAhead } from './due.ts';
import { giveUp, noteResults } from './outcome.ts';
import { sendDelivery } from './send.ts';

export interface WebhookDeps {
  readonly service: Service;
  readonly outgoing: Outgoing;
}

export type WebhookKey = Pick<WebhookRow, 'accountId' | 'id'>;

/** At a time, to one receiver: a slow one takes no more from the others. */
const TOGETHER = 4;
/** A webhook that nobody has let go of for so long has lost its worker. */
export const HOLD_MS = 60_000;
/** A batch takes less: none begins when less is left of the hold. */
const BATCH_MS = 15_000;
const GIVEN_UP_PAGE = 25;

/** `more`: out of time, run it again. `gone`: there is nothing, or somebody else is at it. */
export type WebhookOutcome = 'done' | 'more' | 'gone';

/**
 * Sends a webhook what is due. One worker at a time, as long as it holds the webhook; whatever it
 * has sent and not noted when it is killed is sent again.
 *
 *     placing:  event 8 is due, wakes 3 ───────────────── event 9 is due, wakes 4
 *     worker:      hold ─ read (wakes 3) ─ send 8 ─ nothing is due ─ let go if wakes is 3: refused ─ read …
 */
export async function runWebhook(
  deps: WebhookDeps,
  { accountId, id }: Pick<Extract<WorkMessage, { kind: 'webhook' }>, 'accountId' | 'id'>,
  until: number,
): Promise<WebhookOutcome> {
  const key = { accountId, id };
  const holder = await hold(deps.service, key);
  if (holder === undefined) return 'gone';
  for (;;) {
    const row = await deps.service.catalogue.get(webhookEntity, key);
    if (row?.holder !== holder) return 'gone';
    if (deps.service.clock.now() >= until - BATCH_MS / 3) return letGoForMore(deps.service, row);
    const step = await runStep(deps, await holdOn(deps.service, row));
    if (step === 'more') continue;
    if (step === 'gone' || (await letGo(deps.service, row, step))) return step === 'gone' ? 'gone' : 'done';
  }
}

/** `more`: there may be more to do now. Otherwise when there is again, if ever. */
type Step = 'more' | 'gone' | { readonly next: number | undefined };

async function runStep(deps: WebhookDeps, row: WebhookRow): Promise<Step> {
  const { service } = deps;
  if (row.removed === true || !row.enabled) return clearDue(service, row);
  const now = service.clock.now();
  const old = await overdue(service, row, now);
  if (old.length > 0) {
    await giveUp(service, row, old);
    return 'more';
  }
  if (isQuiet(service, row)) return { next: Date.parse(row.quietUntil ?? '') };
  const due = await dueNow(service, row, row.failures >= DOWN_AFTER ? 1 : TOGETHER);
  if (due.length === 0) {
    if (await mendAhead(service, row)) return 'more';
    return { next: await dueAgain(service, row) };
  }
  const results = await mapBounded(due, TOGETHER, (delivery) => sendDelivery(deps, row, delivery));
  await noteResults(service, row, results);
  return 'more';
}

async function dueNow({ catalogue, clock }: Service, row: WebhookRow, limit: number): Promise<DueDeliveryRow[]> {
  const partition = { accountId: row.accountId, webhookId: row.id };
  const { rows } = await catalogue.list(dueDeliveryEntity, { partition, limit });
  const now = isoTime(clock.now());
  return rows.filter(({ dueAt }) => dueAt <= now);
}

/** Of a receiver that is down: what has waited its time goes without one more try for each. */
async function overdue(service: Service, row: WebhookRow, now: number): Promise<DueDeliveryRow[]> {
  if (row.failures < DOWN_AFTER) return [];
  const since = isoTime(now - TRIED_FOR_MS);
  return (await dueNow(service, row, GIVEN_UP_PAGE)).filter(({ createdAt }) => createdAt <= since);
}

/** Undefined if there is no such webhook, or another worker has it. */
async function hold({ catalogue, clock, ids }: Service, key: WebhookKey): Promise<string | undefined> {
  const row = await catalogue.get(webhookEntity, key);
  if (row === undefined) return undefined;
  const now = clock.now();
  const held = Date.parse(row.heldUntil ?? '');
  // A hold that lies further ahead is one of a clock that was wrong (10.4).
  if (held > now && held <= now + HOLD_MS) return undefined;
  const holder = ids.next('wh');
  const when: Condition<WebhookRow>[] = [row.holder === undefined ? absent('holder') : equal('holder', row.holder)];
  const set = { holder, heldUntil: isoTime(now + HOLD_MS), ...webhookWokenAt(row, isoTime(now + HOLD_MS)) };
  const taken = await catalogue.transact([patch(webhookEntity, key, { set, when })]);
  return taken.ok ? holder : undefined;
}

/**
 * While it is at it. The row is as it was read. If the hold was lost, what it writes is refused.
 */
async function holdOn({ catalogue, clock }: Service, row: WebhookRow): Promise<WebhookRow> {
  const now = clock.now();
  if (Date.parse(row.heldUntil ?? '') > now + BATCH_MS) return row;
  const { accountId, id, holder = '' } = row;
  const set = { heldUntil: isoTime(now + HOLD_MS), ...webhookWokenAt(row, isoTime(now + HOLD_MS)) };
  await catalogue.transact([patch(webhookEntity, { accountId, id }, { set, when: [equal('holder', holder)] })]);
  return row;
}

const HELD = ['holder', 'heldUntil'] as const;

/** Refused if something has become due since the row was read. */
async function letGo(
  { catalogue, clock, queue }: Service,
  row: WebhookRow,
  { next }: { readonly next: number | undefined },
): Promise<boolean> {
  const { accountId, id, holder = '', wakes } = row;
  const when = [equal('holder', holder), equal('wakes', wakes)];
  const change =
    next === undefined
      ? { remove: [...HELD, 'runShard', 'wakeAt'] as const, when }
      : { set: webhookWokenAt(row, isoTime(next)), remove: HELD, when };
  if (!(await catalogue.transact([patch(webhookEntity, { accountId, id }, change)])).ok) return false;
  const delayMs = next === undefined ? Number.POSITIVE_INFINITY : Math.max(0, next - clock.now());
  // What is further away the janitor wakes.
  if (delayMs <= MAX_DELAY_MS) await queue.send([{ kind: 'webhook', accountId, id }], { delayMs });
  return true;
}

async function letGoForMore({ catalogue, clock }: Service, row: WebhookRow): Promise<'more'> {
  const { accountId, id, holder = '' } = row;
  const set = webhookWokenAt(row, isoTime(clock.now()));
  const change = { set, remove: HELD, when: [equal('holder', holder)] };
  await catalogue.transact([patch(webhookEntity, { accountId, id }, change)]);
  return 'more';
}
