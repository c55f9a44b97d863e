import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { type AttachHarness, createAttachHarness, never, readAll, SMALL } from '../support/attach.ts';
import { readBlocks } from '../support/blocks.ts';

vi.setConfig({ testTimeout: 120_000 });

let harness: AttachHarness;
/** Bytes that the file system of the journal still takes. */
let room = Number.POSITIVE_INFINITY;
const { writevSync } = fs;

beforeAll(async () => {
  harness = await createAttachHarness();
});
afterAll(() => harness.close());
beforeEach(() => {
  room = Number.POSITIVE_INFINITY;
  replaceWritev((fd, buffers, position) => {
    const wanted = buffers.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const grows = Math.max((position ?? 0) + wanted - fs.fstatSync(fd).size, 0);
    if (grows > room) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    room -= grows;
    return writevSync(fd, buffers, position);
  });
});
afterEach(() => replaceWritev(writevSync));

function replaceWritev(writev: typeof writevSync): void {
  fs.writevSync = writev;
  syncBuiltinESMExports();
}

test.each(['remote', 'local'] as const)(
  'a full medium refuses the write, keeps what was acknowledged, and takes more when there is room: %s',
  async (durability) => {
    const id = await harness.createDisk();
    const { device } = await harness.attach(id, { durability, limits: { ...SMALL, writeBackMs: 60_000 } });
    await device.write(0, Buffer.alloc(BLOCK_BYTES, 'one '), never);
    room = 100_000;
    await expect(device.write(BLOCK_BYTES, Buffer.alloc(BLOCK_BYTES, 'no '), never)).rejects.toMatchObject({
      kind: 'NO_SPACE',
    });
    await device.write(2 * BLOCK_BYTES, Buffer.alloc(5000, 'two '), never);
    await expect(device.write(3 * BLOCK_BYTES, Buffer.alloc(BLOCK_BYTES, 'no '), never)).rejects.toMatchObject({
      kind: 'NO_SPACE',
    });
    // A commit takes no room, so that what waits can leave.
    room = 0;
    await device.flush(never);
    expect((await readAll(device, BLOCK_BYTES, 4)).equals(Buffer.alloc(4))).toBe(true);
    room = Number.POSITIVE_INFINITY;
    await device.write(4 * BLOCK_BYTES, Buffer.alloc(BLOCK_BYTES, 'three '), never);
    await device.close();
    expect(await readBlocks(harness.account, id)).toMatchObject({ 0: 'one', 2: 'two', 4: 'three' });
    expect(Object.keys(await readBlocks(harness.account, id))).toEqual(['0', '2', '4']);
  },
);
