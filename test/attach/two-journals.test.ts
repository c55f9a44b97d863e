import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type AttachHarness, createAttachHarness, never, SMALL } from '../support/attach.ts';
import { blockOf, readBlocks } from '../support/blocks.ts';

vi.setConfig({ testTimeout: 120_000 });

let harness: AttachHarness;
beforeAll(async () => {
  harness = await createAttachHarness();
});
afterAll(() => harness.close());

const limits = { ...SMALL, writeBackMs: 60_000 };

async function killedWith(id: string, text: string): Promise<void> {
  const { device, kill } = await harness.attach(id, { limits });
  await device.write(0, blockOf(text), never);
  await kill();
}

test.each([
  ['journal-00000000', 'journal-11111111'],
  ['journal-11111111', 'journal-00000000'],
])('9.3: of two journals that fit the last holder’s is replayed: %s before %s', async (older, newer) => {
  const id = await harness.createDisk();
  const folder = join(harness.folder, 'state', id);
  const hide = async (as: string) => {
    const [name] = (await readdir(folder)).filter((found) => found.startsWith('journal-'));
    await rename(join(folder, name as string), join(folder, as));
  };
  await killedWith(id, 'older');
  await hide('hidden');
  // the lease has expired, as nobody here is known to have had it
  harness.api.clock.advance(60_000);
  await killedWith(id, 'newer');
  await hide(newer);
  await rename(join(folder, 'hidden'), join(folder, older));
  const { device, events } = await harness.attach(id, { limits });
  expect(events.map(({ kind }) => kind).sort()).toEqual(['JOURNAL_SET_ASIDE', 'REPLAYED']);
  await device.close();
  expect(await readBlocks(harness.account, id)).toEqual({ 0: 'newer' });
});

test('9.3: a lease is taken over at once though the note of who wrote the journal was lost', async () => {
  const id = await harness.createDisk();
  await killedWith(id, 'mine');
  const folder = join(harness.folder, 'state', id);
  const [name] = await readdir(folder);
  await writeFile(join(folder, name as string, 'owner.json'), '');
  const { device, events } = await harness.attach(id, { limits });
  expect(events).toMatchObject([{ kind: 'REPLAYED' }]);
  await device.close();
  expect(await readBlocks(harness.account, id)).toEqual({ 0: 'mine' });
});
