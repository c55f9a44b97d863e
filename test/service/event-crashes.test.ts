import { describe, expect, test } from 'vitest';
import { put } from '../../src/platform/catalogue/port.ts';
import { isoTime } from '../../src/platform/clock.ts';
import { VarveError } from '../../src/platform/errors.ts';
import type { Outgoing } from '../../src/platform/outgoing/port.ts';
import { shards } from '../../src/platform/sweep.ts';
import { markInArrears, settleByOperator } from '../../src/service/accounts/arrears.ts';
import type { Caller } from '../../src/service/calls/caller.ts';
import { placeEvents } from '../../src/service/events/place.ts';
import { EVENT_LANES, eventCountEntity, eventEntity, eventOutboxEntity } from '../../src/service/model/events/rows.ts';
import {
  deliveryEntity,
  dueDeliveryEntity,
  webhookCountEntity,
  webhookEntity,
} from '../../src/service/model/webhooks/rows.ts';
import type { Service } from '../../src/service/service.ts';
import { createWebhook, deleteWebhook } from '../../src/service/webhooks/change.ts';
import { runWebhook } from '../../src/service/webhooks/run.ts';
import { createEngineHarness, type EngineHarness } from '../support/engine-harness.ts';
import { FAULTS, type Fault, injectFault } from '../support/fault-injector.ts';
import { MEMORY_ACCOUNT, memoryService, openMemoryAccount } from '../support/memory-service.ts';

const TIME_LIMIT_MS = 300_000;
const HOUR_MS = 3_600_000;
const FOREVER = Number.POSITIVE_INFINITY;
const caller: Caller = { accountId: MEMORY_ACCOUNT, apiKeyId: 'key', role: 'ADMIN' };
const account = { account: MEMORY_ACCOUNT };

interface World {
  readonly harness: EngineHarness;
  readonly outgoing: Pick<Outgoing, 'post'>;
  /** Ids of the events that the receiver was sent. */
  readonly received: string[];
}

async function worldOf(seed: number): Promise<World> {
  const harness = createEngineHarness(seed);
  const service = memoryService(harness.deps);
  await openMemoryAccount(service);
  await createWebhook(service, caller, { url: 'http://127.0.0.1/', clientToken: 'webhook' });
  const received: string[] = [];
  const post: Outgoing['post'] = async ({ headers }) => {
    received.push(headers['webhook-id'] ?? '');
    return { status: 200 };
  };
  return { harness, outgoing: { post }, received };
}

/** What a worker does that is woken for everything. */
async function work(service: Service, { post }: Pick<Outgoing, 'post'>): Promise<void> {
  for (const lane of shards(EVENT_LANES)) await placeEvents(service, { lane }, FOREVER);
  const { rows } = await service.catalogue.list(webhookEntity, { partition: { accountId: MEMORY_ACCOUNT }, limit: 10 });
  const outgoing = { post, whyRefused: () => undefined };
  for (const { accountId, id } of rows) await runWebhook({ service, outgoing }, { accountId, id }, FOREVER);
}

async function tell(service: Service, { outgoing, harness }: World): Promise<void> {
  await markInArrears(service, account);
  harness.clock.at += 1; // within one millisecond there is no order
  await settleByOperator(service, account);
  await work(service, outgoing);
}

async function tellAndDelete(service: Service, { outgoing }: World): Promise<void> {
  await markInArrears(service, account);
  for (const lane of shards(EVENT_LANES)) await placeEvents(service, { lane }, FOREVER);
  const { rows } = await service.catalogue.list(webhookEntity, { partition: { accountId: MEMORY_ACCOUNT }, limit: 10 });
  for (const { id } of rows) await deleteWebhook(service, caller, id).catch(unlessDone);
  await work(service, outgoing);
}

/** It is gone already. */
function unlessDone(error: unknown): void {
  if (!(error instanceof VarveError && error.code === 'NotFound')) throw error;
}

/** The janitor comes by, and messages are delivered more than once. */
async function goOn({ harness, outgoing }: World): Promise<void> {
  for (let hours = 0; hours < 3; hours++) {
    await work(memoryService(harness.deps), outgoing);
    harness.clock.at += HOUR_MS;
  }
}

function endOf({ harness: { catalogue }, received }: World) {
  const events = catalogue.rows(eventEntity);
  return {
    types: events.map(({ type }) => type),
    places: events.map(({ place }) => Number(place)),
    placed: catalogue.rows(eventCountEntity).map((row) => row.placed),
    outbox: catalogue.rows(eventOutboxEntity).length,
    due: catalogue.rows(dueDeliveryEntity).length,
    ends: catalogue.rows(deliveryEntity).map(({ end }) => end),
    webhooks: catalogue.rows(webhookEntity).map(({ runShard, failures }) => ({ runShard, failures })),
    count: catalogue.rows(webhookCountEntity).map(({ count }) => count),
    received: [...new Set(received)].length,
  };
}

describe.each([
  ['told', tell],
  ['told, and its webhook removed', tellAndDelete],
] as const)('8.5: what is %s', (_, play) => {
  async function struck(at: number, fault: Fault) {
    const world = await worldOf(100 + at);
    const meanwhile = () => goOn(world);
    const injected = injectFault(world.harness.deps, { at, fault, meanwhile });
    const outgoing = injected.inFrontOf('outgoing', world.outgoing);
    const { error, killed } = await injected.run((deps) => play(memoryService(deps), { ...world, outgoing }));
    if (error !== undefined || killed) await play(memoryService(world.harness.deps), world);
    await goOn(world);
    return { reached: injected.reached(), end: endOf(world) };
  }

  test(
    'comes to the same end whatever happens to any one call: each event once and in one order',
    async () => {
      const world = await worldOf(1);
      const { deps, calls, inFrontOf } = injectFault(world.harness.deps);
      await play(memoryService(deps), { ...world, outgoing: inFrontOf('outgoing', world.outgoing) });
      await goOn(world);
      const end = endOf(world);
      if (play === tell) {
        expect(end).toMatchObject({ types: ['arrears.began', 'arrears.ended'], places: [1, 2], outbox: 0, due: 0 });
        expect(end).toMatchObject({ ends: ['DELIVERED', 'DELIVERED'], received: 2 });
        expect(calls).toContain('outgoing.post');
      } else expect(end).toMatchObject({ types: ['arrears.began'], due: 0, webhooks: [], count: [0] });
      for (const [at, call] of calls.entries()) {
        for (const fault of FAULTS) {
          const { reached, end: after } = await struck(at, fault);
          const place = `${fault} at ${call} (${at})`;
          expect(reached, place).toBe(true);
          const { received: _sent, ends: _ends, types: _types, ...rest } = after;
          const { received: _, ends: __, types: ___, ...expected } = end;
          // A kill after an acknowledged change lets the client tell more than once: see below.
          if (play === tell && after.types.length === end.types.length) expect(after, place).toEqual(end);
          else expect({ ...rest, places: [], placed: [] }, place).toEqual({ ...expected, places: [], placed: [] });
          expect(after.places, place).toEqual(after.types.map((__type, index) => index + 1));
          expect(after.placed, place).toEqual([after.types.length]);
        }
      }
    },
    TIME_LIMIT_MS,
  );
});

test('8.5: two workers at one lane give each event one place', async () => {
  const { harness, outgoing } = await worldOf(3);
  const service = memoryService(harness.deps);
  for (let at = 0; at < 150; at++)
    await service.catalogue.transact([
      put(eventOutboxEntity, {
        lane: at % 2,
        id: service.ids.next('ev'),
        accountId: MEMORY_ACCOUNT,
        type: 'arrears.began',
        subjectKind: 'account',
        subjectId: `${at}`,
        data: {},
        at: isoTime(service.clock.now()),
      }),
    ]);
  await Promise.all([0, 1, 0, 1].map((lane) => placeEvents(service, { lane }, FOREVER)));
  await work(service, outgoing);
  const events = harness.catalogue.rows(eventEntity);
  expect(new Set(events.map(({ id }) => id)).size).toBe(150);
  expect(events.map(({ place }) => Number(place)).sort((a, b) => a - b)).toEqual(events.map((_, at) => at + 1));
  expect(harness.catalogue.rows(deliveryEntity)).toHaveLength(150);
});
