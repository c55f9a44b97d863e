import { type FileHandle, open, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { DirtyData } from '../../src/attach/write-back/dirty-data.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { type AttachHarness, createAttachHarness, never, readAll, SMALL } from '../support/attach.ts';
import { readBlocks } from '../support/blocks.ts';
import { FileDurability } from '../support/file-durability.ts';
import { stopAt } from '../support/stop-at.ts';

vi.setConfig({ testTimeout: 120_000 });

let harness: AttachHarness;
let file: FileHandle;
beforeAll(async () => {
  harness = await createAttachHarness();
  const opened = await open('/dev/null');
  file = Object.getPrototypeOf(opened) as FileHandle;
  await opened.close();
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => harness.close());

const LIMITS = { ...SMALL, writeBackMs: 0, quietMs: 0 };
const SOON = { timeout: 60_000, interval: 50 };
const word = (text: string) => Buffer.alloc(BLOCK_BYTES, `${text} `);

/**
 * The next call for a path that ends so fails, as Linux tells of a write-back that failed: once.
 */
function failOnce(method: 'datasync' | 'sync', ending: RegExp): void {
  const original = file[method];
  let failed = false;
  vi.spyOn(file, method).mockImplementation(async function (this: FileHandle) {
    const path = await readlink(`/proc/self/fd/${this.fd}`);
    if (failed || !ending.test(path)) return original.call(this);
    failed = true;
    throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });
  });
}

test.each([
  { lost: 'the bytes', method: 'datasync', ending: /\.segment$/ },
  { lost: 'the names', method: 'sync', ending: /journal-[0-9a-f]+$/ },
] as const)('9.3: a flush stays refused when the medium once lost $lost, until they are committed', async (loss) => {
  const id = await harness.createDisk();
  const { device } = await harness.attach(id, { durability: 'local', limits: LIMITS });
  harness.proxy.down(true);
  await device.write(0, word('one'), never);
  failOnce(loss.method, loss.ending);
  await expect(device.flush(never)).rejects.toMatchObject({ kind: 'IO' });
  await expect(device.flush(never)).rejects.toMatchObject({ kind: 'IO' });
  await device.write(BLOCK_BYTES, word('two'), never);
  await expect(device.flush(never)).rejects.toMatchObject({ kind: 'IO' });
  expect((await readAll(device, 0, BLOCK_BYTES)).equals(word('one'))).toBe(true);
  harness.proxy.down(false);
  await vi.waitFor(() => device.flush(never), SOON);
  expect(await readBlocks(harness.account, id)).toMatchObject({ 0: 'one' });
  await device.write(2 * BLOCK_BYTES, word('three'), never);
  await device.flush(never);
  await device.close();
  expect(await readBlocks(harness.account, id)).toEqual({ 0: 'one', 1: 'two', 2: 'three' });
});

test('9.3: the layer before one that the medium refused stays, and tells where that belongs', async () => {
  const durability = await FileDurability.watch();
  const id = await harness.createDisk();
  // Nothing is committed because of its age: the first layer is, as soon as it has both its blocks,
  // as these fill half the journal.
  const limits = { ...LIMITS, generationBlocks: 2, writeBackMs: 600_000, journalBytes: 4 * BLOCK_BYTES };
  const { device, kill } = await harness.attach(id, { durability: 'local', limits });
  harness.proxy.down(true);
  for (const [at, text] of ['one', 'two', 'three'].entries()) await device.write(at * BLOCK_BYTES, word(text), never);
  await device.flush(never);
  await device.write(3 * BLOCK_BYTES, word('four'), never);
  failOnce('datasync', /2\.segment$/);
  await expect(device.flush(never)).rejects.toMatchObject({ kind: 'IO' });
  const retired = stopAt(DirtyData.prototype, 'retire', 'after');
  harness.proxy.down(false);
  await retired;
  vi.restoreAllMocks();
  await kill();
  durability.stop();
  const folder = join(harness.folder, 'state', id);
  const [journal] = (await readdir(folder)).filter((name) => name.startsWith('journal-'));
  await durability.cutPower(join(folder, journal as string), () => 0.99);
  const second = await harness.attach(id);
  expect(second.events).toMatchObject([{ kind: 'REPLAYED' }]);
  await second.device.close();
  expect(await readBlocks(harness.account, id)).toEqual({ 0: 'one', 1: 'two', 2: 'three' });
});
