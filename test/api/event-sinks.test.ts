import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventSink, SinkEvent } from '../../src/platform/outgoing/sink.ts';
import { shards } from '../../src/platform/sweep.ts';
import { markInArrears } from '../../src/service/accounts/arrears.ts';
import { runSink, sweepSinks } from '../../src/service/events/sinks.ts';
import { EVENT_LANES } from '../../src/service/model/events/rows.ts';
import type { Service } from '../../src/service/service.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import { placeAll } from '../support/events.ts';

const DAY_MS = 86_400_000;

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

interface Scene {
  readonly service: Service;
  readonly given: SinkEvent[][];
  readonly reports: unknown[];
  run(): Promise<void>;
}

/** A sink that takes what `takes` says. */
function sceneOf(takes: (events: readonly SinkEvent[]) => readonly boolean[], more: Partial<EventSink> = {}): Scene {
  const given: SinkEvent[][] = [];
  const reports: unknown[] = [];
  const sink: EventSink = {
    name: 'EVENTBRIDGE',
    most: 10,
    atOnce: true,
    deliver: async (events) => {
      given.push([...events]);
      return takes(events);
    },
    ...more,
  };
  const service: Service = { ...api.service, eventSinks: [sink] };
  const deps = { service, report: (error: unknown) => void reports.push(error) };
  const run = async () => {
    await placeAll(service);
    for (const lane of shards(EVENT_LANES)) await runSink(deps, { sink: 'EVENTBRIDGE', lane }, Infinity);
  };
  return { service, given, reports, run };
}

async function happen(): Promise<string> {
  const { id } = await api.createAccount();
  await markInArrears(api.service, { account: id });
  return id;
}

const accountsOf = (given: readonly (readonly SinkEvent[])[]) => given.flat().map(({ accountId }) => accountId);

test('8.5: events of all accounts go to the bus of the installation, once', async () => {
  const scene = sceneOf((events) => events.map(() => true));
  const ids = [await happen(), await happen()];
  await scene.run();
  await scene.run();
  expect(accountsOf(scene.given).sort()).toEqual(ids.sort());
  expect(JSON.parse(scene.given[0]?.[0]?.body ?? '')).toMatchObject({ type: 'arrears.began' });
});

test('8.5: what the bus does not take stays, and the janitor has it sent again', async () => {
  let isUp = false;
  const scene = sceneOf((events) => events.map(() => isUp));
  const id = await happen();
  await scene.run();
  const woken = await sweepSinks(scene.service, Infinity);
  isUp = true;
  await scene.run();
  expect(woken.woken).toBe(1);
  expect(accountsOf(scene.given)).toEqual([id, id]);
  expect((await sweepSinks(scene.service, Infinity)).woken).toBe(0);
});

test('8.5: a bus that is down for a day loses the event, which is reported', async () => {
  const scene = sceneOf(() => {
    throw new Error('down');
  });
  await happen();
  await scene.run();
  api.clock.advance(DAY_MS + 60_000);
  await scene.run();
  expect(scene.reports.map(String)).toContainEqual(expect.stringContaining('given up'));
  expect((await sweepSinks(scene.service, Infinity)).woken).toBe(0);
});

test('8.5: only the types that are chosen are kept for it', async () => {
  const scene = sceneOf((events) => events.map(() => true), { types: ['breach.began'] });
  await happen();
  await scene.run();
  expect(scene.given).toEqual([]);
});
