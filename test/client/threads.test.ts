import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Slots } from '../../src/client/flow/slots.ts';
import { ReadyThreads } from '../../src/client/threads/ready-threads.ts';
import { WorkerPool } from '../../src/client/threads/worker-pool.ts';
import type { ObjectId } from '../../src/engine/blocks/block.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { blockIdOf, deriveBlockKeys } from '../../src/engine/blocks/object-form.ts';

const never = new AbortController().signal;
const keys = deriveBlockKeys(randomBytes(32));

describe.each([
  ['plain', undefined],
  ['encrypted', keys],
])('threads with %s blocks', (_, domain) => {
  let folder: string;
  let file: FileHandle;
  let pool: WorkerPool;
  let slots: Slots;
  let data: Buffer;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'varve-threads-'));
    file = await open(join(folder, 'image'), 'w+');
    // data, a hole, compressible data, a last block of 1000 bytes
    data = Buffer.concat([
      randomBytes(BLOCK_BYTES),
      Buffer.alloc(BLOCK_BYTES),
      Buffer.alloc(BLOCK_BYTES, 'ab'),
      randomBytes(1000),
    ]);
    await file.write(data, 0, undefined, 0);
    slots = new Slots(4);
    pool = new WorkerPool({
      memory: slots.memory,
      image: { fd: file.fd, sizeBytes: data.length, path: 'image' },
      keys: domain,
    });
  });
  afterEach(async () => {
    await pool.close();
    await file.close();
    await rm(folder, { recursive: true });
  });

  const plain = (index: number) => {
    const block = Buffer.alloc(BLOCK_BYTES);
    data.copy(block, 0, index * BLOCK_BYTES);
    return block;
  };
  const name = (index: number) => blockIdOf(plain(index), domain?.idKey);

  it('name blocks, holes and a short last block', async () => {
    const names = [name(0), undefined, name(2), name(3)];
    expect(await pool.run('scan', { first: 0, count: 4 })).toEqual(names);
    const taken = await slots.take(4, never);
    expect(await pool.run('load', { first: 0, slots: taken })).toEqual(names);
    expect(
      slots
        .view(taken[3] as number)
        .subarray(0, BLOCK_BYTES)
        .equals(plain(3)),
    ).toBe(true);
  });

  it('encode a block and bring it back to its place', async () => {
    const [slot] = (await slots.take(1, never)) as [number];
    const [id] = (await pool.run('load', { first: 2, slots: [slot] })) as [ObjectId];
    const { storedBytes } = await pool.run('encode', { slot, id });
    expect(storedBytes).toBeLessThan(BLOCK_BYTES / 8);
    await pool.run('store', { slot, id, storedBytes, sealed: domain !== undefined, at: BLOCK_BYTES });
    const back = Buffer.alloc(BLOCK_BYTES);
    await file.read(back, 0, BLOCK_BYTES, BLOCK_BYTES);
    expect(back.equals(plain(2))).toBe(true);
  });

  it('write no more than the image holds', async () => {
    const [slot] = (await slots.take(1, never)) as [number];
    const [id] = (await pool.run('load', { first: 0, slots: [slot] })) as [ObjectId];
    const { storedBytes } = await pool.run('encode', { slot, id });
    await pool.run('store', { slot, id, storedBytes, sealed: domain !== undefined, at: 3 * BLOCK_BYTES });
    expect((await file.stat()).size).toBe(data.length);
  });

  it('clear only what is no hole', async () => {
    await pool.run('clear', { first: 0, count: 4 });
    expect(await pool.run('scan', { first: 0, count: 4 })).toEqual([undefined, undefined, undefined, undefined]);
    expect((await file.stat()).size).toBe(data.length);
  });

  it.each([
    ['a changed byte', (bytes: Buffer) => bytes.writeUInt8(bytes.readUInt8(300_000) ^ 1, 300_000), 0],
    ['a cut end', () => undefined, -1],
  ])('refuse a stored form with %s', async (_name, damage, less) => {
    const [slot] = (await slots.take(1, never)) as [number];
    const [id] = (await pool.run('load', { first: 0, slots: [slot] })) as [ObjectId];
    const { storedBytes } = await pool.run('encode', { slot, id });
    damage(slots.view(slot));
    const task = { slot, id, storedBytes: storedBytes + less, sealed: domain !== undefined };
    await expect(pool.run('decode', task)).rejects.toMatchObject({ code: 'ObjectDamaged', extra: { objectId: id } });
  });

  it('are two once there is enough to do', async () => {
    const scan = () => pool.run('scan', { first: 0, count: 4 });
    await scan(); // by the first
    const started = vi.fn();
    process.on('worker', started);
    onTestFinished(() => void process.off('worker', started));
    await scan();
    expect(started).not.toHaveBeenCalled();
    await Promise.all([scan(), scan(), scan()]);
    expect(started).toHaveBeenCalledOnce();
  });

  it('answer each of many tasks, also beside one that fails', async () => {
    const beyond = { slot: 3, id: 'f'.repeat(64) as ObjectId, storedBytes: 3, sealed: domain !== undefined };
    const works = Array.from({ length: 20 }, (_, at) =>
      at === 7 ? pool.run('decode', beyond) : pool.run('scan', { first: at % 4, count: 1 }),
    );
    const outcomes = await Promise.allSettled(works);
    expect(outcomes.flatMap(({ status }, at) => (status === 'rejected' ? [at] : []))).toEqual([7]);
    const names = [name(0), undefined, name(2), name(3)];
    expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value : 'failed'))).toEqual(
      outcomes.map((_, at) => (at === 7 ? 'failed' : [names[at % 4]])),
    );
  });

  it('take those that are starting already, and no more than they need', async () => {
    await pool.run('scan', { first: 0, count: 1 }); // its own thread has started
    const started = vi.fn();
    process.on('worker', started);
    onTestFinished(() => void process.off('worker', started));
    await using ready = new ReadyThreads(2);
    await vi.waitFor(() => expect(started).toHaveBeenCalledTimes(2));
    const other = new WorkerPool(
      { memory: slots.memory, image: { fd: file.fd, sizeBytes: data.length, path: '' } },
      { ready },
    );
    const scan = () => other.run('scan', { first: 0, count: 4 });
    await Promise.all([scan(), scan(), scan()]);
    await other.close();
    expect(started).toHaveBeenCalledTimes(2);
  });

  it('give every task up when they are closed', async () => {
    const waiting = pool.run('scan', { first: 0, count: 4 });
    const closed = pool.close();
    await expect(waiting).rejects.toMatchObject({ code: 'Interrupted' });
    await closed;
  });

  it('end between two blocks: Node aborts if one is stopped in the middle of decoding', async () => {
    await pool.run('scan', { first: 0, count: 1 }); // its own thread has started
    const threads: Worker[] = [];
    const started = (worker: Worker) => void threads.push(worker);
    process.on('worker', started);
    onTestFinished(() => void process.off('worker', started));
    await using ready = new ReadyThreads(2); // one of them is never used
    const image = { fd: file.fd, sizeBytes: data.length, path: '' };
    const other = new WorkerPool({ memory: slots.memory, image }, { most: 1, ready });
    const scan = () => other.run('scan', { first: 0, count: 4 });
    await scan();
    const working = [scan(), scan(), scan()];
    const codes = Promise.all(threads.map((worker) => once(worker, 'exit')));
    await Promise.all([
      other.close(),
      ready[Symbol.asyncDispose](),
      ...working.map((one) => one.catch(() => undefined)),
    ]);
    // Of one that is stopped it is 1.
    expect(await codes).toEqual([[0], [0]]);
  });
});
