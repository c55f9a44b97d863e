import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { exportImage } from '../../src/client/download/export-image.ts';
import { Meter } from '../../src/client/progress.ts';
import { createDisks } from '../../src/client/service/disks.ts';
import { createGraphql } from '../../src/client/service/graphql.ts';
import { createHttp, type Http } from '../../src/client/service/http.ts';
import { openFileSource } from '../../src/client/upload/source.ts';
import { syncImage } from '../../src/client/upload/sync-image.ts';
import { BLOCK_BYTES, type ObjectId, objectKey } from '../../src/engine/blocks/block.ts';
import { NEW_BLOCKS_SHARDS, newBlocksEntity } from '../../src/engine/books/new-blocks.ts';
import type { WorkMessage } from '../../src/platform/queue/port.ts';
import { domainIdOf } from '../../src/service/model/disks/domains.ts';
import { runNewBlocks, sweepNewBlocks } from '../../src/service/scrubs/new-blocks.ts';
import { createTestApi, REGION, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import {
  blockOf,
  COMMIT,
  encodeBlock,
  type Prepared,
  prepare,
  send,
  type Upload,
  writeBlocks,
} from '../support/blocks.ts';
import type { HttpServer } from '../support/http.ts';
import { createDisk } from '../support/operations.ts';

/*
 * Rule 9.5: an OPERATOR of the account puts a compressed form of other content under a block's id.
 * A client that imports the block itself afterwards must not take that for it.
 */

vi.setConfig({ testTimeout: 120_000 });

const BLOCKS = 12; // more than a commit reads back by itself
const PACE = { bytesPerDay: 2 ** 40 };
const DAMAGED = 'query { damagedObjects { nodes { objectId reason places { id } } } }';
const signal = new AbortController().signal;

let api: TestApi;
let server: HttpServer;
let http: Http;
let folder: string;
let account: TestAccount;
let attacker: { readonly key: string; readonly disk: string };

beforeAll(async () => {
  api = await createTestApi();
  server = await api.startHttp();
  http = createHttp(8);
});
beforeEach(async () => {
  account = await api.createAccount();
  attacker = { key: await account.createKey('OPERATOR'), disk: (await createDisk(account)).id };
  folder = await mkdtemp(join(tmpdir(), 'varve-poison-'));
});
afterEach(() => rm(folder, { recursive: true }));
afterAll(async () => {
  http.close();
  await server.close();
  await api.close();
});

/** The blocks of an image; those of one name are the same. */
const blocks = (name: string) => Array.from({ length: BLOCKS }, (_, at) => blockOf(`${name}-${at}`));
const GOOD = 'image';
const good = (at: number): Upload => encodeBlock(blocks(GOOD)[at] as Buffer);
/** Under the id of a block of the image, other content. */
const poison = (at: number): Upload => ({ id: good(at).id, stored: encodeBlock(blockOf(`poison-${at}`)).stored });

const prepareAsAttacker = async (upload: Upload, found = false): Promise<Prepared> => {
  const [prepared] = await prepare(account, attacker.disk, [upload], { key: attacker.key, found });
  return prepared as Prepared;
};
const put = async (upload: Upload) => send(await prepareAsAttacker(upload), upload.stored);

/**
 * A disk of the attacker's that names these, beside enough others of its own that the commit leaves
 * them to be read back.
 */
async function commitAmongMany(uploads: readonly Upload[]): Promise<void> {
  const others = blocks(`filler-${randomUUID()}`).map((plain) => encodeBlock(plain));
  for (const each of others) await put(each);
  const writes = [...uploads, ...others].map(({ id }, index) => ({ index, id }));
  await account.call(COMMIT, { input: { target: attacker.disk, expectedVersion: 0, writes } }, attacker.key);
}

/** As the CLI does it, with another key of the account. */
async function honestImport(): Promise<{ readonly diskId: string; readonly sent: number }> {
  const path = join(folder, 'image');
  await writeFile(path, Buffer.concat(blocks(GOOD)));
  const graphql = createGraphql({ http, endpoint: { url: server.url, apiKey: account.key } });
  const disk = await createDisks(graphql, signal).create({
    sizeBytes: BLOCKS * BLOCK_BYTES,
    clientToken: randomUUID(),
  });
  const [source, meter] = [await openFileSource(path), new Meter()];
  await syncImage({ graphql, http }, { disk, source, meter, signal });
  await source.close();
  return { diskId: disk.id, sent: meter.transferredBytes / BLOCK_BYTES };
}

/** The image is what the disk holds, as an export finds it. */
async function isRight(diskId: string): Promise<boolean> {
  const path = join(folder, `${diskId}.img`);
  const graphql = createGraphql({ http, endpoint: { url: server.url, apiKey: account.key } });
  const output = { path, force: true };
  const expected = async () => (await createDisks(graphql, signal).get(diskId)) ?? undefined;
  await exportImage({ graphql, http }, { source: diskId, meter: new Meter(), signal, output, expect: expected });
  return (await readFile(path)).equals(Buffer.concat(blocks(GOOD)));
}

/** What the janitor and the workers do until nothing is left to be read back. */
async function readBack(): Promise<void> {
  const messages: WorkMessage[] = [];
  const queue = { send: async (more: readonly WorkMessage[]) => void messages.push(...more) };
  await sweepNewBlocks({ service: { ...api.scrubs.service, queue } }, PACE, Number.POSITIVE_INFINITY);
  for (const message of messages) {
    if (message.kind !== 'newBlocks') throw new Error(`a message of another kind: ${message.kind}`);
    const until = api.clock.now() + 60_000;
    expect(await runNewBlocks(api.scrubs, PACE, { shard: message.shard, until })).toBe('done');
  }
  for (let shard = 0; shard < NEW_BLOCKS_SHARDS; shard++)
    expect((await api.catalogue.list(newBlocksEntity, { partition: { shard }, limit: 1 })).rows).toEqual([]);
}

const damaged = async (): Promise<Told[]> => (await account.call(DAMAGED)).damagedObjects.nodes;
const keyOf = (id: ObjectId) => objectKey(domainIdOf({ accountId: account.id, region: REGION }), id);
const isStored = async ({ id, stored }: Upload) => (await api.objects.get(keyOf(id)))?.equals(stored) === true;

test('9.5: what somebody has put under an id and not committed is not taken for the block', async () => {
  expect(await put(poison(3))).toBe(200);
  const { diskId, sent } = await honestImport();
  expect(sent).toBe(BLOCKS);
  expect(await isRight(diskId)).toBe(true);
  await readBack();
  expect(await damaged()).toEqual([]);
});

test('9.5: a commit of few new blocks that names poison is refused, and changes nothing', async () => {
  await put(poison(3));
  const writes = [{ index: 0, id: good(3).id }];
  const input = { target: attacker.disk, expectedVersion: 0, writes };
  const { extensions } = await account.refusal(COMMIT, { input }, attacker.key);
  expect(extensions).toMatchObject({ code: 'ObjectMissing', objectIds: [good(3).id] });
  expect(await isRight((await honestImport()).diskId)).toBe(true);
});

test('9.5: poison in a commit of many is found when it is read back, and heals with the next upload', async () => {
  await put(poison(3));
  await commitAmongMany([poison(3)]);
  const before = await honestImport();
  expect(before.sent).toBe(BLOCKS - 1); // nobody knows yet
  await readBack();
  const [found, ...others] = await damaged();
  expect(others).toEqual([]);
  expect(found).toMatchObject({ objectId: good(3).id, reason: 'CHECKSUM' });
  expect(found.places.map(({ id }: Told) => id).sort()).toEqual([attacker.disk, before.diskId].sort());
  const after = await honestImport();
  expect(after.sent).toBe(1);
  expect(await isRight(after.diskId)).toBe(true);
  expect(await isRight(before.diskId)).toBe(true);
  expect(await damaged()).toEqual([]);
  await readBack();
  expect(await damaged()).toEqual([]);
});

test('9.5: a URL that was signed before replaces nothing that was uploaded since', async () => {
  const early = await prepareAsAttacker(poison(3));
  await put(poison(5));
  // As a client asks whose upload the store refused.
  const ofFound = await prepareAsAttacker(poison(5), true);
  const { diskId } = await honestImport();
  expect(await send(early, poison(3).stored)).toBe(412);
  expect(ofFound.state).toBe('PRESENT');
  expect((await prepareAsAttacker(poison(3), true)).state).toBe('PRESENT');
  expect(await isStored(good(3))).toBe(true);
  expect(await isRight(diskId)).toBe(true);
});

test('9.5: a URL for what was damaged replaces exactly that, and nothing that was uploaded since', async () => {
  await put(poison(3));
  await commitAmongMany([poison(3)]);
  await readBack();
  const kept = await prepareAsAttacker(poison(3));
  const late = { ...poison(3), stored: encodeBlock(blockOf('poison again')).stored };
  const keptLate = await prepareAsAttacker(late);
  expect([kept.state, keptLate.state]).toEqual(['UPLOAD', 'UPLOAD']);
  const { diskId } = await honestImport();
  expect(await send(keptLate, late.stored)).toBe(412);
  expect(await send(kept, poison(3).stored)).toBe(412);
  expect(await isRight(diskId)).toBe(true);
});

test('9.5: other poison in the place of damage is damage, and heals like it', async () => {
  await put(poison(3));
  await commitAmongMany([poison(3)]);
  await readBack();
  const late = { ...poison(3), stored: encodeBlock(blockOf('poison again')).stored };
  expect(await send(await prepareAsAttacker(late), late.stored)).toBe(200);
  const { diskId } = await honestImport();
  expect(await isRight(diskId)).toBe(true);
  expect(await damaged()).toEqual([]);
});

test('9.5: bytes under the id of a page that a commit will make are replaced by the page', async () => {
  const first = await createDisk(account);
  await writeBlocks(account, first.id, 0, { 0: blockOf('page-a'), 1: blockOf('page-b') });
  const { root } = (await account.call('query ($id: ID!) { disk(id: $id) { root } }', { id: first.id })).disk;
  const page = await api.objects.get(keyOf(root));
  const stranger = await api.createAccount();
  const other = await createDisk(stranger); // the same page in a domain that does not have it yet
  const fake: Upload = { id: root, stored: encodeBlock(blockOf('no page')).stored };
  const [prepared] = await prepare(stranger, other.id, [fake]);
  expect(await send(prepared as Prepared, fake.stored)).toBe(200);
  await writeBlocks(stranger, other.id, 0, { 0: blockOf('page-a'), 1: blockOf('page-b') });
  const key = objectKey(domainIdOf({ accountId: stranger.id, region: REGION }), root);
  expect((await api.objects.get(key))?.equals(page as Buffer)).toBe(true);
});
