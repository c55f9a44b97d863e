import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { type Device, DeviceError } from '../../src/nbd/device.ts';
import { type Attached, type AttachHarness, createAttachHarness, never, readAll, SMALL } from '../support/attach.ts';
import { blockOf } from '../support/blocks.ts';

vi.setConfig({ testTimeout: 20_000 });

let harness: AttachHarness;
beforeAll(async () => {
  harness = await createAttachHarness();
});
afterEach(() => harness.proxy.always());
afterAll(() => harness.close());

const GONE = new DeviceError('IO', 'The client is gone.');
/** Room for two blocks, which nothing commits by itself. */
const limits = { ...SMALL, writeBackMs: 600_000, journalBytes: 2 * BLOCK_BYTES };

/** A disk whose first block is committed, and whose service answers no more. */
async function attachUnanswered(): Promise<Attached> {
  const id = await harness.createDisk();
  const first = await harness.attach(id);
  await first.device.write(0, blockOf('committed'), never);
  await first.device.close();
  const attached = await harness.attach(id, { limits, cacheFolder: join(harness.folder, id) });
  await attached.device.extents('allocation', 0, BLOCK_BYTES, 1, never);
  harness.proxy.always('hang');
  return attached;
}

async function fill(device: Device): Promise<void> {
  for (const block of [4, 5]) await device.write(block * BLOCK_BYTES, blockOf(`w${block}`), never);
}

/** What a client may wait for while nothing is answered. */
const CALLS: Readonly<Record<string, (device: Device, signal: AbortSignal) => Promise<unknown>>> = {
  'a read': (device, signal) => device.read(0, BLOCK_BYTES, signal),
  'a status': (device, signal) => device.extents('dirty', 0, BLOCK_BYTES, 1, signal),
  'a flush': async (device, signal) => {
    await device.write(4 * BLOCK_BYTES, blockOf('w'), never);
    return device.flush(signal);
  },
  'a write to a full journal': async (device, signal) => {
    await fill(device);
    return device.write(6 * BLOCK_BYTES, blockOf('late'), signal);
  },
  'zeros to a full journal': async (device, signal) => {
    await fill(device);
    return device.zero(4 * BLOCK_BYTES, BLOCK_BYTES, signal);
  },
};

describe('9.3: a client that is gone does not wait', () => {
  test.each(Object.entries(CALLS))('for %s', async (_, call) => {
    const { device, kill } = await attachUnanswered();
    const client = new AbortController();
    const ended = call(device, client.signal).then(
      () => 'done',
      (error: unknown) => error,
    );
    expect(await Promise.race([ended, sleep(1000, 'waits')])).toBe('waits');
    client.abort(GONE);
    expect(await ended).toBe(GONE);
    await kill();
  });

  test.each(Object.entries(CALLS))('for %s that it asks for after it left', async (_, call) => {
    const { device, kill } = await attachUnanswered();
    await expect(call(device, AbortSignal.abort(GONE))).rejects.toBe(GONE);
    await kill();
  });
});

test('9.3: a write that a client left waiting is not carried out, and others are', async () => {
  const { device } = await attachUnanswered();
  await fill(device);
  const client = new AbortController();
  const data = blockOf('left');
  const left = device.write(6 * BLOCK_BYTES, data, client.signal);
  const other = device.write(7 * BLOCK_BYTES, blockOf('stays'), never);
  client.abort(GONE);
  await expect(left).rejects.toBe(GONE);
  data.fill(1); // it is the caller's again
  harness.proxy.always();
  await device.flush(never);
  await other;
  expect((await readAll(device, 6 * BLOCK_BYTES, BLOCK_BYTES)).equals(Buffer.alloc(BLOCK_BYTES))).toBe(true);
  expect((await readAll(device, 7 * BLOCK_BYTES, BLOCK_BYTES)).equals(blockOf('stays'))).toBe(true);
  await device.close();
});

test('9.3: what a client read that is gone gives its memory back', async () => {
  const id = await harness.createDisk();
  const { device } = await harness.attach(id, { limits: { ...SMALL, heldBlocks: 1 } });
  await device.write(0, blockOf('a'), never);
  await device.flush(never);
  for (let time = 0; time < 100; time++) {
    const client = new AbortController();
    const read = device.read(0, BLOCK_BYTES, client.signal);
    client.abort(GONE);
    await expect(read).rejects.toBe(GONE);
  }
  const { chunks, release } = await device.read(0, BLOCK_BYTES, never);
  // A copy, if another one is still held.
  const isView = chunks[0]?.buffer instanceof SharedArrayBuffer;
  release();
  expect(isView).toBe(true);
  await device.close();
});
