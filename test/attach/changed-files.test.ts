import { randomBytes, randomUUID } from 'node:crypto';
import { open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ENTRY_HEAD_BYTES } from '../../src/client/threads/cache-entry.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { blockIdOf } from '../../src/engine/blocks/object-form.ts';
import { type AttachHarness, createAttachHarness, never, readAll, SMALL } from '../support/attach.ts';

vi.setConfig({ testTimeout: 120_000 });

let harness: AttachHarness;
beforeAll(async () => {
  harness = await createAttachHarness();
});
afterAll(() => harness.close());

/** More than are kept in memory. */
const BLOCKS = 32;
const LIMITS = { ...SMALL, memoryBlocks: 1, heldBlocks: 2, uploads: 1, fetches: 2 };

/** An attachment that has read all blocks of a disk, so that the first ones are in files alone. */
async function warmed() {
  const blocks = Array.from({ length: BLOCKS }, () => randomBytes(BLOCK_BYTES));
  const id = await harness.createDisk(BLOCKS * BLOCK_BYTES);
  const written = await harness.attach(id);
  for (const [at, block] of blocks.entries()) await written.device.write(at * BLOCK_BYTES, block, never);
  await written.device.close();
  const cacheFolder = join(harness.folder, randomUUID());
  const attachment = await harness.attach(id, { readOnly: true, cacheFolder, limits: LIMITS });
  const read = async (at: number, length: number) => {
    const wanted = blocks[Math.floor(at / BLOCK_BYTES)]?.subarray(at % BLOCK_BYTES, (at % BLOCK_BYTES) + length);
    expect((await readAll(attachment.device, at, length)).equals(wanted as Buffer)).toBe(true);
  };
  const readOthers = async () => {
    for (let at = 1; at < BLOCKS; at++) await read(at * BLOCK_BYTES, BLOCK_BYTES);
  };
  /** Until it is fetched: a read that ends late may have left the block in memory. */
  const readPastMemory = (at: number, length: number, fetched: number) =>
    vi.waitFor(
      async () => {
        await readOthers();
        await read(at, length);
        expect(attachment.status().fetchedBlocks).toBe(fetched);
      },
      { timeout: 60_000, interval: 50 },
    );
  await read(0, BLOCK_BYTES);
  await readOthers();
  const path = await vi.waitFor(async () => {
    const names = await readdir(cacheFolder, { recursive: true });
    return join(cacheFolder, names.find((name) => name.endsWith(blockIdOf(blocks[0] as Buffer))) as string);
  });
  const isKept = async () => (await readFile(path)).subarray(ENTRY_HEAD_BYTES).equals(blocks[0] as Buffer);
  return { ...attachment, path, isKept, read, readOthers, readPastMemory };
}

async function flip(path: string, at: number): Promise<void> {
  const file = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, at);
  byte[0] = (byte[0] as number) ^ 1;
  await file.write(byte, 0, 1, at);
  await file.close();
}

test('9.5: a page that changes in the cache folder is noticed and fetched again', async () => {
  const { device, status, path, read, readOthers, readPastMemory } = await warmed();
  await read(5000, 100); // from now on its pages can be read by themselves
  await readOthers();
  const before = status();
  await read(9000, 4000);
  expect(status().fetchedBlocks).toBe(before.fetchedBlocks);
  await flip(path, ENTRY_HEAD_BYTES + 5050);
  await readPastMemory(5000, 100, before.fetchedBlocks + 1);
  await device.close();
});

test('9.5: a block that changes there is noticed, and one that is gone is fetched', async () => {
  const { device, status, path, isKept, readPastMemory } = await warmed();
  const before = status();
  await flip(path, ENTRY_HEAD_BYTES + BLOCK_BYTES - 1);
  await readPastMemory(0, BLOCK_BYTES, before.fetchedBlocks + 1);
  await vi.waitFor(async () => expect(await isKept()).toBe(true), { timeout: 30_000, interval: 50 });
  await rm(path, { force: true });
  await readPastMemory(0, BLOCK_BYTES, before.fetchedBlocks + 2);
  await device.close();
});
