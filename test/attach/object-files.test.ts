import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { BlockStore, type BlockStoreParts } from '../../src/attach/blocks/block-store.ts';
import { CacheFolder } from '../../src/attach/blocks/cache-folder.ts';
import type { ContentsMap } from '../../src/attach/blocks/contents-map.ts';
import { BlockMemory } from '../../src/attach/blocks/memory.ts';
import { readCommitted } from '../../src/attach/blocks/read-committed.ts';
import { WorkerPool } from '../../src/client/threads/worker-pool.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { blockIdOf, encodeObject } from '../../src/engine/blocks/object-form.ts';
import { never } from '../support/attach.ts';
import { collectLog } from '../support/nbd-session.ts';

/** So few that each block drives the one before out of the memory. */
const SLOTS = 2;

/** Objects in files of this machine that the client may read, and a store of blocks over them. */
async function inFiles(plains: readonly Buffer[]) {
  const folder = await mkdtemp(join(tmpdir(), 'varve-object-files-'));
  const blocks = plains.map((plain, index) => ({ index, id: blockIdOf(plain), path: join(folder, `${index}`) }));
  for (const { index, id, path } of blocks) await writeFile(path, encodeObject(plains[index] as Buffer, { id }));
  const memory = new BlockMemory(SLOTS);
  const pool = new WorkerPool({ memory: memory.memory }, { most: 1 });
  onTestFinished(async () => {
    await pool.close();
    await rm(folder, { recursive: true });
  });
  const cache = join(folder, 'cache');
  const store = new BlockStore({
    memory,
    pool,
    folder: new CacheFolder({ path: cache, limitBytes: 2 ** 30, keys: undefined }),
    transfer: { fileOf: ({ url }: { readonly url: string }) => url },
    urls: { of: async ({ index }: { readonly index: number }) => join(folder, `${index}`) },
    source: 's-1',
    sealed: false,
    fetches: 1,
    patienceMs: 1000,
    log: collectLog(),
    signal: never,
    onDamage: () => undefined,
  } as unknown as BlockStoreParts);
  const read = async (index: number) => {
    const block = await store.get(blocks[index] as (typeof blocks)[number]);
    const bytes = Buffer.from(store.plain(block));
    store.unhold(block);
    return bytes;
  };
  const kept = () => readdir(cache).catch(() => []);
  return { store, blocks, read, kept };
}

const random = () => randomBytes(BLOCK_BYTES);

test('an object that is the block itself is read from its file again and not copied', async () => {
  const plains = [random(), random(), random()];
  const { store, blocks, read, kept } = await inFiles(plains);
  for (const [at, plain] of plains.entries()) expect((await read(at)).equals(plain)).toBe(true);
  await store.settled();
  expect(await kept()).toEqual([]);
  const again = store.soon((blocks[0] as (typeof blocks)[number]).id, BLOCK_BYTES);
  expect(store.plain(again as NonNullable<typeof again>).equals(plains[0] as Buffer)).toBe(true);
  expect(store.counts).toMatchObject({ fetched: 3, recalled: 1 });
});

test('a block whose object is compressed is kept in the cache folder', async () => {
  const { store, read, kept } = await inFiles([Buffer.alloc(BLOCK_BYTES, 'text ')]);
  await read(0);
  await store.settled();
  expect(await kept()).toHaveLength(1);
});

test('9.5: an object that changes in its file is noticed when it is read again', async () => {
  const plains = [random(), random(), random()];
  const { store, blocks, read } = await inFiles(plains);
  for (const at of plains.keys()) await read(at);
  const { id, path } = blocks[0] as (typeof blocks)[number];
  const changed = Buffer.from(plains[0] as Buffer);
  changed[77_777] = (changed[77_777] as number) ^ 1;
  await writeFile(path, changed);
  expect(store.soon(id, BLOCK_BYTES)).toBeUndefined();
  await expect(read(0)).rejects.toMatchObject({ code: 'ObjectDamaged' });
  await writeFile(path, plains[0] as Buffer);
  expect((await read(0)).equals(plains[0] as Buffer)).toBe(true);
});

test('after a read that was waited for, 64 reads go to the threads', async () => {
  const { store, blocks, read } = await inFiles([random(), random(), random()]);
  for (const at of blocks.keys()) await read(at);
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now++ * 10);
  onTestFinished(() => clock.mockRestore());
  const contents = { idOf: async (index: number) => blocks[index]?.id } as unknown as ContentsMap;
  /** As a device reads: what needs no waiting, then what does. */
  const readHere = async (index: number) => {
    const here = store.soon((blocks[index] as (typeof blocks)[number]).id, BLOCK_BYTES);
    store.unhold((here ?? (await readCommitted({ blocks: store, contents }, index))) as NonNullable<typeof here>);
    return here !== undefined;
  };
  const wereHere: boolean[] = [];
  for (let at = 0; at < 66; at++) wereHere.push(await readHere(at % blocks.length));
  expect(wereHere).toEqual([true, ...Array.from({ length: 64 }, () => false), true]);
});
