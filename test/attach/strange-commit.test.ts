import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Segment } from '../../src/attach/journal/segment.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { type Attached, type AttachHarness, createAttachHarness, never, SMALL } from '../support/attach.ts';
import { blockOf, readBlocks, writeBlocks } from '../support/blocks.ts';
import { stopAt } from '../support/stop-at.ts';

vi.setConfig({ testTimeout: 120_000 });

let harness: AttachHarness;
beforeAll(async () => {
  harness = await createAttachHarness();
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => harness.close());

const limits = { ...SMALL, writeBackMs: 60_000 };

/** Killed before it commits a layer at version 1; another one follows. */
async function killedBefore(change: (device: Attached['device']) => Promise<void>): Promise<string> {
  const id = await harness.createDisk();
  const { device, kill } = await harness.attach(id, { limits });
  for (let block = 0; block < 3; block++) await device.write(block * BLOCK_BYTES, blockOf(`w${block}`), never);
  await device.flush(never);
  const begun = stopAt(Segment.prototype, 'setIntent', 'after');
  await change(device);
  void device.flush(never).catch(() => undefined);
  await begun;
  vi.restoreAllMocks();
  await device.write(2 * BLOCK_BYTES, blockOf('late'), never);
  await kill();
  return id;
}

async function expectSetAside(id: string, contents: Record<number, string>): Promise<void> {
  const { device, events } = await harness.attach(id, { limits });
  expect(events.map(({ kind }) => kind)).toEqual(['JOURNAL_SET_ASIDE']);
  await device.close();
  expect(await readBlocks(harness.account, id)).toEqual(contents);
}

test('9.3: a reinitialisation is not taken for the commit of trims that a journal was about to make', async () => {
  const id = await killedBefore((device) => device.trim(0, 2 * BLOCK_BYTES, never));
  const text = 'mutation ($input: ReinitializeDiskInput!) { reinitializeDisk(input: $input) { disk { version } } }';
  const { reinitializeDisk } = await harness.account.call(text, { input: { diskId: id, breakLease: true } });
  expect(reinitializeDisk.disk.version).toBe(2);
  await expectSetAside(id, {});
});

test('9.3: nor is a commit by somebody else that leaves a part of what was trimmed', async () => {
  const id = await killedBefore(async (device) => {
    await device.trim(0, 2 * BLOCK_BYTES, never);
    await device.write(4 * BLOCK_BYTES, blockOf('same'), never);
  });
  harness.api.clock.advance(60_000); // nobody holds it any more
  await writeBlocks(harness.account, id, 1, { 0: null, 4: blockOf('same') });
  await expectSetAside(id, { 1: 'w1', 2: 'w2', 4: 'same' });
});

test('9.3: the commit of a layer is known for its own after the lease has ended', async () => {
  const id = await killedBefore(async (device) => {
    await device.trim(0, 2 * BLOCK_BYTES, never);
    await device.write(4 * BLOCK_BYTES, blockOf('same'), never);
  });
  harness.api.clock.advance(60_000);
  await writeBlocks(harness.account, id, 1, { 0: null, 1: null, 4: blockOf('same') });
  const { device, events } = await harness.attach(id, { limits });
  expect(events.map(({ kind }) => kind)).toEqual(['REPLAYED']);
  await device.close();
  expect(await readBlocks(harness.account, id)).toEqual({ 2: 'late', 4: 'same' });
});
