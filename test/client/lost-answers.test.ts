import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClientError } from '../../src/client/errors.ts';
import { createDatapath, type Datapath } from '../../src/client/service/datapath.ts';
import { createDisks, type Disk } from '../../src/client/service/disks.ts';
import { createGraphql, type Graphql } from '../../src/client/service/graphql.ts';
import { createHttp, type Http } from '../../src/client/service/http.ts';
import { createObjectTransfer } from '../../src/client/service/object-transfer.ts';
import { commitBlocksOnce, commitDraftOnce } from '../../src/client/upload/commit-once.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { blockIdOf, encodeObject } from '../../src/engine/blocks/object-form.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import { type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';
import type { HttpServer } from '../support/http.ts';

vi.setConfig({ testTimeout: 120_000 });

const signal = new AbortController().signal;
let api: TestApi;
let server: HttpServer;
let proxy: FaultyProxy;
let http: Http;
let graphql: Graphql;
let datapath: Datapath;
let disk: Disk;

beforeAll(async () => {
  api = await createTestApi();
  const account = await api.createAccount();
  server = await api.startHttp();
  proxy = await startFaultyProxy(server.url);
  http = createHttp(4);
  graphql = createGraphql({ http, endpoint: { url: `${proxy.url}/graphql`, apiKey: account.key } });
  datapath = createDatapath(graphql, signal);
});
afterAll(async () => {
  http.close();
  await proxy.close();
  await server.close();
  await api.close();
});
beforeEach(async () => {
  disk = await createDisks(graphql, signal).create({ sizeBytes: 4 * BLOCK_BYTES, clientToken: randomUUID() });
});

const upload = async () => {
  const plain = randomBytes(BLOCK_BYTES);
  const id = blockIdOf(plain);
  const bytes = encodeObject(plain, { id });
  const stored = { sizeBytes: bytes.length, sha256: blockIdOf(bytes) };
  const [prepared] = await datapath.prepareUpload(disk.id, [{ id, stored }]);
  const headers = Object.fromEntries((prepared?.headers ?? []).map(({ name, value }) => [name, value]));
  await createObjectTransfer(http, signal).put({ url: prepared?.url ?? '', headers }, bytes);
  return { index: 1, id };
};

describe('calls that may be repeated', () => {
  it.each([
    ['a cut answer', ['cut']],
    ['a reset connection, twice', ['reset', 'reset']],
    ['a throttled gateway', [{ status: 429, code: 'SlowDown' }]],
    ['a failing gateway', [{ status: 502, code: 'BadGateway' }]],
  ] as const)('succeed after %s', async (_, faults) => {
    proxy.next(...faults);
    expect((await datapath.pageMap({ source: disk.id, startIndex: 0, limit: 1 })).root).toBe('empty');
    expect(proxy.unused()).toBe(0);
  });

  it('make one disk when the answer to its creation is lost', async () => {
    const disks = createDisks(graphql, signal);
    const name = `lost-${randomBytes(4).toString('hex')}`;
    proxy.next('cut');
    const made = await disks.create({ name, sizeBytes: BLOCK_BYTES, clientToken: randomUUID() });
    expect(proxy.unused()).toBe(0);
    const { nodes } = await disks.list({ filter: { namePrefix: name }, limit: 10 });
    expect(nodes.map(({ id }) => id)).toEqual([made.id]);
  });
});

describe('a commit whose answer is lost', () => {
  it('has happened once and is known to have', async () => {
    const write = await upload();
    proxy.next('cut');
    const input = { target: disk.id, expectedVersion: 0, writes: [write], trims: [] };
    expect(await commitBlocksOnce(datapath, input, signal)).toMatchObject({ version: 1 });
    expect(proxy.unused()).toBe(0);
    expect(await datapath.blockMap({ source: disk.id, startIndex: 0, limit: 9 }, false)).toMatchObject({
      version: 1,
      blocks: [write],
    });
  });

  it('is sent again when it never arrived', async () => {
    const write = await upload();
    proxy.next('reset');
    const input = { target: disk.id, expectedVersion: 0, writes: [write], trims: [] };
    expect(await commitBlocksOnce(datapath, input, signal)).toMatchObject({ version: 1 });
  });

  it('of trims alone is known by the hole', async () => {
    const write = await upload();
    await datapath.commitBlocks({ target: disk.id, expectedVersion: 0, writes: [write], trims: [] });
    proxy.next('cut');
    const input = { target: disk.id, expectedVersion: 1, writes: [], trims: [{ start: 1, count: 1 }] };
    expect(await commitBlocksOnce(datapath, input, signal)).toEqual({ version: 2, root: 'empty' });
  });

  it('is sent once where the service cannot tell whether it has happened', async () => {
    const write = await upload();
    let calls = 0;
    const unsure: Graphql = {
      call: graphql.call,
      callOnce: async (operation, variables, abort) => {
        const answer = await graphql.callOnce(operation, variables, abort);
        if (!operation.text.includes('commitBlocks(') || calls++ > 0) return answer;
        throw new ClientError('Throttled', 'The catalogue is busy.', { retryAfterMs: 1, mayBeDone: true });
      },
    };
    const input = { target: disk.id, expectedVersion: 0, writes: [write], trims: [] };
    expect(await commitBlocksOnce(createDatapath(unsure, signal), input, signal)).toMatchObject({ version: 1 });
    expect(calls).toBe(1);
  });

  it("is not taken for somebody else's", async () => {
    const [mine, theirs] = [await upload(), await upload()];
    await datapath.commitBlocks({ target: disk.id, expectedVersion: 0, writes: [theirs], trims: [] });
    proxy.next('reset');
    const input = { target: disk.id, expectedVersion: 0, writes: [mine], trims: [] };
    await expect(commitBlocksOnce(datapath, input, signal)).rejects.toMatchObject({ code: 'VersionConflict' });
  });

  it('of a draft has made the disk what the draft was', async () => {
    const write = await upload();
    const draft = await datapath.openDraft({
      diskId: disk.id,
      expectedVersion: 0,
      label: 'test',
      clientToken: randomUUID(),
    });
    const { root } = await datapath.commitBlocks({
      target: draft.id,
      expectedVersion: draft.version,
      writes: [write],
      trims: [],
    });
    proxy.next('cut');
    const committed = commitDraftOnce(
      datapath,
      { diskId: disk.id, baseVersion: 0, draft: { id: draft.id, root } },
      signal,
    );
    expect(await committed).toEqual({ version: 1, root });
    expect(proxy.unused()).toBe(0);
  });
});
