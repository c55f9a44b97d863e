import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/block.ts';
import { type AttachHarness, createAttachHarness, createSnapshot, never, readAll } from '../support/attach.ts';

let harness: AttachHarness;
beforeAll(async () => {
  harness = await createAttachHarness();
});
afterAll(() => harness.close());

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
    await device.zero(0, 8 * BLOCK_BYTES, { mayTrim: true }, never);
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
