import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as Kms from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { awsSettings } from '../../src/platform/aws-settings.ts';
import { createDynamoCatalogue } from '../../src/platform/catalogue/dynamo.ts';
import { entity, optional, type RowOf, string } from '../../src/platform/catalogue/entity.ts';
import { type Catalogue, put, remove } from '../../src/platform/catalogue/port.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { invokeLambda } from '../../src/platform/functions/lambda.ts';
import { createKmsKeys } from '../../src/platform/keys/kms.ts';
import type { KeyService, KeyUnwrapper } from '../../src/platform/keys/port.ts';
import { createLog } from '../../src/platform/log.ts';
import type { ObjectStore } from '../../src/platform/objects/port.ts';
import { createS3Objects } from '../../src/platform/objects/s3.ts';
import type { Queue } from '../../src/platform/queue/port.ts';
import { createSqsQueue } from '../../src/platform/queue/sqs.ts';
import type { RetryLimits } from '../../src/platform/retry.ts';
import {
  createTestBucket,
  createTestTable,
  dynamoSettings,
  s3Settings,
  TEST_CREDENTIALS,
  TEST_REGION,
} from '../support/engines.ts';
import { type Fault, type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';
import { startQueueEngine } from '../support/queue-engine.ts';
import { KMS_KEY, startKms, startLambda } from '../support/wire-service.ts';

/*
 * C2, C8: whatever passing trouble a store or service of AWS's is in, a call outlasts it, or ends
 * as `Throttled` within a bound. Each call of each dependency meets each trouble on the wire, in
 * front of the engine that stands in for the service.
 */

const QUICK = { attempts: 3, firstWaitMs: 1, longestWaitMs: 4 };
/** For troubles that only a time-out ends. A busy machine answers within it, most of the times. */
const HASTY = { ...QUICK, attempts: 8, attemptMs: 500 };
const GATEWAY_MS = 29_000;
const random = () => 0.5;

const thing = entity({
  name: 'thing',
  attributes: { id: string(), text: optional(string()) },
  primary: { partition: ['id'], sort: [] },
});
type Row = RowOf<typeof thing>;

interface Parts {
  readonly catalogue: Catalogue;
  readonly objects: ObjectStore;
  readonly queue: Queue;
  readonly keys: KeyService & KeyUnwrapper;
  readonly invoke: () => Promise<unknown>;
}
type Dependency = 'dynamo' | 's3' | 'sqs' | 'kms' | 'lambda';

let proxies: Record<Dependency, FaultyProxy>;
let quick: Parts;
let hasty: Parts;
let patient: Parts;
let logged: string[] = [];
const ending: (() => unknown)[] = [];
const settings = { region: TEST_REGION, credentials: TEST_CREDENTIALS };

beforeAll(async () => {
  const queueEngine = await startQueueEngine();
  const [kms, lambda] = [await startKms(), await startLambda()];
  proxies = {
    dynamo: await startFaultyProxy((await dynamoSettings()).endpoint),
    s3: await startFaultyProxy((await s3Settings()).endpoint),
    sqs: await startFaultyProxy(queueEngine.address),
    kms: await startFaultyProxy(kms.url),
    lambda: await startFaultyProxy(lambda.url),
  };
  const { queueUrl } = queueEngine.createQueue('work');
  const { client, tableName } = await createTestTable();
  const bucket = await createTestBucket();
  Object.assign(process.env, {
    AWS_REGION: TEST_REGION,
    AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_LAMBDA: proxies.lambda.url,
  });
  const clients = {
    dynamo: new DynamoDBClient({ ...(await dynamoSettings()), ...awsSettings(), endpoint: proxies.dynamo.url }),
    s3: new S3Client({ ...(await s3Settings()), ...awsSettings(), endpoint: proxies.s3.url }),
    sqs: new SQSClient({ ...settings, ...awsSettings(), endpoint: proxies.sqs.url, useQueueUrlAsEndpoint: false }),
    kms: new Kms.KMSClient({ ...settings, ...awsSettings(), endpoint: proxies.kms.url }),
  };
  const partsWith = (retry: Partial<RetryLimits>): Parts => ({
    catalogue: createDynamoCatalogue({
      client: DynamoDBDocumentClient.from(clients.dynamo),
      tableName,
      random,
      retry,
    }),
    objects: createS3Objects({ client: clients.s3, bucket, clock: systemClock, random, retry }),
    queue: createSqsQueue({ client: clients.sqs, queueUrl, log, random, retry }),
    keys: createKmsKeys({
      clientOf: () => clients.kms,
      awsRegionOf: () => undefined,
      commands: Kms,
      random,
      retry,
    }),
    invoke: () => invokeLambda('f', { told: 1 }, { signal: new AbortController().signal, random, retry }),
  });
  quick = partsWith(QUICK);
  hasty = partsWith(HASTY);
  patient = partsWith({});
  receive = async () => {
    const command = new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 });
    return (await clients.sqs.send(command)).Messages?.length ?? 0;
  };
  ending.push(
    () => client.destroy(),
    ...Object.values(clients).map((each) => () => each.destroy()),
    ...Object.values(proxies).map((each) => each.close),
    ...[kms, lambda].map((each) => each.close),
    () => queueEngine.stop(),
  );
});
let receive: () => Promise<number>;
afterAll(async () => {
  for (const end of ending) await end();
});
afterEach(() => {
  for (const proxy of Object.values(proxies)) {
    proxy.always();
    expect(proxy.unused()).toBe(0);
  }
  logged = [];
});
const log = createLog({ level: 'warn', clock: { now: () => 0 }, write: (line) => logged.push(line) });

/** Each does something, and checks what came of it. */
const CALLS: Readonly<Record<Dependency, Readonly<Record<string, (parts: Parts) => Promise<void>>>>> = {
  dynamo: {
    get: async ({ catalogue }) => expect(await catalogue.get(thing, { id: 'never' })).toBeUndefined(),
    getMany: async ({ catalogue }) => expect(await catalogue.getMany(thing, [{ id: 'never' }])).toEqual([undefined]),
    list: async ({ catalogue }) =>
      expect(await catalogue.list(thing, { partition: { id: 'never' }, limit: 1 })).toEqual({ rows: [], more: false }),
    transact: async ({ catalogue }) => {
      const row: Row = { id: randomUUID() };
      expect(await catalogue.transact([put(thing, row, 'absent')])).toEqual({ ok: true });
    },
    'transact, a condition of which does not hold': async ({ catalogue }) => {
      const row: Row = { id: 'taken' };
      await catalogue.transact([put(thing, row, 'absent')]);
      expect(await catalogue.transact([put(thing, row, 'absent')])).toEqual({ ok: false, failed: [0] });
    },
    tryWrite: async ({ catalogue }) => expect(await catalogue.tryWrite(remove(thing, { id: 'never' }))).toBe(true),
  },
  s3: {
    put: ({ objects }) => objects.put(`trouble/${randomUUID()}`, Buffer.from('kept')),
    get: async ({ objects }) => expect(await objects.get('trouble/never')).toBeUndefined(),
    head: async ({ objects }) => expect(await objects.head('trouble/never')).toBeUndefined(),
    list: async ({ objects }) => expect((await objects.list('never/', { limit: 1 })).keys).toEqual([]),
    remove: ({ objects }) => objects.remove(['trouble/never']),
  },
  sqs: {
    send: async ({ queue }) => {
      await queue.send([{ kind: 'entry', shard: 1, id: 'e-1' }]);
      if (logged.length > 0) throw (JSON.parse(logged[0] ?? '') as { error: unknown }).error;
    },
  },
  kms: {
    generateWrapped: async ({ keys }) => expect((await keys.generateWrapped(KMS_KEY)).keyId).toBe(KMS_KEY),
    unwrap: async ({ keys }) => {
      const key = await keys.generateWrapped(KMS_KEY);
      expect(await keys.unwrap(key)).toHaveLength(32);
    },
  },
  lambda: { invoke: async ({ invoke }) => expect(await invoke()).toEqual({ told: 1 }) },
};

const NETWORK: readonly Fault[] = ['reset', 'hang', 'lost', 'cut', 'stall'];
const answers = (...told: readonly (readonly [number, string])[]): Fault[] =>
  told.map(([status, code]) => ({ status, code }));
const TROUBLES: Readonly<Record<Dependency, readonly Fault[]>> = {
  dynamo: [
    ...NETWORK,
    ...answers(
      [400, 'ProvisionedThroughputExceededException'],
      [400, 'RequestLimitExceeded'],
      [400, 'ThrottlingException'],
      [500, 'InternalServerError'],
      [502, 'BadGateway'],
      [503, 'ServiceUnavailable'],
    ),
    { done: 'InternalServerError', status: 500 },
  ],
  s3: [
    ...NETWORK,
    ...answers(
      [503, 'SlowDown'],
      [503, 'ServiceUnavailable'],
      [500, 'InternalError'],
      [400, 'RequestTimeout'],
      [409, 'OperationAborted'],
      [429, 'TooManyRequestsException'],
      [504, 'GatewayTimeout'],
    ),
  ],
  sqs: [
    ...NETWORK,
    ...answers(
      [400, 'RequestThrottled'],
      [400, 'KmsThrottled'],
      [400, 'ThrottlingException'],
      [500, 'InternalFailure'],
      [503, 'ServiceUnavailable'],
    ),
  ],
  kms: [
    ...NETWORK,
    ...answers(
      [400, 'ThrottlingException'],
      [400, 'LimitExceededException'],
      [500, 'KMSInternalException'],
      [503, 'DependencyTimeoutException'],
      [500, 'KeyUnavailableException'],
    ),
  ],
  lambda: [
    ...NETWORK,
    ...answers(
      [429, 'TooManyRequestsException'],
      [500, 'ServiceException'],
      [502, 'EC2ThrottledException'],
      [503, 'ServiceUnavailable'],
    ),
  ],
};

const endsByTimeout = (fault: Fault) => fault === 'hang' || fault === 'stall';
/** A HEAD's answer has no body that could say so. */
const cannotBeTold = (name: string, fault: Fault) =>
  name === 'head' && typeof fault === 'object' && 'code' in fault && fault.status < 429;

const table = (Object.keys(CALLS) as Dependency[]).flatMap((dependency) =>
  Object.entries(CALLS[dependency]).flatMap(([name, call]) =>
    TROUBLES[dependency]
      .filter((trouble) => !cannotBeTold(name, trouble))
      .map((trouble) => ({ dependency, name, call, trouble, text: textOf(trouble) })),
  ),
);

function textOf(trouble: Fault): string {
  if (typeof trouble === 'string') return trouble;
  return 'code' in trouble ? `${trouble.status} ${trouble.code}` : `${trouble.done} though it was done`;
}

describe('C2: a call outlasts trouble that passes', () => {
  test.each(table)('$dependency $name: $text', async ({ dependency, call, trouble }) => {
    const isSlow = endsByTimeout(trouble);
    proxies[dependency].next(...(isSlow ? [trouble] : [trouble, trouble]));
    await call(isSlow ? hasty : quick);
  });
});

describe('C2: trouble without end is Throttled, after a bounded number of attempts', () => {
  // What ends by a time-out is C8's, below.
  const endless = table.filter(({ trouble }) => !endsByTimeout(trouble));
  test.each(endless)('$dependency $name: $text', async ({ dependency, call, trouble }) => {
    const proxy = proxies[dependency];
    const before = proxy.requests();
    proxy.always(trouble);
    const error = await call(quick).then(
      () => 'nothing',
      (thrown: unknown) => thrown as { code: string; extra?: { retryAfterMs: number } },
    );
    expect(error).toMatchObject({ code: 'Throttled' });
    if (error instanceof VarveError) expect(error.extra.retryAfterMs).toBeGreaterThan(0);
    expect(proxy.requests() - before).toBe(QUICK.attempts);
  });
});

describe('C2: a transaction whose outcome is unknown', () => {
  const unknown: [string, Fault][] = [
    ['the connection is lost', 'lost'],
    ['the answer never comes to its end', 'stall'],
    ['DynamoDB says that it failed', { done: 'InternalServerError', status: 500 }],
    ['DynamoDB says that it is under way', { done: 'TransactionInProgressException' }],
  ];
  const conflict: Fault = {
    status: 400,
    code: 'TransactionCanceledException',
    reasons: ['TransactionConflict'],
  };

  test.each(unknown)('is told as done when it was, though %s', async (_, fault) => {
    const row: Row = { id: randomUUID() };
    proxies.dynamo.next(fault);
    expect(await hasty.catalogue.transact([put(thing, row, 'absent')])).toEqual({ ok: true });
  });

  test.each(unknown)('is told as possibly done when it is never known: %s', async (_, fault) => {
    const row: Row = { id: randomUUID() };
    proxies.dynamo.next(fault, ...Array<Fault>(HASTY.attempts - 1).fill('reset'));
    const error = await hasty.catalogue.transact([put(thing, row, 'absent')]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'Throttled', extra: { mayBeDone: true } });
    expect(await quick.catalogue.get(thing, row)).toEqual(row);
  });

  test('is told as not done when it was turned away each time', async () => {
    proxies.dynamo.always({ status: 400, code: 'ProvisionedThroughputExceededException' });
    const error = await quick.catalogue.transact([put(thing, { id: 'x' })]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'Throttled' });
    expect((error as VarveError).extra).not.toHaveProperty('mayBeDone');
  });

  test('is never told as refused by a condition that it broke itself, whatever comes between', async () => {
    const row: Row = { id: randomUUID() };
    proxies.dynamo.next('lost', conflict);
    expect(await quick.catalogue.transact([put(thing, row, 'absent')])).toEqual({ ok: true });
  });
});

test('C8: with every dependency stopped, each call ends well before the gateway gives up', async () => {
  const stopped = ['dynamo', 's3', 'sqs', 'kms'] as const;
  for (const name of stopped) proxies[name].always('hang');
  const calls = stopped.flatMap((name) => Object.values(CALLS[name]));
  const began = performance.now();
  const codes = await Promise.all(
    calls.map((call) =>
      call(patient).then(
        () => 'done',
        ({ code }: { code: string }) => code,
      ),
    ),
  );
  expect(new Set(codes)).toEqual(new Set(['Throttled']));
  expect(performance.now() - began).toBeLessThan(GATEWAY_MS / 2);
}, 60_000);

test('C2: messages that the queue could not take just now are sent again, those that it took are not', async () => {
  while ((await receive()) > 0);
  proxies.sqs.next('reset');
  await quick.queue.send(Array.from({ length: 3 }, (_, at) => ({ kind: 'entry', shard: at, id: `e-${at}` })));
  expect(await receive()).toBe(3);
  expect(logged).toEqual([]);
});

test('C2: a caller who gives up is not kept by retries', async () => {
  const giveUp = new AbortController();
  proxies.lambda.always('hang');
  const call = invokeLambda('f', {}, { signal: giveUp.signal, random, retry: { ...QUICK, attemptMs: 60_000 } });
  setTimeout(() => giveUp.abort(), 50);
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  expect(proxies.lambda.requests()).toBeGreaterThan(0);
});
