import { hash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createHttp, type Http } from '../../src/client/service/http.ts';
import { createObjectTransfer } from '../../src/client/service/object-transfer.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { ObjectStore, PutCondition } from '../../src/platform/objects/port.ts';
import { createS3Objects } from '../../src/platform/objects/s3.ts';
import { createS3Client, createTestBucket, s3Settings } from '../support/engines.ts';
import { type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';

const signal = new AbortController().signal;
const client = await createS3Client();
const mine = Buffer.from('mine');
const theirs = Buffer.from('theirs');
const OTHER_ETAG = '"00000000000000000000000000000000"';
let proxy: FaultyProxy;
let http: Http;
let objects: ObjectStore;
let key: string;

beforeAll(async () => {
  proxy = await startFaultyProxy((await s3Settings()).endpoint);
  http = createHttp(4);
  const bucket = await createTestBucket();
  objects = createS3Objects({ client, bucket, clock: systemClock, random: Math.random });
});
beforeEach(() => {
  key = `puts/${randomUUID()}`;
});
afterAll(async () => {
  http.close();
  client.destroy();
  await proxy.close();
});

/** Through the proxy; signed for the store behind it. */
async function put(when: PutCondition): Promise<string> {
  const content = { sizeBytes: mine.length, sha256: hash('sha256', mine, 'hex') };
  const { url, headers } = await objects.signPut(key, content, { ttlSeconds: 60, when });
  const { host } = new URL(url);
  const transfer = createObjectTransfer(http, signal);
  return transfer.put({ url: url.replace(new URL(url).origin, proxy.url), headers: { ...headers, host } }, mine);
}

test.each<[string, PutCondition, Buffer | undefined, string]>([
  ['nothing, as it should', 'absent', undefined, 'STORED'],
  ['something, and nothing should', 'absent', theirs, 'OTHERWISE'],
  ['other bytes than should', { etag: OTHER_ETAG }, theirs, 'OTHERWISE'],
  ['nothing, and something should', { etag: OTHER_ETAG }, undefined, 'OTHERWISE'],
])('where there is %s, the caller is told', async (_, when, lies, expected) => {
  if (lies !== undefined) await objects.put(key, lies);
  expect(await put(when)).toBe(expected);
  const there = expected === 'STORED' ? mine : lies;
  expect(await objects.get(key)).toEqual(there);
});

test('a PUT that met another one of the same object is tried again', async () => {
  proxy.next({ status: 409, code: 'ConditionalRequestConflict' }, { status: 409, code: 'ConditionalRequestConflict' });
  expect(await put('absent')).toBe('STORED');
  expect(proxy.unused()).toBe(0);
});

test('a PUT whose answer was lost ends as OTHERWISE, and the store then shows that the bytes are right', async () => {
  proxy.next('lost');
  expect(await put('absent')).toBe('OTHERWISE');
  expect(await objects.head(key)).toEqual({ sizeBytes: mine.length, sha256: hash('sha256', mine, 'hex') });
});

test('a missing bucket is no missing object', async () => {
  proxy.next({ status: 404, code: 'NoSuchBucket' });
  await expect(put('absent')).rejects.toMatchObject({ code: 'BadAnswer' });
});
