import { randomBytes, randomUUID } from 'node:crypto';
import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CacheFolder } from '../../src/attach/blocks/cache-folder.ts';
import { ReadAhead } from '../../src/attach/blocks/read-ahead.ts';
import { BLOCK_BYTES, type ObjectId } from '../../src/engine/blocks/block.ts';
import { type AttachHarness, createAttachHarness, createSnapshot, never, readAll, SMALL } from '../support/attach.ts';
import { writeBlocks } from '../support/blocks.ts';

vi.setConfig({ testTimeout: 120_000 });

let harness: AttachHarness;
beforeAll(async () => {
  harness = await createAttachHarness();
});
afterAll(() => harness.close());

const TIB = 1024 ** 4;
const word = (text: string, length = BLOCK_BYTES) => Buffer.alloc(length, `${text} `);

/** A disk of these blocks, and a snapshot of it. */
async function filled(blocks: readonly Buffer[], also: object = {}) {
  const id = await harness.createDisk(8 * BLOCK_BYTES, also);
  const { device } = await harness.attach(id, { cacheFolder: join(harness.folder, randomUUID()) });
  await device.write(0, Buffer.concat(blocks), never);
  await device.close();
  return { id, snapshot: await createSnapshot(harness.account, id) };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('reads', () => {
  test('ten clones of one image fetch each block once, by memory and by the folder of the machine', async () => {
    const blocks = [randomBytes(BLOCK_BYTES), word('text'), randomBytes(BLOCK_BYTES)];
    const { snapshot } = await filled(blocks);
    const cacheFolder = join(harness.folder, randomUUID());
    let fetched = 0;
    for (let clone = 0; clone < 10; clone++) {
      const id = await harness.createDisk(8 * BLOCK_BYTES, { snapshotId: snapshot });
      const { device, status } = await harness.attach(id, { cacheFolder });
      // Many at once: those that want the same block share its way.
      const reads = Array.from({ length: 6 }, (_, at) => readAll(device, (at % 3) * BLOCK_BYTES, BLOCK_BYTES));
      for (const [at, bytes] of (await Promise.all(reads)).entries())
        expect(bytes.equals(blocks[at % 3] as Buffer)).toBe(true);
      fetched += status().fetchedBlocks;
      await device.close();
    }
    expect(fetched).toBe(3);
  });

  test.each([false, true])(
    '9.5: entries of the folder that were changed or cut are noticed, encrypted: %s',
    async (encrypted) => {
      const blocks = [randomBytes(BLOCK_BYTES), word('text')];
      const { snapshot } = await filled(blocks, { encrypted });
      const cacheFolder = join(harness.folder, randomUUID());
      const read = async () => {
        const { device, status } = await harness.attach(snapshot, { cacheFolder, readOnly: true });
        expect((await readAll(device, 0, 2 * BLOCK_BYTES)).equals(Buffer.concat(blocks))).toBe(true);
        await device.close();
        return status();
      };
      await read();
      expect(await read()).toMatchObject({ fetchedBlocks: 0, recalledBlocks: 2 });
      const [one, other] = (await filesBelow(cacheFolder)) as [string, string];
      if (encrypted) expect((await readFile(other)).includes('text text')).toBe(false);
      const bytes = await readFile(one);
      const damages = [0, 5, 8, 12, 40, bytes.length - 1].map((at) => async () => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] as number) ^ 0x40;
        await writeFile(one, changed);
      });
      for (const damage of [
        ...damages,
        () => truncate(one, 1000),
        () => truncate(one, 0),
        () => writeFile(one, Buffer.concat([bytes, bytes])),
      ]) {
        await damage();
        expect(await read()).toMatchObject({ fetchedBlocks: 1, recalledBlocks: 1 });
      }
      expect((await read()).recalledBlocks).toBe(2);
    },
  );

  test('9.5: an object that was changed in the store is an error that names it, and nothing else is', async () => {
    const blocks = [word('one'), word('two')];
    const { id, snapshot } = await filled(blocks);
    const { device } = await harness.attach(snapshot, {
      readOnly: true,
      cacheFolder: join(harness.folder, randomUUID()),
    });
    const map = await harness.account.call(
      'query ($id: ID!) { blockMap(input: { source: $id }) { blocks { index url } } }',
      { id },
    );
    const [{ url }] = map.blockMap.blocks;
    const key = decodeURIComponent(new URL(url).pathname).split('/').slice(2).join('/');
    const stored = Buffer.from(await (await fetch(url)).arrayBuffer());
    stored[20] = (stored[20] as number) ^ 1;
    await harness.api.objects.put(key, stored);
    await expect(device.read(100, 10, never)).rejects.toMatchObject({ name: 'DeviceError', kind: 'IO' });
    await expect(device.read(100, 10, never)).rejects.toThrow(`snapshot ${snapshot} at offset 0`);
    expect((await readAll(device, BLOCK_BYTES, 10)).equals(word('two', 10))).toBe(true);
    const known = 'query { damagedObjects { nodes { places { id offsetBytes } } } }';
    await vi.waitFor(
      async () =>
        expect((await harness.account.call(known)).damagedObjects.nodes).toEqual([
          { places: [{ id: snapshot, offsetBytes: 0 }] },
        ]),
      { timeout: 30_000, interval: 50 },
    );
    await device.close();
  });

  test('a disk read-only is what it was when it was attached, while it goes on', async () => {
    const { id } = await filled([word('old'), word('same')]);
    const { device, status } = await harness.attach(id, { readOnly: true });
    expect([device.readOnly, status().version]).toEqual([true, 1]);
    await expect(device.write(0, word('no'), never)).rejects.toMatchObject({ kind: 'READ_ONLY' });
    await device.flush(never);
    await writeBlocks(harness.account, id, 1, { 0: word('new'), 1: null });
    expect((await readAll(device, 0, 2 * BLOCK_BYTES)).equals(Buffer.concat([word('old'), word('same')]))).toBe(true);
    await device.close();
    const drafts = await harness.account.call('query ($id: ID!) { drafts(diskId: $id) { nodes { id } } }', { id });
    expect(drafts.drafts.nodes).toEqual([]);
  });

  test('a disk of 64 TiB is there at once, and its holes are known without looking at them', async () => {
    const id = await harness.createDisk(64 * TIB);
    const before = harness.proxy.requests();
    const { device } = await harness.attach(id);
    expect(await device.extents('allocation', 0, 64 * TIB, 8, never)).toMatchObject([
      { lengthBytes: 64 * TIB, hole: true },
    ]);
    await device.write(40 * TIB, word('far', 700), never);
    await device.zero(0, 30 * TIB, never);
    await device.flush(never);
    expect((await readAll(device, 40 * TIB - 5, 10)).toString('latin1')).toBe('\0\0\0\0\0far f');
    expect(await device.extents('allocation', 0, 64 * TIB, 8, never)).toMatchObject([
      { lengthBytes: 40 * TIB, hole: true },
      { lengthBytes: BLOCK_BYTES, hole: false },
      { lengthBytes: 24 * TIB - BLOCK_BYTES, hole: true },
    ]);
    expect(harness.proxy.requests() - before).toBeLessThan(300); // a page of maps covers half a TiB
    await device.close();
  });

  test('nothing is read out of bounds', async () => {
    const id = await harness.createDisk();
    const { device } = await harness.attach(id);
    await expect(device.read(8 * BLOCK_BYTES - 1, 2, never)).rejects.toMatchObject({ kind: 'INVALID' });
    await expect(device.write(-1, word('x', 5), never)).rejects.toMatchObject({ kind: 'INVALID' });
    await device.close();
    await expect(device.read(0, 1, never)).rejects.toMatchObject({ kind: 'SHUTDOWN' });
  });
});

test('blocks changed since the latest snapshot are told, those that wait for their commit too', async () => {
  const { id, snapshot } = await filled([word('one'), word('two'), word('three')]);
  const { device } = await harness.attach(id, { limits: { ...SMALL, writeBackMs: 60_000 } });
  const dirty = async (of = device) => {
    let at = 0;
    const found: number[] = [];
    for (const { lengthBytes, dirty } of await of.extents('dirty', 0, 8 * BLOCK_BYTES, 20, never)) {
      for (let block = at; block < at + lengthBytes; block += BLOCK_BYTES) if (dirty) found.push(block / BLOCK_BYTES);
      at += lengthBytes;
    }
    expect(at).toBe(8 * BLOCK_BYTES);
    return found;
  };
  expect(await dirty()).toEqual([]);
  await device.write(BLOCK_BYTES + 9, word('x', 9), never);
  expect(await dirty()).toEqual([1]);
  await device.flush(never);
  await device.trim(2 * BLOCK_BYTES, BLOCK_BYTES, never);
  await device.write(7 * BLOCK_BYTES, word('y', 9), never);
  expect(await dirty()).toEqual([1, 2, 7]);
  await device.flush(never);
  expect(await dirty()).toEqual([1, 2, 7]);
  await device.close();
  const clone = await harness.attach(await harness.createDisk(8 * BLOCK_BYTES, { snapshotId: snapshot }));
  expect(await dirty(clone.device)).toEqual([0, 1, 2]); // it has no snapshot of its own yet
  await clone.device.close();
});

test('the folder keeps to its bound, and what was used last stays', async () => {
  const path = join(harness.folder, randomUUID());
  const folder = new CacheFolder({ path, limitBytes: 40_000, keys: undefined, shards: 2 });
  const { mkdir, utimes } = await import('node:fs/promises');
  const ids: ObjectId[] = [];
  for (let at = 0; at < 100; at++) {
    // The shard goes by the first digits: each has its turn, as each keeps a bound of its own.
    const id = `${at.toString(16).padStart(6, '0')}${randomBytes(29).toString('hex')}` as ObjectId;
    ids.push(id);
    const place = folder.place(id)?.path as string;
    await mkdir(join(place, '..'), { recursive: true });
    await writeFile(place, Buffer.alloc(1000));
    await utimes(place, at, at);
    await folder.added(id, 1000);
  }
  const sizes = await Promise.all((await filesBelow(path)).map(async (file) => (await stat(file)).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(20_000);
  expect(total).toBeLessThanOrEqual(40_000 * 1.25);
  const kept = (await filesBelow(path)).map((file) => ids.indexOf(file.slice(-64) as ObjectId));
  expect(Math.min(...kept)).toBeGreaterThan(50);
});

describe('read-ahead', () => {
  const blocks = (list: readonly ({ start: number; count: number } | undefined)[]) =>
    list.flatMap((range) => (range ? Array.from({ length: range.count }, (_, at) => range.start + at) : []));

  test('is not for reads here and there', () => {
    const ahead = new ReadAhead(32);
    const reads = [900, 3, 500, 77, 1200, 40].map((block) => ahead.note(block * 64 * BLOCK_BYTES, 4096));
    expect(blocks(reads)).toEqual([]);
  });

  test('grows with each stream, asks for every block once, and keeps several apart', () => {
    const ahead = new ReadAhead(32);
    const far = 5000;
    const asked: ReturnType<ReadAhead['note']>[] = [];
    for (let at = 0; at < 200; at++) {
      asked.push(ahead.note(at * BLOCK_BYTES, BLOCK_BYTES));
      asked.push(ahead.note((far + at) * BLOCK_BYTES, BLOCK_BYTES));
    }
    const all = blocks(asked);
    expect(new Set(all).size).toBe(all.length);
    expect(Math.max(...all.filter((block) => block < far))).toBeLessThanOrEqual(200 + 32);
    for (let block = 10; block < 200; block++) expect(all).toContain(block);
    for (let block = 10; block < 200; block++) expect(all).toContain(far + block);
  });
});
