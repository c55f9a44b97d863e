import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createLog } from '../../src/platform/log.ts';
import { createInProcessQueue } from '../../src/platform/queue/in-process.ts';
import type { WorkMessage } from '../../src/platform/queue/port.ts';

const message = (at: number): WorkMessage => ({ kind: 'entry', shard: at % 16, id: `e-${at}` });

function scene(options: { readonly together?: number } = {}) {
  const lines: string[] = [];
  const log = createLog({ level: 'debug', clock: { now: () => 0 }, write: (line) => lines.push(line) });
  return { lines, queue: createInProcessQueue({ log, firstWaitMs: 1, ...options }) };
}

test('what was sent before the start is worked on, each once', async () => {
  const { queue } = scene();
  await queue.send([message(1), message(2), message(1)]);
  const seen: WorkMessage[] = [];
  queue.start(async (one) => {
    seen.push(one);
  });
  await queue.stop();
  expect(seen).toEqual([message(1), message(2)]);
});

test('a message that comes while the same one is worked on is worked on after it', async () => {
  const { queue } = scene();
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
  let begun = 0;
  queue.start(async () => {
    begun += 1;
    await mayEnd;
  });
  await queue.send([message(1)]);
  await queue.send([message(1)]);
  end();
  await sleep(1);
  await queue.stop();
  expect(begun).toBe(2);
});

test('no more are worked on at a time than may be, and all are in the end', async () => {
  const { queue } = scene({ together: 3 });
  let [now, most, done] = [0, 0, 0];
  const { promise: allDone, resolve } = Promise.withResolvers<void>();
  queue.start(async () => {
    most = Math.max(most, ++now);
    await sleep(1);
    now -= 1;
    if (++done === 20) resolve();
  });
  await queue.send(Array.from({ length: 20 }, (_, at) => message(at)));
  await allDone;
  expect(most).toBe(3);
});

test('what fails is delivered five times with growing waits, and then left to the janitor', async () => {
  const { queue, lines } = scene();
  let deliveries = 0;
  const { promise: fifth, resolve } = Promise.withResolvers<void>();
  queue.start(async () => {
    if (++deliveries === 5) resolve();
    throw new Error('not today');
  });
  await queue.send([message(7)]);
  await fifth;
  await sleep(40);
  expect(deliveries).toBe(5);
  expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual([
    'warn',
    'warn',
    'warn',
    'warn',
    'error',
  ]);
});

test('a delayed message is not delivered before its time', async () => {
  const { queue } = scene();
  const began = performance.now();
  const { promise: delivered, resolve } = Promise.withResolvers<number>();
  queue.start(async () => resolve(performance.now() - began));
  await queue.send([message(1)], { delayMs: 50 });
  expect(await delivered).toBeGreaterThanOrEqual(49);
});

test('a stop waits for what is under way and begins nothing more', async () => {
  const { queue } = scene({ together: 1 });
  let [begun, ended] = [0, 0];
  queue.start(async () => {
    begun += 1;
    await sleep(5);
    ended += 1;
  });
  await queue.send([message(1), message(2), message(3)]);
  await queue.stop();
  expect([begun, ended]).toEqual([1, 1]);
});

test('beyond what it can hold it drops messages, and says so', async () => {
  const { queue, lines } = scene();
  await queue.send(Array.from({ length: 100_001 }, (_, at) => message(at)));
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', count: 1 });
});
