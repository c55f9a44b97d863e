import { randomBytes, randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClientError } from '../../src/client/errors.ts';
import { Meter } from '../../src/client/progress.ts';
import { createDatapath, type Datapath, type Draft } from '../../src/client/service/datapath.ts';
import { createDisks, type Disk } from '../../src/client/service/disks.ts';
import { createGraphql, type Graphql } from '../../src/client/service/graphql.ts';
import { createHttp, type Http } from '../../src/client/service/http.ts';
import { createObjectTransfer } from '../../src/client/service/object-transfer.ts';
import { streamSource } from '../../src/client/upload/source.ts';
import { syncImage } from '../../src/client/upload/sync-image.ts';
import { takeDraft } from '../../src/client/upload/take-draft.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { blockIdOf, encodeObject } from '../../src/engine/blocks/object-form.ts';
import { createTestApi, type TestApi } from '../support/api.ts';
import type { HttpServer } from '../support/http.ts';

vi.setConfig({ testTimeout: 120_000 });

const signal = new AbortController().signal;
const LABEL = 'image of this test';
let api: TestApi;
let server: HttpServer;
let http: Http;
let graphql: Graphql;
let datapath: Datapath;
let disk: Disk;
let newDisk: () => Promise<Disk>;

beforeAll(async () => {
  api = await createTestApi();
  const account = await api.createAccount();
  server = await api.startHttp();
  http = createHttp(4);
  graphql = createGraphql({ http, endpoint: { url: server.url, apiKey: account.key } });
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
  await createObjectTransfer(http, signal).put({ url: prepared?.url ?? '', headers }, bytes);
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

describe('9.2: a run that is stopped before its first commit was due', () => {
  const BLOCKS = 16; // eight are read at a time
  const image = randomBytes(BLOCKS * BLOCK_BYTES);
  const newLargerDisk = () =>
    createDisks(graphql, signal).create({ sizeBytes: image.length, clientToken: randomUUID() });
  /** Gives the first `blocks` to a run and stops it once that has become of them. */
  const stopped = async (target: Disk, blocks: number, became: 'transferredBytes' | 'readBytes') => {
    const [stop, meter, stream] = [new AbortController(), new Meter(), new PassThrough()];
    stream.write(image.subarray(0, blocks * BLOCK_BYTES));
    const request = { disk: target, source: streamSource(stream), meter, signal: stop.signal, keepMs: 60_000 };
    const failure = syncImage({ graphql, http }, request).catch((error: unknown) => error);
    await vi.waitUntil(() => meter[became] === blocks * BLOCK_BYTES, { timeout: 60_000 });
    stop.abort(new ClientError('Interrupted', 'Stopped.', { signal: 'SIGINT' }));
    return failure;
  };

  it('keeps what is stored, and the next one sends only the rest', async () => {
    const target = await newLargerDisk();
    const failure = await stopped(target, 8, 'transferredBytes');
    expect(failure).toMatchObject({ code: 'Interrupted', extra: { kept: 'KEPT', signal: 'SIGINT' } });
    expect((await createDisks(graphql, signal).get(target.id))?.version).toBe(0);
    const [meter, stream] = [new Meter(), new PassThrough()];
    stream.end(image);
    const result = await syncImage({ graphql, http }, { disk: target, source: streamSource(stream), meter, signal });
    expect(result).toMatchObject({ resumed: true, version: { version: 1 } });
    expect(meter.transferredBytes).toBe((BLOCKS - 8) * BLOCK_BYTES);
  });

  it('says that there is nothing to go on from where nothing is stored', async () => {
    const failure = await stopped(await newLargerDisk(), 4, 'readBytes');
    expect(failure).toMatchObject({ code: 'Interrupted', extra: { kept: 'NOTHING' } });
  });
});
