import { randomUUID } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { NoSpaceError, VarveError } from '../../src/platform/errors.ts';
import type { ObjectStore } from '../../src/platform/objects/port.ts';
import { createS3Objects } from '../../src/platform/objects/s3.ts';
import type { RetryLimits } from '../../src/platform/retry.ts';
import { createTestBucket, s3Settings } from '../support/engines.ts';
import { type Fault, type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';

const QUICK: Partial<RetryLimits> = { attempts: 3, firstWaitMs: 1, longestWaitMs: 4 };
const HASTY: Partial<RetryLimits> = { ...QUICK, attempts: 20, attemptMs: 300 };
const prefix = `trouble/${randomUUID()}/`;
const clients: S3Client[] = [];
let ours: string;
let settings: Awaited<ReturnType<typeof s3Settings>>;
let proxy: FaultyProxy;
let objects: ObjectStore;

function storeAt(endpoint: string, also: { bucket?: string; secret?: string; retry?: Partial<RetryLimits> } = {}) {
  const { accessKeyId, secretAccessKey } = settings.credentials;
  const credentials = { accessKeyId, secretAccessKey: also.secret ?? secretAccessKey };
  const client = new S3Client({ ...settings, endpoint, credentials, maxAttempts: 1 });
  clients.push(client);
  const { bucket = ours, retry = QUICK } = also;
  return createS3Objects({ client, bucket, clock: systemClock, random: () => 0.5, retry });
}

beforeAll(async () => {
  settings = await s3Settings();
  ours = await createTestBucket();
  proxy = await startFaultyProxy(settings.endpoint);
  objects = storeAt(proxy.url);
});
afterEach(() => expect(proxy.unused()).toBe(0));
afterAll(async () => {
  for (const client of clients) client.destroy();
  await proxy.close();
});

const SLOW_DOWN = { status: 503, code: 'SlowDown' };
const faults: [string, Fault][] = [
  ['a 503', SLOW_DOWN],
  ['a 500', { status: 500, code: 'InternalError' }],
  ['a 429', { status: 429, code: 'TooManyRequestsException' }],
  ['a connection that is reset', 'reset'],
];

test.each(faults)('every call outlasts %s', async (_, fault) => {
  const key = `${prefix}${randomUUID()}`;
  const after = { limit: 1, after: key.slice(0, -1) };
  const calls = [
    () => objects.put(key, Buffer.from('kept')),
    async () => expect((await objects.get(key))?.toString()).toBe('kept'),
    async () => expect(await objects.head(key)).toMatchObject({ sizeBytes: 4 }),
    async () => expect((await objects.list(key, after)).keys.map((entry) => entry.key)).toEqual([key]),
    () => objects.remove([key]),
  ];
  for (const call of calls) {
    proxy.next(fault, fault);
    await call();
  }
  expect(await objects.get(key)).toBeUndefined();
});

test('a connection that hangs is given up, and the call made again', async () => {
  const hasty = storeAt(proxy.url, { retry: HASTY });
  proxy.next('hang');
  expect(await hasty.get(`${prefix}never`)).toBeUndefined();
  proxy.next('hang');
  expect(await hasty.list(`${prefix}never`, { limit: 1 })).toEqual({ keys: [], more: false });
});

test('an upload that S3 itself calls too slow is made again', async () => {
  proxy.next({ status: 400, code: 'RequestTimeout' });
  await objects.put(`${prefix}slow`, Buffer.from('x'));
});

test('a body that was cut on the way is read again', async () => {
  const key = `${prefix}cut`;
  const bytes = Buffer.alloc(300_000, 'whole ');
  await objects.put(key, bytes);
  proxy.next('cut');
  expect((await objects.get(key))?.equals(bytes)).toBe(true);
});

test.each(faults)('trouble without end is Throttled after a bounded number of attempts: %s', async (_, fault) => {
  const calls = [
    () => objects.put(`${prefix}never`, Buffer.from('x')),
    () => objects.get(`${prefix}never`),
    () => objects.head(`${prefix}never`),
    () => objects.list(prefix, { limit: 1 }),
    () => objects.remove([`${prefix}never`]),
  ];
  for (const call of calls) {
    const before = proxy.requests();
    proxy.next(fault, fault, fault);
    expect(await codeOf(call)).toBe('Throttled');
    expect(proxy.requests() - before).toBe(3);
  }
});

test('a store without room is told from a busy one, and not asked again', async () => {
  const before = proxy.requests();
  proxy.next({ status: 507, code: 'InsufficientStorage' });
  await expect(objects.put(`${prefix}never`, Buffer.from('x'))).rejects.toThrow(NoSpaceError);
  expect(proxy.requests() - before).toBe(1);
});

test('the total time is bounded, however many attempts there may be', async () => {
  const patient = storeAt(proxy.url, { retry: { attempts: 1000, attemptMs: 100, totalMs: 250 } });
  proxy.next('hang', 'hang', 'hang', 'hang', 'hang', 'hang');
  expect(await codeOf(() => patient.get('k'))).toBe('Throttled');
  expect(proxy.unused()).toBeGreaterThan(0);
  proxy.next();
});

test('a missing bucket is not a missing object', async () => {
  const elsewhere = storeAt(proxy.url, { bucket: 'varve-nowhere' });
  expect(await codeOf(() => elsewhere.get('k'))).toBe('Internal');
  await expect(elsewhere.list('k', { limit: 1 })).rejects.toThrow(/bucket/);
});

test('a wrong secret is refused at once, by every call', async () => {
  const stranger = storeAt(proxy.url, { secret: 'not the secret' });
  const calls = [
    () => stranger.put('k', Buffer.from('x')),
    () => stranger.get('k'),
    () => stranger.head('k'),
    () => stranger.list('k', { limit: 1 }),
    () => stranger.remove(['k']),
  ];
  for (const call of calls) {
    const before = proxy.requests();
    await expect(call()).rejects.toThrow(/403|SignatureDoesNotMatch|signature/);
    expect(proxy.requests() - before).toBe(1);
  }
});

test('nobody is there', async () => {
  const gone = await startFaultyProxy(settings.endpoint);
  const store = storeAt(gone.url);
  await gone.close();
  expect(await codeOf(() => store.get('k'))).toBe('Throttled');
});

test('signed URLs name the public endpoint, or AWS where none is configured', async () => {
  const { credentials } = settings;
  const client = new S3Client({ region: 'cn-north-1', credentials });
  clients.push(client);
  const base = { client, bucket: 'varve-blocks', clock: systemClock, random: Math.random };
  const atAws = new URL(await createS3Objects(base).signGet('objects/d/1', 60));
  expect(`${atAws.origin}${atAws.pathname}`).toBe('https://varve-blocks.s3.cn-north-1.amazonaws.com.cn/objects/d/1');
  const outside = createS3Objects({ ...base, publicEndpoint: 'https://storage.example.com' });
  expect(new URL(await outside.signGet('objects/d/1', 60)).hostname).toBe('varve-blocks.storage.example.com');
});

async function codeOf(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
  } catch (error) {
    if (error instanceof VarveError) return error.code;
    throw error;
  }
  return 'none';
}
