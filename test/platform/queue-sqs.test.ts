import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { FauxqsServer } from 'fauxqs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLog } from '../../src/platform/log.ts';
import type { WorkMessage } from '../../src/platform/queue/port.ts';
import { createSqsQueue } from '../../src/platform/queue/sqs.ts';
import { TEST_CREDENTIALS, TEST_REGION } from '../support/engines.ts';
import { startQueueEngine } from '../support/queue-engine.ts';

let engine: FauxqsServer;
let client: SQSClient;
let lines: string[] = [];
const log = createLog({ level: 'debug', clock: { now: () => 0 }, write: (line) => lines.push(line) });

beforeAll(async () => {
  engine = await startQueueEngine();
  client = new SQSClient({
    endpoint: engine.address,
    region: TEST_REGION,
    credentials: TEST_CREDENTIALS,
    maxAttempts: 1,
  });
});
beforeEach(() => {
  lines = [];
});
afterAll(async () => {
  client.destroy();
  await engine.stop();
});

type Entry = Extract<WorkMessage, { kind: 'entry' }>;
const message = (at: number): Entry => ({ kind: 'entry', shard: at % 16, id: `e-${at}` });

async function received(queueUrl: string): Promise<Entry[]> {
  const found: Entry[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return found;
    found.push(...Messages.map(({ Body = '' }) => JSON.parse(Body) as Entry));
  }
}

test.each([0, 1, 10, 11, 37])('%i messages arrive', async (count) => {
  const { queueUrl } = engine.createQueue(`work-${count}`);
  const messages = Array.from({ length: count }, (_, at) => message(at));
  await createSqsQueue({ client, queueUrl, log, random: Math.random }).send(messages);
  const found = await received(queueUrl);
  expect(found.sort((a, b) => Number(a.id.slice(2)) - Number(b.id.slice(2)))).toEqual(messages);
  expect(lines).toEqual([]);
});

test('a queue that is not there is logged, not thrown', async () => {
  const { queueUrl } = engine.createQueue('gone');
  engine.deleteQueue('gone');
  await createSqsQueue({ client, queueUrl, log, random: Math.random }).send([message(1), message(2)]);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', message: 'the queue took no messages', count: 2 });
});

test('a refused message is logged, and the others arrive', async () => {
  const { queueUrl } = engine.createQueue('small', { attributes: { MaximumMessageSize: '1024' } });
  const long: WorkMessage = { kind: 'entry', shard: 0, id: 'x'.repeat(2000) };
  await createSqsQueue({ client, queueUrl, log, random: Math.random }).send([message(1), long]);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'warn', message: 'the queue refused messages', count: 1 });
  expect(await received(queueUrl)).toEqual([message(1)]);
});

test('a delayed message comes when its time is over, and not before', async () => {
  const { queueUrl } = engine.createQueue('delayed');
  const sentAt = Date.now();
  await createSqsQueue({ client, queueUrl, log, random: Math.random }).send([message(1)], { delayMs: 1200 });
  let found: Entry[] = [];
  while (found.length === 0) found = await received(queueUrl);
  expect(found).toEqual([message(1)]);
  expect(Date.now() - sentAt).toBeGreaterThanOrEqual(1200);
  expect(lines).toEqual([]);
}, 20_000);
