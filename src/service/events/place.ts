import { mapBounded } from '../../platform/bounded.ts';
import { equal, MAX_TRANSACTION_WRITES, patch, put, remove, type Write } from '../../platform/catalogue/port.ts';
import { pagesOfRows } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import type { EventSink } from '../../platform/outgoing/sink.ts';
import { beginRound } from '../../platform/sweep.ts';
import { untilAccepted } from '../calls/attempts.ts';
import {
  type EventOutboxRow,
  eventCountEntity,
  eventEntity,
  eventOfSubjectEntity,
  eventOutboxEntity,
  forgetEventAt,
  placeText,
  sinkDueEntity,
} from '../model/events/rows.ts';
import {
  dueDeliveryEntity,
  MOST_WEBHOOKS,
  type WebhookRow,
  wantsEvent,
  webhookEntity,
  webhookWokenAt,
} from '../model/webhooks/rows.ts';
import type { Service } from '../service.ts';

type Deps = Pick<Service, 'catalogue' | 'clock' | 'random' | 'queue' | 'eventSinks'>;

const PAGE = 100;
/** Each waits for a handful of requests. */
const ACCOUNTS_AT_ONCE = 4;
/** When the janitor looks after a webhook whose message is lost. */
const LOST_AFTER_MS = 10_000;

/**
 * Gives the events of a lane their places in the orders of their accounts, with what is to be sent
 * to webhooks. Safe to run any number of times, by any number of workers, and to be killed
 * anywhere:
 *
 *     worker 1: read outbox (A, B), count 7 ─ write: A is 8, B is 9, count 9, outbox empty
 *     worker 2:   read outbox (B, C), count 7 ─────────── write: refused ─ read: C, count 9 ─ C is 10
 */
export async function placeEvents(deps: Deps, { lane }: { readonly lane: number }, until: number) {
  const round = beginRound(deps.clock, { until, counts: [] });
  const pages = pagesOfRows(deps.catalogue, eventOutboxEntity, { partition: { lane }, pageSize: PAGE });
  await round.each(pages, async ({ rows }) => {
    const ofAccounts = Map.groupBy(rows, ({ accountId }) => accountId).values();
    await round.each(ofAccounts, (events) => placeAll(deps, events), { atOnce: ACCOUNTS_AT_ONCE });
  });
  if (round.failures.count > 0) throw round.failures.first;
  return round.isOver() ? 'more' : 'done';
}

/** Of one account, in their order. */
async function placeAll(deps: Deps, events: readonly EventOutboxRow[]): Promise<void> {
  const woken = new Map<string, WebhookRow>();
  for (let rest = events; rest.length > 0; ) {
    const batch = await untilAccepted(deps, async () => {
      const standing = await stillThere(deps, rest);
      const plan = await planBatch(deps, standing);
      const { ok } = plan.writes.length === 0 ? { ok: true } : await deps.catalogue.transact(plan.writes);
      return ok ? { ok: true, value: plan } : { ok: false, refused: [] };
    });
    rest = batch.rest;
    for (const webhook of batch.webhooks) woken.set(webhook.id, webhook);
  }
  const lanes = new Set(events.map(({ lane }) => lane));
  const sinks = (deps.eventSinks ?? []).filter(({ atOnce }) => atOnce);
  await deps.queue.send([
    ...[...woken.values()].map(({ accountId, id }) => ({ kind: 'webhook', accountId, id }) as const),
    ...sinks.flatMap(({ name: sink }) => [...lanes].map((lane) => ({ kind: 'sink', sink, lane }) as const)),
  ]);
}

/** Others may have placed some of them meanwhile. */
async function stillThere({ catalogue }: Deps, events: readonly EventOutboxRow[]): Promise<EventOutboxRow[]> {
  const keys = events.map(({ lane, id }) => ({ lane, id }));
  const rows = await catalogue.getMany(eventOutboxEntity, keys);
  return rows.filter((row) => row !== undefined);
}

interface Batch {
  readonly writes: readonly Write[];
  /** That have something to be sent by it. */
  readonly webhooks: readonly WebhookRow[];
  /** What did not fit in. */
  readonly rest: readonly EventOutboxRow[];
}

/** As many as one transaction takes. */
async function planBatch(
  { catalogue, clock, eventSinks = [] }: Deps,
  events: readonly EventOutboxRow[],
): Promise<Batch> {
  const [first] = events;
  if (first === undefined) return { writes: [], webhooks: [], rest: [] };
  const { accountId } = first;
  const [count, { rows: webhooks }] = await Promise.all([
    catalogue.get(eventCountEntity, { accountId }),
    catalogue.list(webhookEntity, { partition: { accountId }, limit: MOST_WEBHOOKS }),
  ]);
  const now = clock.now();
  const before = count?.placed ?? 0;
  const woken = new Set<WebhookRow>();
  const writes: Write[] = [];
  let taken = 0;
  for (const event of events) {
    const wanting = webhooks.filter((webhook) => wantsEvent(webhook, event));
    const added = [...placeWrites(event, before + taken + 1, now, wanting), ...sinkWrites(event, now, eventSinks)];
    const most = 1 + writes.length + added.length + new Set([...woken, ...wanting]).size;
    if (most > MAX_TRANSACTION_WRITES) break;
    writes.push(...added);
    for (const webhook of wanting) woken.add(webhook);
    taken++;
  }
  const placed = before + taken;
  const counted =
    count === undefined
      ? put(eventCountEntity, { accountId, placed })
      : patch(eventCountEntity, { accountId }, { set: { placed }, when: [equal('placed', before)] });
  return {
    writes: [counted, ...writes, ...[...woken].map((webhook) => wakeWrite(webhook, now))],
    webhooks: [...woken],
    rest: events.slice(taken),
  };
}

function placeWrites(event: EventOutboxRow, at: number, now: number, webhooks: readonly WebhookRow[]): Write[] {
  const { lane, ...said } = event;
  const { accountId, id, subjectId, type } = said;
  const place = placeText(at);
  const placedAt = isoTime(now);
  const forgetAt = forgetEventAt(now);
  const sent = { accountId, place, eventId: id, type, createdAt: placedAt, attempts: 0, dueAt: placedAt };
  return [
    remove(eventOutboxEntity, { lane, id }, [equal('id', id)]),
    put(eventEntity, { ...said, place, placedAt, forgetAt }),
    put(eventOfSubjectEntity, { accountId, subjectId, place, placedAt, forgetAt }),
    ...webhooks.map((webhook) => put(dueDeliveryEntity, { ...sent, webhookId: webhook.id })),
  ];
}

function sinkWrites(event: EventOutboxRow, now: number, sinks: readonly EventSink[]): Write[] {
  const wanting = sinks.filter(({ types }) => types === undefined || types.includes(event.type));
  return wanting.map(({ name: sink }) => put(sinkDueEntity, { ...event, sink, placedAt: isoTime(now) }));
}

/** Refused for one that was removed or changed meanwhile: then all is decided again. */
function wakeWrite(webhook: WebhookRow, now: number): Write {
  const { accountId, id, wakeAt, revision } = webhook;
  const soon = isoTime(now + LOST_AFTER_MS);
  const set = webhookWokenAt(webhook, wakeAt !== undefined && wakeAt < soon ? wakeAt : soon);
  return patch(webhookEntity, { accountId, id }, { set, add: { wakes: 1 }, when: [equal('revision', revision)] });
}

/** The janitor's round: events whose worker was lost. */
export async function sweepEvents(deps: Deps, lanes: readonly number[], until: number) {
  const waiting = await mapBounded(lanes, ACCOUNTS_AT_ONCE, async (lane) => {
    const { rows } = await deps.catalogue.list(eventOutboxEntity, { partition: { lane }, limit: 1 });
    return rows.length > 0 && deps.clock.now() < until ? [lane] : [];
  });
  const lost = waiting.flat();
  await deps.queue.send(lost.map((lane) => ({ kind: 'events', lane })));
  return { woken: lost.length };
}
