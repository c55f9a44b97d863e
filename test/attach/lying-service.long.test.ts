import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AttachOptions } from '../../src/attach/open/opening.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import type { Device } from '../../src/nbd/device.ts';
import type { Told } from '../support/api.ts';
import {
  type Attached,
  type AttachHarness,
  createAttachHarness,
  createSnapshot,
  never,
  SMALL,
} from '../support/attach.ts';
import { blockOf, readBlocks } from '../support/blocks.ts';
import { LIED_BLOCKS, LIED_SIZE_BLOCKS, LIES } from '../support/lies.ts';
import { type Lie, type LyingProxy, startLyingProxy } from '../support/lying-proxy.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let harness: AttachHarness;
let proxy: LyingProxy;
beforeAll(async () => {
  harness = await createAttachHarness();
  proxy = await startLyingProxy(harness.server.url);
});
afterAll(async () => {
  await proxy.close();
  await harness.close();
});
afterEach(() => proxy.tell({}));

const limits = { ...SMALL, writeBackMs: 600_000 };
const OTHER = 'a'.repeat(64);
const NOT_PROVED = { code: 'ObjectDamaged', extra: { reason: 'ROOT' } };

/** An attachment that hears what the proxy tells, and has no block or map in its cache. */
function attach(id: string, options: Partial<AttachOptions> = {}): Promise<Attached> {
  const endpoint = { url: proxy.url, apiKey: harness.account.key };
  const cacheFolder = join(harness.folder, randomBytes(4).toString('hex'));
  return harness.attach(id, { endpoint, cacheFolder, limits, ...options });
}

async function write(id: string, what: string): Promise<void> {
  const { device } = await attach(id);
  for (const block of LIED_BLOCKS) await device.write(block * BLOCK_BYTES, blockOf(`${what} ${block}`), never);
  await device.close();
}

const HOLES = [6, 1500, 2600];

/** What it is at some places: those with blocks, and holes beside them. */
async function look(device: Device): Promise<string[]> {
  const found: string[] = [];
  for (const block of [...LIED_BLOCKS, ...HOLES]) {
    const { chunks, release } = await device.read(block * BLOCK_BYTES, 20, never);
    found.push(Buffer.concat(chunks).toString('latin1'));
    release();
  }
  return found;
}

const contentsOf = (what: string) => [
  ...LIED_BLOCKS.map((block) => `${what} ${block} `.padEnd(40, `${what} ${block} `).slice(0, 20)),
  ...HOLES.map(() => '\0'.repeat(20)),
];

/** Attaches, looks, and ends it. */
async function readOnce(id: string, options: Partial<AttachOptions> = {}): Promise<string[]> {
  const { device } = await attach(id, options);
  try {
    return await look(device);
  } finally {
    await device.close();
  }
}

/** Lies about what an attachment does not rely on, so that none of them changes what it reads. */
const HARMLESS: Readonly<Record<string, RegExp>> = {
  disk: /block map: (another size|nextIndex behind the end)|sizeBytes of the source itself/,
  'disk read-only': /block map: (another (size|version)|nextIndex behind the end)|page map: another version/,
  snapshot: /block map: (another version|nextIndex behind the end)|page map: another version/,
};
/** Waited for like the version of an own commit, for 10 s. */
const SLOW = /block map: another version/;
/** Concern several pages, and an attachment asks for one at a time. */
const NOT_SAID = /blocks of different pages/;

describe.each([
  { of: 'disk', encrypted: false, some: LIES.length },
  { of: 'disk read-only', encrypted: false, some: LIES.length },
  { of: 'snapshot', encrypted: false, some: LIES.length },
  { of: 'snapshot', encrypted: true, some: 6 }, // the rest is the same
])('9.6: an attached $of, encrypted: $encrypted', ({ of, encrypted, some }) => {
  let id: string;
  const options = { readOnly: of !== 'disk' };
  beforeAll(async () => {
    id = await harness.createDisk(LIED_SIZE_BLOCKS * BLOCK_BYTES, { encrypted });
    await write(id, 'now');
    if (of === 'snapshot') id = await createSnapshot(harness.account, id);
  });

  it('is read while nobody lies', async () => {
    expect(await readOnce(id, options)).toEqual(contentsOf('now'));
  });

  const told = LIES.slice(0, some).filter(({ lie }) => !NOT_SAID.test(lie) && !(of === 'disk' && SLOW.test(lie)));
  const isHarmless = ({ lie }: { lie: string }) => HARMLESS[of]?.test(lie) === true;

  it.each(told.filter((lie) => !isHarmless(lie)))('reports $lie', async ({ tell }) => {
    proxy.tell(tell);
    await expect(readOnce(id, options)).rejects.toThrow(/does not prove its contents|changed by somebody else/);
    expect(proxy.told()).toBeGreaterThan(0);
  });

  it.each(told.filter(isHarmless))('is read whatever $lie says', async ({ tell }) => {
    proxy.tell(tell);
    expect(await readOnce(id, options)).toEqual(contentsOf('now'));
  });
});

describe('9.6: an attachment that is given the root', () => {
  const statedAs =
    (root: string): Lie =>
    (answer) =>
      Object.assign(answer.disk ?? answer.draft ?? answer, { root });

  it.each([
    { way: 'a disk', readOnly: false },
    { way: 'a disk read-only', readOnly: true },
  ])('refuses another version of $way, whatever else is told', async ({ readOnly }) => {
    const id = await harness.createDisk();
    const { root, sizeBytes } = (
      await harness.account.call('query ($id: ID!) { disk(id: $id) { root sizeBytes } }', { id })
    ).disk;
    expect(root).toBe('empty');
    const lie = statedAs(OTHER);
    proxy.tell({ disk: lie, acquireLease: lie, openDraft: lie, pageMap: lie });
    const expected = { root, sizeBytes };
    await expect(attach(id, { readOnly, expected })).rejects.toMatchObject(NOT_PROVED);
    proxy.tell({});
    await expect(attach(id, { readOnly, expected: { root, sizeBytes: 1 } })).rejects.toMatchObject(NOT_PROVED);
    const { device } = await attach(id, { readOnly, expected });
    await device.close();
  });

  it('refuses another snapshot', async () => {
    const id = await createSnapshot(harness.account, await harness.createDisk());
    const expected = { root: OTHER, sizeBytes: 8 * BLOCK_BYTES };
    await expect(attach(id, { expected })).rejects.toMatchObject(NOT_PROVED);
  });
});

describe('9.6: blocks changed since the latest snapshot', () => {
  it.each([
    { lie: 'nothing in its page map', tell: { pageMap: (map: Told) => (map.pages = []) } },
    { lie: 'another block in its block map', tell: { blockMap: (map: Told) => map.blocks.pop() } },
  ])('are not told from a snapshot with $lie', async ({ tell }) => {
    const id = await harness.createDisk();
    const first = await attach(id);
    for (const block of [0, 1]) await first.device.write(block * BLOCK_BYTES, blockOf(`b${block}`), never);
    await first.device.close();
    const snapshot = await createSnapshot(harness.account, id);
    const { device } = await attach(id);
    await device.write(0, blockOf('changed'), never);
    await device.flush(never);
    const ofSnapshot = Object.entries(tell).map(([field, lie]): [string, Lie] => [
      field,
      (map, { source }) => source === snapshot && lie(map),
    ]);
    proxy.tell(Object.fromEntries(ofSnapshot));
    const asked = device.extents('dirty', 0, device.sizeBytes, 16, never);
    await expect(asked).rejects.toThrow(`Damaged data in snapshot ${snapshot}`);
    proxy.tell({});
    const [changed] = await device.extents('dirty', 0, device.sizeBytes, 16, never);
    expect(changed).toMatchObject({ lengthBytes: BLOCK_BYTES, dirty: true });
    await device.close();
  });
});

describe('9.6: an answer to a commit', () => {
  const commit = (lie: (made: Told) => void): Readonly<Record<string, Lie>> => ({ commitBlocks: lie });

  it.each([
    { lie: 'another root', tell: commit((made) => (made.root = OTHER)), blocks: 1 },
    { lie: 'the root before', tell: commit((made) => (made.root = 'empty')), blocks: 1 },
    { lie: 'a later version', tell: commit((made) => (made.version += 1)), blocks: 1 },
    { lie: 'the version before', tell: commit((made) => (made.version -= 1)), blocks: 1 },
    {
      lie: 'another root of a draft that was taken over',
      tell: { commitDraft: (answer: Told) => (answer.disk.root = OTHER) },
      blocks: 3,
    },
  ])('with $lie ends the attachment, and keeps what was written', async ({ tell, blocks }) => {
    const { device, events, status } = await attach(await harness.createDisk(), {
      limits: { ...limits, commitBlocks: 2 },
    });
    proxy.tell(tell);
    for (let block = 0; block < blocks; block++) await device.write(block * BLOCK_BYTES, blockOf('x'), never);
    await expect(device.flush(never)).rejects.toMatchObject({
      kind: 'FENCED',
      message: expect.stringContaining('commit'),
    });
    proxy.tell({});
    await expect(device.write(0, blockOf('y'), never)).rejects.toMatchObject({ kind: 'FENCED' });
    await expect(device.close()).rejects.toMatchObject({ kind: 'FENCED' });
    expect(events.map(({ kind }) => kind)).toEqual(['NOT_PROVED', 'JOURNAL_SET_ASIDE']);
    expect(status().isLost).toBe(true);
  });
});

describe('9.6: after a kill', () => {
  async function killed(): Promise<{ readonly id: string; readonly root: string }> {
    const id = await harness.createDisk();
    const { device, kill } = await attach(id);
    for (const what of ['one', 'two']) {
      await device.write(0, blockOf(what), never);
      await device.flush(never);
    }
    await kill();
    return { id, root: (await harness.account.call('query ($id: ID!) { disk(id: $id) { root } }', { id })).disk.root };
  }

  it.each([
    { lie: 'a version before the last one', change: { version: 1 }, says: 'saw version 2' },
    { lie: 'other contents of the last one', change: { root: OTHER }, says: 'knows it with root' },
  ])('$lie is refused, and is no reason to give the journal up', async ({ change, says }) => {
    const { id, root } = await killed();
    const lie: Lie = (answer) => Object.assign(answer.disk ?? answer, change);
    proxy.tell({ disk: lie, acquireLease: lie });
    await expect(attach(id)).rejects.toMatchObject({ ...NOT_PROVED, message: expect.stringContaining(says) });
    proxy.tell({});
    const { device, events, status } = await attach(id, { expected: { root, sizeBytes: 8 * BLOCK_BYTES } });
    expect(status().version).toBe(2);
    expect(events).toEqual([]);
    await device.close();
  });

  it.each([
    { lie: 'a version before the last one', change: { version: 1 }, says: 'saw version 2' },
    { lie: 'other contents of the last one', change: { root: OTHER }, says: 'knows it with root' },
  ])('$lie is refused also after an attachment that ended in order', async ({ change, says }) => {
    const { id } = await killed();
    await (await attach(id)).device.close();
    expect((await readdir(join(harness.folder, 'state'))).includes(id)).toBe(false);
    const lie: Lie = (answer) => Object.assign(answer.disk ?? answer, change);
    proxy.tell({ disk: lie, acquireLease: lie });
    await expect(attach(id)).rejects.toMatchObject({ ...NOT_PROVED, message: expect.stringContaining(says) });
    proxy.tell({});
    await (await attach(id)).device.close();
  });

  it('contents that somebody vouches for are taken also after an attachment that ended in order', async () => {
    const { id } = await killed();
    await (await attach(id)).device.close();
    const lie: Lie = (answer) => Object.assign(answer.disk ?? answer, { version: 1, root: OTHER });
    proxy.tell({ disk: lie, acquireLease: lie });
    const { kill } = await attach(id, { expected: { root: OTHER, sizeBytes: 8 * BLOCK_BYTES } });
    await kill();
  });

  it('a journal of an earlier release, without a note of the version, is replayed', async () => {
    const id = await harness.createDisk();
    const { device, kill } = await attach(id);
    await device.write(0, blockOf('waits'), never);
    await kill();
    const state = join(harness.folder, 'state', id);
    const [journal] = (await readdir(state)).filter((name) => name.startsWith('journal-'));
    await rm(join(state, journal as string, 'version.json'));
    const next = await attach(id);
    expect(next.events).toMatchObject([{ kind: 'REPLAYED' }]);
    await next.device.close();
    expect(await readBlocks(harness.account, id)).toEqual({ 0: 'waits' });
  });

  it('contents that somebody vouches for are taken, and the journal is set aside', async () => {
    const { id } = await killed();
    const lie: Lie = (answer) => Object.assign(answer.disk ?? answer, { version: 1, root: OTHER });
    proxy.tell({ disk: lie, acquireLease: lie });
    const { events, kill } = await attach(id, { expected: { root: OTHER, sizeBytes: 8 * BLOCK_BYTES } });
    expect(events).toMatchObject([{ kind: 'JOURNAL_SET_ASIDE', reason: expect.stringContaining('saw version 2') }]);
    await kill();
  });
});
