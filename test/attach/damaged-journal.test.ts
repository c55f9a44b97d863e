import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { type AttachHarness, createAttachHarness, never, SMALL } from '../support/attach.ts';
import { blockOf, readBlocks } from '../support/blocks.ts';

vi.setConfig({ testTimeout: 120_000 });

let harness: AttachHarness;
beforeAll(async () => {
  harness = await createAttachHarness();
});
afterAll(() => harness.close());

const pathOf = async (folder: string, name: RegExp) =>
  join(folder, (await readdir(folder)).find((other) => name.test(other)) as string);

test.each([0, 1, 2])(
  '9.3: a journal is set aside, not thrown away, when the control page of segment %i is damaged',
  async (at) => {
    const id = await harness.createDisk();
    const limits = { ...SMALL, generationBlocks: 1, writeBackMs: 60_000, quietMs: 60_000 };
    const first = await harness.attach(id, { durability: 'local', limits });
    for (let block = 0; block < 3; block++) await first.device.write(block * BLOCK_BYTES, blockOf(`w${block}`), never);
    await first.device.flush(never);
    await first.kill();
    const folder = join(harness.folder, 'state', id);
    const journal = await pathOf(folder, /^journal-/);
    const names = await readdir(journal);
    const segment = await open(
      join(journal, names.filter((name) => name.endsWith('.segment')).sort()[at] as string),
      'r+',
    );
    for (const copy of [0, 2048]) await segment.write(Buffer.alloc(40, 0x55), 0, 40, copy + 30);
    await segment.close();
    const second = await harness.attach(id);
    expect(second.events).toMatchObject([
      { kind: 'JOURNAL_SET_ASIDE', reason: expect.stringContaining('control page') },
    ]);
    await second.device.close();
    expect(await readBlocks(harness.account, id)).toEqual({});
    expect(await readdir(await pathOf(folder, /^set-aside-/))).toEqual(expect.arrayContaining(names));
  },
);
