import { appendFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { NoSpaceError } from '../../src/platform/errors.ts';
import { createFolderFiles } from '../../src/platform/files/folder.ts';
import { createS3Files } from '../../src/platform/files/s3.ts';
import { createS3Objects } from '../../src/platform/objects/s3.ts';
import { createTestBucket, s3Settings } from '../support/engines.ts';
import { createMemoryFiles } from '../support/memory-files.ts';
import { moodyStore } from '../support/moody-store.ts';
import { serveObjects } from '../support/stores.ts';
import { filesSuite } from './files-suite.ts';

const overHttp = async (url: string) => {
  const answer = await fetch(url);
  return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
};

describe('files in memory', () => {
  const files = createMemoryFiles();
  const overMemory = async (url: string) => {
    const body = files.stored.get(/^memory:\/\/\/(.*)\?ttl=/.exec(url)?.[1] ?? '');
    return body ? { status: 200, body } : { status: 404, body: Buffer.alloc(0) };
  };
  filesSuite(async () => ({ files, fetch: overMemory }));
});

describe('files in a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'varve-files-'));
  });
  let close: (() => Promise<void>) | undefined;
  afterAll(async () => {
    await close?.();
    await rm(folder, { recursive: true, force: true });
  });
  filesSuite(async () => {
    await close?.();
    const served = await serveObjects(folder);
    close = served.close;
    return { files: served.files, fetch: overHttp };
  });

  const PART = 1024 * 1024;
  const open = (hasRoom = true) => createFolderFiles({ path: folder, signGet: async () => '', hasRoom: () => hasRoom });

  test('a line that a power cut has torn stands for no part', async () => {
    const key = 'exports/acc/torn/a.img';
    const upload = { key, partBytes: PART, id: await open().begin(key) };
    await open().putPart(upload, 1, Buffer.alloc(PART, 1));
    await appendFile(join(folder, `${key}.upload`, 'parts'), '\n2 1048576 12ab');
    expect(await open().parts(upload)).toHaveLength(1);
    await open().putPart(upload, 2, Buffer.alloc(PART, 1));
    expect(await open().parts(upload)).toHaveLength(2);
  });

  test('zeros stay holes, also at the end', async () => {
    const key = 'exports/acc/sparse/a.img';
    const upload = { key, partBytes: PART, id: await open().begin(key) };
    for (const number of [1, 2, 3]) await open().putPart(upload, number, Buffer.alloc(PART, number === 2 ? 7 : 0));
    expect(await open().complete(upload, (await open().parts(upload)) ?? [])).toBe(true);
    const { size, blocks } = await stat(join(folder, key));
    expect(size).toBe(3 * PART);
    expect(blocks * 512).toBeLessThan(2 * PART);
  });

  test('no part comes in below the reserve', async () => {
    const key = 'exports/acc/full/a.img';
    const upload = { key, partBytes: PART, id: await open().begin(key) };
    await expect(open(false).putPart(upload, 1, Buffer.alloc(PART, 1))).rejects.toThrow(NoSpaceError);
  });

  test('a download goes on where it broke off', async () => {
    const served = await serveObjects(folder);
    const url = await served.files.signGet('exports/acc/sparse/a.img', 60);
    const part = await fetch(url, { headers: { range: `bytes=${PART}-${PART + 1}` } });
    expect([part.status, part.headers.get('content-range'), Buffer.from(await part.arrayBuffer())]).toEqual([
      206,
      `bytes ${PART}-${PART + 1}/${3 * PART}`,
      Buffer.from([7, 7]),
    ]);
    expect((await fetch(url, { headers: { range: `bytes=${9 * PART}-` } })).status).toBe(416);
    expect((await fetch(url.replace('signature=', 'signature=x'))).status).toBe(403);
    await served.close();
  });
});

describe('files in a bucket', () => {
  const clients: S3Client[] = [];
  afterAll(() => {
    for (const client of clients) client.destroy();
  });
  const connect = async (own: { readonly endpoint?: string } = {}) => {
    const client = new S3Client({ ...(await s3Settings()), maxAttempts: 1, ...own });
    clients.push(client);
    return client;
  };
  const random = () => 0;
  const make = async (own: { readonly endpoint?: string } = {}) => {
    const [client, bucket] = [await connect(own), await createTestBucket()];
    const { signGet } = createS3Objects({ client, bucket, clock: systemClock, random });
    return createS3Files({ client, bucket, signGet, random });
  };
  filesSuite(async () => ({ files: await make(), fetch: overHttp }));

  test('a bucket that is not there is told by its name', async () => {
    const client = await connect();
    const files = createS3Files({ client, bucket: 'nobodys-bucket', signGet: async () => '', random });
    await expect(files.begin('a/b')).rejects.toMatchObject({ code: 'InvalidParameter', extra: { field: 'bucket' } });
  });
});

describe('files in a bucket that is slow, and busy now and then', () => {
  let store: Awaited<ReturnType<typeof moodyStore>>;
  let client: S3Client;
  beforeAll(async () => {
    const settings = await s3Settings();
    store = await moodyStore(settings.endpoint, { strict: false, latencyMs: 20, slowDownEach: 3 });
    client = new S3Client({ ...settings, endpoint: store.url, maxAttempts: 1 });
  });
  afterAll(async () => {
    client.destroy();
    await store[Symbol.asyncDispose]();
  });
  filesSuite(async () => {
    const [bucket, random] = [await createTestBucket(), () => 0.5];
    const { signGet } = createS3Objects({ client, bucket, clock: systemClock, random });
    const patiently = async (url: string) => {
      const first = await overHttp(url);
      return first.status === 503 ? overHttp(url) : first;
    };
    return { files: createS3Files({ client, bucket, signGet, random }), fetch: patiently };
  });
});
