import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ATTACH_LIMITS, journalBytesFor } from '../../src/attach/limits.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import type { Device } from '../../src/nbd/device.ts';
import { type AttachHarness, createAttachHarness, never, readAll, SMALL } from '../support/attach.ts';

let harness: AttachHarness;
beforeAll(async () => {
  harness = await createAttachHarness();
});
afterAll(() => harness.close());

const MIB = 1024 * 1024;
const SOON = { timeout: 20_000, interval: 50 };
/** Nothing goes by itself within the test. */
const PATIENT = { ...SMALL, generationBytes: BLOCK_BYTES, writeBackMs: 0, quietMs: 600_000, burstMs: 600_000 };

/** Each makes a layer of its own. */
async function writeLayers(device: Device, count: number, from = 0): Promise<void> {
  for (let at = from; at < from + count; at++) await device.write(at * BLOCK_BYTES, randomBytes(BLOCK_BYTES), never);
}

describe('a burst of writes, with flushes that do not wait for the service', () => {
  test('is not uploaded while it lasts, not even layers that are closed', async () => {
    const id = await harness.createDisk(32 * BLOCK_BYTES);
    const { device, status } = await harness.attach(id, { durability: 'local', limits: PATIENT });
    await writeLayers(device, 5);
    await device.flush(never);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(status()).toMatchObject({ version: 0, sentBlocks: 0 });
    await device.close();
    expect(status()).toMatchObject({ version: 5, sentBlocks: 5, dirtyBytes: 0 });
  });

  test('is uploaded once nothing was written for a while', async () => {
    const id = await harness.createDisk(32 * BLOCK_BYTES);
    const limits = { ...PATIENT, quietMs: 300 };
    const { device, status } = await harness.attach(id, { durability: 'local', limits });
    await writeLayers(device, 5);
    await vi.waitFor(() => expect(status()).toMatchObject({ version: 5, dirtyBytes: 0 }), SOON);
    await device.close();
  });

  test('is uploaded after its longest time, though it goes on', async () => {
    const id = await harness.createDisk(32 * BLOCK_BYTES);
    const limits = { ...PATIENT, burstMs: 300 };
    const { device, status } = await harness.attach(id, { durability: 'local', limits });
    let last = Promise.resolve();
    const goesOn = setInterval(() => {
      last = device.write(0, randomBytes(512), never);
    }, 20);
    try {
      await vi.waitFor(() => expect(status().version).toBeGreaterThan(1), SOON);
    } finally {
      clearInterval(goesOn);
    }
    await last; // a device that is being closed refuses it
    await device.close();
  });

  test.each([
    ['bytes', { journalBytes: 8 * BLOCK_BYTES }],
    ['pieces', { journalPieces: 8 }],
  ])('is uploaded as soon as the journal is half full of %s', async (_, bound) => {
    const id = await harness.createDisk(64 * BLOCK_BYTES);
    const { device, status } = await harness.attach(id, { durability: 'local', limits: { ...PATIENT, ...bound } });
    await writeLayers(device, 3);
    expect(status().version).toBe(0);
    // Twice what the journal takes: writes wait for room, and go on when there is some.
    await writeLayers(device, 16, 3);
    expect(status().version).toBeGreaterThan(8);
    await device.close();
  });

  test('is uploaded at once where the lease’s holder is asked to flush', async () => {
    const id = await harness.createDisk(8 * BLOCK_BYTES);
    const { device, status } = await harness.attach(id, { durability: 'local', limits: PATIENT });
    const bytes = randomBytes(BLOCK_BYTES);
    await device.write(0, bytes, never);
    const text = 'mutation ($input: CreateSnapshotInput!) { createSnapshot(input: $input) { snapshot { id } } }';
    await harness.account.call(text, { input: { diskId: id } });
    await vi.waitFor(() => expect(status().version).toBe(1), SOON);
    expect((await readAll(device, 0, BLOCK_BYTES)).equals(bytes)).toBe(true);
    await device.close();
  });
});

test('with flushes that wait for the service, a closed layer is uploaded at once', async () => {
  const id = await harness.createDisk(32 * BLOCK_BYTES);
  const { device, status } = await harness.attach(id, { durability: 'remote', limits: PATIENT });
  await writeLayers(device, 5);
  await vi.waitFor(() => expect(status().version).toBeGreaterThanOrEqual(4), SOON);
  await device.close();
});

test('the journal takes a quarter of what is free, within bounds', () => {
  expect(journalBytesFor(400_000 * MIB)).toBe(ATTACH_LIMITS.journalBytes);
  expect(journalBytesFor(8 * 1024 * MIB)).toBe(2 * 1024 * MIB);
  expect(journalBytesFor(0)).toBe(256 * MIB);
});
