import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Segment } from '../../src/attach/journal/segment.ts';
import { LayerCommitter } from '../../src/attach/write-back/committer.ts';
import { DirtyData } from '../../src/attach/write-back/dirty-data.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { type Attached, type AttachHarness, createAttachHarness, never, readAll, SMALL } from '../support/attach.ts';
import { FileDurability } from '../support/file-durability.ts';
import { stopAt } from '../support/stop-at.ts';

vi.setConfig({ testTimeout: 120_000 });

let harness: AttachHarness;
let durability: FileDurability;
beforeAll(async () => {
  harness = await createAttachHarness();
  durability = await FileDurability.watch();
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  durability.stop();
  await harness.close();
});

/** A layer for each block, committed as soon as the service lets. */
const LIMITS = { ...SMALL, generationBlocks: 1, writeBackMs: 0, quietMs: 0 };
const word = (text: string) => Buffer.alloc(BLOCK_BYTES, `${text} `);

/** Two layers, flushed, while the service is away. */
async function writeTwo(mode: 'remote' | 'local'): Promise<Attached & { readonly id: string }> {
  const id = await harness.createDisk(4 * BLOCK_BYTES);
  const attached = await harness.attach(id, { durability: mode, limits: LIMITS });
  harness.proxy.down(true);
  await attached.device.write(0, word('one'), never);
  await attached.device.write(BLOCK_BYTES, word('two'), never);
  if (mode === 'local') await attached.device.flush(never);
  return { ...attached, id };
}

/** Nothing survives that was not synced, and every removal does. */
async function cutPower(id: string): Promise<void> {
  const folder = join(harness.folder, 'state', id);
  const [journal] = (await readdir(folder)).filter((name) => name.startsWith('journal-'));
  await durability.cutPower(join(folder, journal as string), () => 0.99);
}

async function expectBoth(id: string): Promise<void> {
  const { device, events } = await harness.attach(id);
  expect(events.filter(({ kind }) => kind !== 'REPLAYED')).toEqual([]);
  expect((await readAll(device, 0, BLOCK_BYTES)).equals(word('one'))).toBe(true);
  expect((await readAll(device, BLOCK_BYTES, BLOCK_BYTES)).equals(word('two'))).toBe(true);
  await device.close();
}

test('9.3: the power fails when a layer was freed, and the next one is flushed and not committed', async () => {
  const { id, kill } = await writeTwo('local');
  const freed = stopAt(Segment.prototype, 'discard', 'after');
  harness.proxy.down(false);
  await freed;
  vi.restoreAllMocks();
  await kill();
  await cutPower(id);
  await expectBoth(id);
});

test('9.3: the same where the layers were flushed by the attachment before, and flushes now ask the service', async () => {
  const { id, kill } = await writeTwo('local');
  await kill();
  const freed = stopAt(Segment.prototype, 'discard', 'after');
  harness.proxy.down(false);
  const second = await harness.attach(id, { durability: 'remote', limits: LIMITS });
  await freed;
  vi.restoreAllMocks();
  await second.kill();
  await cutPower(id);
  await expectBoth(id);
});

test('9.3: a layer is not freed while the next one cannot say what it follows', async () => {
  const { id, kill } = await writeTwo('remote');
  const freed = stopAt(Segment.prototype, 'discard', 'after');
  vi.spyOn(Segment.prototype, 'setBase').mockRejectedValueOnce(new Error('EIO: i/o error, write'));
  harness.proxy.down(false);
  await freed;
  vi.restoreAllMocks();
  await kill();
  await expectBoth(id);
});

test('9.3: killed twice: when a layer is committed, and before the next attachment commits what follows it', async () => {
  const committed = stopAt(DirtyData.prototype, 'retire', 'before');
  const { id, kill } = await writeTwo('remote');
  harness.proxy.down(false);
  await committed;
  vi.restoreAllMocks();
  await kill();
  const begun = stopAt(LayerCommitter.prototype, 'commit', 'before');
  const second = await harness.attach(id, { limits: LIMITS });
  await begun;
  vi.restoreAllMocks();
  await second.kill();
  await expectBoth(id);
});
