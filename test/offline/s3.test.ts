import { createHash, hash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttp } from '../../src/client/service/http.ts';
import { createObjectTransfer } from '../../src/client/service/object-transfer.ts';
import { startS3 } from '../../src/offline/engines/s3.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { NoSpaceError } from '../../src/platform/errors.ts';
import type { ObjectStore, PutCondition, SignedPut } from '../../src/platform/objects/port.ts';
import { createS3Objects } from '../../src/platform/objects/s3.ts';
import { eventually, temporaryFolder } from '../local/running.ts';

const credentials = { accessKeyId: 'thisrun', secretAccessKey: 'of-this-run-alone' };

describe('the object store of an emulated cloud', () => {
  const folder = temporaryFolder();
  const incoming = join(folder.path, 'incoming');
  const directory = join(folder.path, 'objects');
  let engine: Awaited<ReturnType<typeof startS3>>;
  let store: ObjectStore;
  let free = 1024 ** 4;
  const http = createHttp(1);

  const storeWith = (keys: typeof credentials): ObjectStore => {
    const endpoint = `http://127.0.0.1:${engine.port}`;
    const client = new S3Client({ endpoint, region: 'us-east-1', credentials: keys, forcePathStyle: true });
    return createS3Objects({ client, bucket: 'blocks', clock: systemClock, random: Math.random });
  };
  const sign = (key: string, bytes: Uint8Array, when: PutCondition = 'absent'): Promise<SignedPut> => {
    const content = { sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    return store.signPut(key, content, { ttlSeconds: 60, when });
  };

  beforeAll(async () => {
    for (const one of [incoming, directory]) mkdirSync(one);
    engine = await startS3({ port: 0, directory, incoming, buckets: ['blocks'], credentials, free: () => free });
    store = storeWith(credentials);
  });
  afterAll(() => {
    http.close();
    engine.server.closeAllConnections();
    engine.server.close();
    folder[Symbol.dispose]();
  });

  it('keeps what it is given', async () => {
    const bytes = randomBytes(600_000);
    await store.put('objects/a/1', bytes);
    expect((await store.get('objects/a/1'))?.equals(bytes)).toBe(true);
    expect(await store.head('objects/a/1')).toEqual({ sizeBytes: 600_000, sha256: hash('sha256', bytes, 'hex') });
    expect(readdirSync(incoming)).toEqual([]);
  });

  it.each([
    ['GET', ''],
    ['PUT', ''],
    ['GET', '?X-Amz-Signature=0'],
    ['GET', '?X-Amz-Algorithm=AWS4-HMAC-SHA256'],
    ['OPTIONS', ''],
  ])('answers %s%s without a signature with a refusal', async (method, query) => {
    await store.put('objects/a/private', Buffer.from('private'));
    const url = `http://127.0.0.1:${engine.port}/blocks/objects/a/private${query}`;
    const answer = await fetch(url, { method, ...(method === 'PUT' ? { body: 'mine' } : {}) });
    await answer.arrayBuffer();
    expect([400, 403]).toContain(answer.status);
    expect((await store.get('objects/a/private'))?.toString()).toBe('private');
  });

  it.each([
    ['the key pair that every s3rver knows', { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }],
    ['a wrong secret', { ...credentials, secretAccessKey: 'guessed' }],
  ])('refuses %s', async (_name, keys) => {
    await expect(storeWith(keys).get('objects/a/1')).rejects.toThrow('403');
  });

  it('refuses bytes that are not the signed ones, and keeps nothing of them', async () => {
    const signed = await sign('objects/a/2', Buffer.from('right'));
    const answer = await fetch(signed.url, { method: 'PUT', headers: signed.headers, body: 'wrong' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>BadDigest</Code>');
    expect(await store.head('objects/a/2')).toBeUndefined();
    expect(readdirSync(incoming)).toEqual([]);
  });

  it('keeps the first of a folder that is put while the last one goes', async () => {
    for (let round = 0; round < 20; round++) {
      const [last, first] = [`objects/b/${round}`, `objects/b/${round + 1}`];
      await store.put(last, Buffer.from('last'));
      await Promise.all([store.remove([last]), store.put(first, Buffer.from('first'))]);
      expect(await store.get(last)).toBeUndefined();
      expect((await store.get(first))?.toString()).toBe('first');
      await store.remove([first]);
    }
  });

  it('takes no block in where the disk is nearly full, and says so; manifests, reading and removing go on', async () => {
    const bytes = randomBytes(600_000);
    await store.put('objects/c/1', bytes);
    free = 64 * 1024 ** 2 - 1;
    try {
      const { url, headers } = await sign('objects/c/2', bytes);
      const answer = await fetch(url, { method: 'PUT', headers, body: bytes });
      expect(answer.status).toBe(507);
      expect(await answer.text()).toContain('<Message>No space is left on the disk of the data folder.</Message>');
      const transfer = createObjectTransfer(http, new AbortController().signal);
      await expect(transfer.put({ url, headers }, bytes)).rejects.toMatchObject({ code: 'StorageFull' });
      await expect(store.put('objects/c/2', bytes)).rejects.toThrow(NoSpaceError);
      await store.put('manifests/c/2/1', Buffer.from('gone'));
      expect((await store.get('objects/c/1'))?.equals(bytes)).toBe(true);
      await store.remove(['objects/c/1']);
      expect(await store.head('objects/c/2')).toBeUndefined();
      expect(readdirSync(incoming)).toEqual([]);
    } finally {
      free = 1024 ** 4;
    }
    await store.put('objects/c/2', bytes);
  });

  it('keeps nothing of an upload that breaks off', async () => {
    const bytes = randomBytes(400_000);
    const { url, headers } = await sign('objects/a/3', bytes);
    const upload = request(url, { method: 'PUT', headers });
    upload.on('error', () => undefined);
    upload.write(bytes.subarray(0, 100_000));
    await eventually(() => readdirSync(incoming).length === 1);
    upload.destroy();
    await eventually(() => readdirSync(incoming).length === 0);
    expect(await store.head('objects/a/3')).toBeUndefined();
  });

  it('shows the earlier object until a later one is whole', async () => {
    await store.put('objects/a/4', Buffer.from('earlier'));
    const etag = (await store.read('objects/a/4'))?.etag ?? '';
    const { url, headers } = await sign('objects/a/4', Buffer.from('later!!'), { etag });
    const upload = request(url, { method: 'PUT', headers });
    upload.write('later');
    await eventually(() => readdirSync(incoming).length === 1);
    expect((await store.get('objects/a/4'))?.toString()).toBe('earlier');
    await new Promise((resolve) => upload.on('response', (answer) => answer.resume().on('end', resolve)).end('!!'));
    expect((await store.get('objects/a/4'))?.toString()).toBe('later!!');
  });
});
