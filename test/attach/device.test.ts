import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { type AttachHarness, createAttachHarness, createSnapshot, never, readAll, SMALL } from '../support/attach.ts';

let harness: AttachHarness;
beforeAll(async () => {
  harness = await createAttachHarness();
});
afterAll(() => harness.close());

const PIECE_BYTES = 4096;
/** Commits when it is asked to, and not by itself. */
const UNHURRIED = { ...SMALL, writeBackMs: 600_000 };

describe('an attached disk', () => {
  test('reads what was written, before and after the flush and when it is attached again', async () => {
    const id = await harness.createDisk();
    const first = await harness.attach(id);
    const bytes = randomBytes(700_000);
    await first.device.write(300_001, bytes, never);
    expect((await readAll(first.device, 300_001, bytes.length)).equals(bytes)).toBe(true);
    await first.device.flush(never);
    expect(first.status().version).toBe(1);
    expect((await readAll(first.device, 300_001, bytes.length)).equals(bytes)).toBe(true);
    await first.device.close();
    const second = await harness.attach(id);
    expect((await readAll(second.device, 300_001, bytes.length)).equals(bytes)).toBe(true);
    expect((await readAll(second.device, 0, 300_001)).every((byte) => byte === 0)).toBe(true);
    await second.device.close();
  });

  test('9.3: flushes at the same time share a commit', async () => {
    const { device, status } = await harness.attach(await harness.createDisk(), { limits: UNHURRIED });
    const pieces = Array.from({ length: 32 }, (_, at) => at);
    await Promise.all(
      pieces.map(async (at) => {
        await device.write(at * PIECE_BYTES, randomBytes(PIECE_BYTES), never);
        await device.flush(never);
      }),
    );
    // two where nothing else runs: the first, and all that came meanwhile
    expect(status().version).toBeLessThanOrEqual(8);
    await device.close();
  });

  test('9.3: small writes become whole blocks, and one that they leave incomplete is fetched once', async () => {
    const id = await harness.createDisk();
    const before = randomBytes(2 * BLOCK_BYTES);
    const first = await harness.attach(id);
    await first.device.write(0, before, never);
    await first.device.close();
    const { device, status } = await harness.attach(id, {
      cacheFolder: join(harness.folder, 'empty cache'),
      limits: UNHURRIED,
    });
    const after = randomBytes(2 * BLOCK_BYTES);
    const hole = BLOCK_BYTES - PIECE_BYTES; // the last piece of block 0 stays as it was
    before.copy(after, hole, hole, BLOCK_BYTES);
    const places = Array.from({ length: after.length / PIECE_BYTES }, (_, at) => at * PIECE_BYTES);
    for (const at of places.filter((place) => place !== hole))
      await device.write(at, after.subarray(at, at + PIECE_BYTES), never);
    await device.flush(never);
    expect(status()).toMatchObject({ version: 2, fetchedBlocks: 1, sentBlocks: 2 });
    expect((await readAll(device, 0, after.length)).equals(after)).toBe(true);
    await device.close();
  });

  test('9.4: what is trimmed becomes a hole', async () => {
    const id = await harness.createDisk();
    const { device, status } = await harness.attach(id);
    await device.write(0, randomBytes(4 * BLOCK_BYTES), never);
    await device.flush(never);
    await device.trim(BLOCK_BYTES - 5, 2 * BLOCK_BYTES + 10, never);
    expect(await device.extents('allocation', 0, 8 * BLOCK_BYTES, 9, never)).toMatchObject([
      { lengthBytes: BLOCK_BYTES, hole: false },
      { lengthBytes: 2 * BLOCK_BYTES, hole: true, zero: true },
      { lengthBytes: BLOCK_BYTES, hole: false },
      { lengthBytes: 4 * BLOCK_BYTES, hole: true, zero: true },
    ]);
    await device.flush(never);
    expect(status().version).toBe(2);
    expect(await device.extents('allocation', BLOCK_BYTES, BLOCK_BYTES, 9, never)).toMatchObject([
      { lengthBytes: BLOCK_BYTES, hole: true },
    ]);
    await device.zero(0, 8 * BLOCK_BYTES, never);
    await device.flush(never);
    const snapshot = await createSnapshot(harness.account, id);
    await device.close();
    const read = await harness.attach(snapshot, { readOnly: true });
    expect(await read.device.extents('allocation', 0, 8 * BLOCK_BYTES, 9, never)).toEqual([
      { lengthBytes: 8 * BLOCK_BYTES, hole: true, zero: true, dirty: false },
    ]);
    await read.device.close();
  });
});
