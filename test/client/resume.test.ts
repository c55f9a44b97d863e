import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatapath, type Datapath, type Draft } from '../../src/client/service/datapath.ts';
import { createDisks, type Disk } from '../../src/client/service/disks.ts';
import { createGraphql } from '../../src/client/service/graphql.ts';
import { createHttp, type Http } from '../../src/client/service/http.ts';
import { createObjectTransfer } from '../../src/client/service/object-transfer.ts';
import { takeDraft } from '../../src/client/upload/take-draft.ts';
import { BLOCK_BYTES } from '../../src/engine/block.ts';
import { blockIdOf, encodeObject } from '../../src/engine/object-form.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import type { HttpServer } from '../support/http.ts';

vi.setConfig({ testTimeout: 120_000 });

const signal = new AbortController().signal;
const LABEL = 'image of this test';
let api: TestApi;
let server: HttpServer;
let http: Http;
let datapath: Datapath;
let disk: Disk;
let newDisk: () => Promise<Disk>;

beforeAll(async () => {
  api = await createTestApi();
  const account = await api.createAccount();
  server = await api.startHttp();
  http = createHttp(4);
  const graphql = createGraphql({ http, endpoint: { url: server.url, apiKey: account.key } });
  datapath = createDatapath(graphql, signal);
  newDisk = () => createDisks(graphql, signal).create({ sizeBytes: 8 * BLOCK_BYTES, clientToken: randomUUID() });
});
afterAll(async () => {
  http.close();
  await server.close();
  await api.close();
});
beforeEach(async () => {
  disk = await newDisk();
});

const upload = async (index: number) => {
  const plain = randomBytes(BLOCK_BYTES);
  const id = blockIdOf(plain);
  const bytes = encodeObject(plain, { id });
  const stored = { sizeBytes: bytes.length, sha256: blockIdOf(bytes) };
  const [prepared] = await datapath.prepareUpload(disk.id, [{ id, stored }]);
  const headers = Object.fromEntries((prepared?.headers ?? []).map(({ name, value }) => [name, value]));
  await createObjectTransfer(http, signal).put(prepared?.url ?? '', headers, bytes);
  return { index, id };
};
const open = (label = LABEL) =>
  datapath.openDraft({ diskId: disk.id, expectedVersion: disk.version, label, clientToken: randomUUID() });
const openWith = async (...indexes: number[]): Promise<Draft> => {
  const draft = await open();
  const writes = await Promise.all(indexes.map(upload));
  await datapath.commitBlocks({ target: draft.id, expectedVersion: draft.version, writes, trims: [] });
  return draft;
};

describe('9.2: the draft of an interrupted run', () => {
  it('is taken over, and the run before can commit to it no more', async () => {
    const draft = await openWith(1, 5);
    const late = await upload(6);
    const taken = await takeDraft(datapath, disk, LABEL, signal);
    expect(taken).toMatchObject({ id: draft.id, version: 2 });
    const commit = datapath.commitBlocks({ target: draft.id, expectedVersion: 1, writes: [late], trims: [] });
    await expect(commit).rejects.toMatchObject({ code: 'VersionConflict' });
    const { blocks } = await datapath.blockMap({ source: draft.id, startIndex: 0, limit: 9 }, false);
    expect(blocks.map(({ index }) => index)).toEqual([5]);
  });

  it('is thrown away where it is empty, or the disk has changed since', async () => {
    await open();
    expect(await takeDraft(datapath, disk, LABEL, signal)).toBeUndefined();
    await openWith(2);
    const write = await upload(3);
    const { version } = await datapath.commitBlocks({
      target: disk.id,
      expectedVersion: 0,
      writes: [write],
      trims: [],
    });
    expect(await takeDraft(datapath, { ...disk, version }, LABEL, signal)).toBeUndefined();
    expect(await datapath.drafts(disk.id)).toEqual([]);
  });

  it("is left alone where it is another source's", async () => {
    const other = await open('another image');
    expect(await takeDraft(datapath, disk, LABEL, signal)).toBeUndefined();
    expect((await datapath.drafts(disk.id)).map(({ id }) => id)).toEqual([other.id]);
  });
});
