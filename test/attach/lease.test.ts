import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openAttached } from '../../src/attach/open/open.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { type AttachHarness, createAttachHarness, never, readAll, SMALL } from '../support/attach.ts';
import { readBlocks, writeBlocks } from '../support/blocks.ts';
import { SILENT_LOG } from '../support/silent-log.ts';

vi.setConfig({ testTimeout: 180_000 });

let harness: AttachHarness;
beforeAll(async () => {
  harness = await createAttachHarness({ leaseRenewAfterMs: 300 });
});
afterEach(() => expect(harness.proxy.unused()).toBe(0));
afterAll(() => harness.close());

const word = (text: string, length = BLOCK_BYTES) => Buffer.alloc(length, `${text} `);
const slow = { ...SMALL, writeBackMs: 60_000 };
const DISK = 'query ($id: ID!) { disk(id: $id) { status lease { holder fence } instances { id name } } }';
const diskOf = async (id: string) => (await harness.account.call(DISK, { id })).disk;

describe('9.3: one writer at a time', () => {
  test('a second one is refused with the name of the first; closing gives the disk back', async () => {
    const id = await harness.createDisk();
    const { device } = await harness.attach(id, { holder: 'first-host' });
    await expect(harness.attach(id, { holder: 'second-host' })).rejects.toMatchObject({
      code: 'DiskLocked',
      extra: { holder: 'first-host' },
    });
    expect(await diskOf(id)).toMatchObject({ status: 'IN_USE', lease: { holder: 'first-host' } });
    await device.close();
    expect(await diskOf(id)).toMatchObject({ status: 'AVAILABLE', lease: null, instances: [] });
    const { device: next } = await harness.attach(id, { holder: 'second-host' });
    await next.close();
  });

  test('one that is stolen from fails with its next flush, and what it had not committed is set aside', async () => {
    const id = await harness.createDisk();
    const first = await harness.attach(id, { holder: 'first-host', limits: slow });
    await first.device.write(0, word('one'), never);
    await first.device.flush(never);
    await first.device.write(0, word('lost'), never);
    const second = await harness.attach(id, { holder: 'second-host', steal: true });
    await second.device.write(BLOCK_BYTES, word('two'), never);
    await second.device.flush(never);
    await expect(first.device.flush(never)).rejects.toMatchObject({ name: 'DeviceError', kind: 'FENCED' });
    await expect(first.device.write(0, word('more'), never)).rejects.toMatchObject({ kind: 'FENCED' });
    await expect(first.device.trim(0, BLOCK_BYTES, never)).rejects.toMatchObject({ kind: 'FENCED' });
    await expect(first.device.flush(never)).rejects.toMatchObject({ kind: 'FENCED' });
    await expect(first.device.close()).rejects.toMatchObject({ kind: 'FENCED' });
    expect(first.events.map(({ kind }) => kind)).toEqual(['LEASE_LOST', 'JOURNAL_SET_ASIDE']);
    expect(first.status().isLost).toBe(true);
    await second.device.close();
    expect(await readBlocks(harness.account, id)).toEqual({ 0: 'one', 1: 'two' });
    const names = await readdir(join(harness.folder, 'state', id));
    expect(names).toEqual([expect.stringMatching(/^set-aside-/)]);
    const third = await harness.attach(id);
    expect(third.events).toEqual([]);
    await third.device.close();
  });

  test('one that nothing was left of is told of its loss by the lease itself', async () => {
    const id = await harness.createDisk();
    const first = await harness.attach(id, { limits: slow });
    await first.device.write(0, word('one'), never);
    await first.device.flush(never);
    const second = await harness.attach(id, { steal: true });
    await vi.waitUntil(() => first.events.length > 0, { timeout: 60_000 });
    expect(first.events).toMatchObject([{ kind: 'LEASE_LOST', diskId: id }]);
    expect((await readAll(first.device, 0, BLOCK_BYTES)).equals(word('one'))).toBe(true);
    await expect(first.device.flush(never)).rejects.toMatchObject({ kind: 'FENCED' });
    await first.device.close().catch(() => undefined);
    await second.device.close();
  });

  test('a journal whose disk was written to meanwhile is set aside, and the disk left as it is', async () => {
    const id = await harness.createDisk();
    const first = await harness.attach(id, { limits: slow, durability: 'local' });
    await first.device.write(0, word('mine'), never);
    await first.device.flush(never);
    await first.kill();
    harness.api.clock.advance(60_000); // nobody holds it any more
    await writeBlocks(harness.account, id, 0, { 0: word('theirs') });
    const second = await harness.attach(id);
    expect(second.events).toMatchObject([{ kind: 'JOURNAL_SET_ASIDE', path: expect.stringContaining('set-aside-') }]);
    expect((await readAll(second.device, 0, BLOCK_BYTES)).equals(word('theirs'))).toBe(true);
    await second.device.close();
  });

  test('a snapshot asks the writer to flush, and has what was written before it', async () => {
    const id = await harness.createDisk();
    const { device } = await harness.attach(id, { limits: slow });
    await device.write(0, word('old'), never);
    await device.flush(never);
    await device.write(0, word('new'), never);
    const create = 'mutation ($id: ID!) { createSnapshot(input: { diskId: $id }) { snapshot { id status } } }';
    const { snapshot } = (await harness.account.call(create, { id })).createSnapshot;
    expect(snapshot.status).toBe('PROGRESSING');
    const look = 'query ($id: ID!) { snapshot(id: $id) { status consistency } }';
    let seen: { status: string; consistency: string } | undefined;
    const end = Date.now() + 60_000;
    while (seen?.status !== 'ACCOMPLISHED' && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      seen = (await harness.account.call(look, { id: snapshot.id })).snapshot;
    }
    expect(seen).toEqual({ status: 'ACCOMPLISHED', consistency: 'FLUSHED' });
    expect(await readBlocks(harness.account, snapshot.id)).toEqual({ 0: 'new' });
    await device.close();
  });
});

describe('a service that is away', () => {
  test('writes go on, a flush fails after its patience, and a later one brings everything', async () => {
    const id = await harness.createDisk();
    const limits = { ...SMALL, patienceMs: 1500 };
    const { device, events, status } = await harness.attach(id, { limits });
    await device.write(0, word('one'), never);
    // The patience is shorter than a flush may take where much else goes on.
    await vi.waitFor(() => device.flush(never), { timeout: 60_000, interval: 100 });
    harness.proxy.down(true);
    await device.write(0, word('two'), never);
    await device.write(3 * BLOCK_BYTES, word('three', 100), never);
    await expect(device.flush(never)).rejects.toMatchObject({ kind: 'IO' });
    await device.write(BLOCK_BYTES, word('four'), never);
    expect((await readAll(device, 0, BLOCK_BYTES)).equals(word('two'))).toBe(true);
    await vi.waitFor(() => expect(status().retrying).toContain('Cannot reach'), { timeout: 60_000 });
    harness.proxy.down(false);
    await vi.waitFor(() => device.flush(never), { timeout: 60_000, interval: 100 });
    expect(events).toEqual([]);
    expect(await readBlocks(harness.account, id)).toMatchObject({ 0: 'two', 1: 'four', 3: 'three' });
    await device.close();
  });

  test('writes wait where the journal is full, fail after their patience, and go on when there is room', async () => {
    const id = await harness.createDisk();
    const limits = { ...SMALL, patienceMs: 1500, journalBytes: 2.5 * BLOCK_BYTES };
    const { device } = await harness.attach(id, { limits });
    harness.proxy.down(true);
    for (let at = 0; at < 3; at++) await device.write(at * BLOCK_BYTES, word(`w${at}`), never);
    await expect(device.write(0, word('full'), never)).rejects.toMatchObject({ kind: 'IO' });
    harness.proxy.down(false);
    await vi.waitFor(() => device.write(0, word('room'), never), { timeout: 60_000, interval: 100 });
    await vi.waitFor(() => device.flush(never), { timeout: 60_000, interval: 100 });
    expect(await readBlocks(harness.account, id)).toEqual({ 0: 'room', 1: 'w1', 2: 'w2' });
    await device.close();
  });

  test('a disk that cannot be brought up to date at the end keeps its lease and its journal for the next time', async () => {
    const id = await harness.createDisk();
    const first = await harness.attach(id, { limits: { ...SMALL, patienceMs: 1000 } });
    await first.device.write(0, word('one'), never);
    harness.proxy.down(true);
    await expect(first.device.close()).rejects.toMatchObject({ kind: 'IO' });
    harness.proxy.down(false);
    expect(await diskOf(id)).toMatchObject({ lease: { holder: 'test-host' } });
    await first.kill();
    const second = await harness.attach(id);
    expect(second.events).toMatchObject([{ kind: 'REPLAYED', diskId: id }]);
    expect((await readAll(second.device, 0, BLOCK_BYTES)).equals(word('one'))).toBe(true);
    await second.device.close();
  });
});

test('a disk that does not exist, or may not be written to, is told of', async () => {
  const options = {
    id: 'd-00000000000000000000',
    holder: 'h',
    steal: false,
    readOnly: false,
    durability: 'remote',
  } as const;
  const end = new AbortController();
  const opened = openAttached({
    ...options,
    endpoint: { url: harness.server.url, apiKey: harness.account.key },
    stateFolder: join(harness.folder, 'state'),
    versionsFolder: join(harness.folder, 'versions'),
    cacheFolder: join(harness.folder, 'cache'),
    onEvent: () => undefined,
    log: SILENT_LOG,
    signal: end.signal,
  });
  await expect(opened).rejects.toMatchObject({ code: 'NotFound' });
});
