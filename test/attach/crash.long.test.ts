import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { Segment } from '../../src/attach/journal/segment.ts';
import { DirtyData } from '../../src/attach/write-back/dirty-data.ts';
import { BlockUploader } from '../../src/client/upload/block-uploader.ts';
import { BLOCK_BYTES, PAGE_FANOUT } from '../../src/engine/blocks/block.ts';
import { type AttachHarness, createAttachHarness, never, readAll, SMALL } from '../support/attach.ts';
import { readBlocks } from '../support/blocks.ts';
import type { Fault } from '../support/faulty-proxy.ts';
import { stopAt } from '../support/stop-at.ts';

vi.setConfig({ testTimeout: 180_000 });

let harness: AttachHarness;
beforeAll(async () => {
  harness = await createAttachHarness();
});
afterEach(() => {
  vi.restoreAllMocks();
  expect(harness.proxy.unused()).toBe(0);
});
afterAll(() => harness.close());

const SIZE = 4 * BLOCK_BYTES;
const word = (text: string, length = BLOCK_BYTES) => Buffer.alloc(length, `${text} `);

/** Every step that a flush takes on this machine, as the method that takes it. */
const STEPS: readonly { readonly name: string; readonly prototype: object; readonly method: string }[] = [
  { name: 'append a record', prototype: Segment.prototype, method: 'append' },
  { name: 'bring a block to the store', prototype: BlockUploader.prototype, method: 'upload' },
  { name: 'write down the commit', prototype: Segment.prototype, method: 'setIntent' },
  { name: 'note the base of what follows', prototype: Segment.prototype, method: 'setBase' },
  { name: 'free the journal', prototype: Segment.prototype, method: 'discard' },
  { name: 'retire the layer', prototype: DirtyData.prototype, method: 'retire' },
];

/** What the service holds at this moment, as a snapshot would see it. */
const committed = async (id: string) => (await readBlocks(harness.account, id))[0]?.slice(0, 3);

describe.each(['remote', 'local'] as const)('9.3: killed at any step of a commit, %s', (durability) => {
  const cases = STEPS.flatMap((step) => (['before', 'after'] as const).map((when) => ({ ...step, when })));

  test.each(cases)('$when: $name', async ({ prototype, method, when }) => {
    const id = await harness.createDisk(SIZE);
    // Two blocks fill a layer, so that there is always one behind it whose base is to be noted.
    const first = await harness.attach(id, { durability, limits: { ...SMALL, generationBlocks: 2 } });
    await first.device.write(0, word('one'), never);
    await first.device.write(BLOCK_BYTES, word('one'), never);
    await first.device.flush(never);
    const reached = stopAt(prototype, method, when);
    const writes = (async () => {
      await first.device.write(0, word('two'), never);
      await first.device.write(BLOCK_BYTES + 100, word('two', 1000), never);
      await first.device.write(2 * BLOCK_BYTES, word('six', 10), never);
      void first.device.flush(never).catch(() => undefined);
    })();
    await reached;
    const acknowledged = await Promise.race([
      writes.then(() => true),
      new Promise<false>((r) => setTimeout(r, 300, false)),
    ]);
    vi.restoreAllMocks();
    await first.kill();
    expect(['one', 'two', undefined]).toContain(await committed(id));

    const second = await harness.attach(id, { durability });
    expect(second.events.filter(({ kind }) => kind !== 'REPLAYED')).toEqual([]);
    const [zero, one, two] = await Promise.all(
      [0, 1, 2].map((at) => readAll(second.device, at * BLOCK_BYTES, BLOCK_BYTES)),
    );
    if (acknowledged) {
      expect(zero?.equals(word('two'))).toBe(true);
      expect(one?.subarray(100, 1100).equals(word('two', 1000))).toBe(true);
      expect(two?.subarray(0, 10).equals(word('six', 10))).toBe(true);
    }
    expect(one?.subarray(0, 100).equals(word('one').subarray(0, 100))).toBe(true);
    await second.device.close();
    expect(await committed(id)).toBe(zero?.subarray(0, 3).toString());
  });
});

describe('9.3: killed while the service works on', () => {
  // Requests of a flush of one block that the store lacks: prepare, commit. The block itself goes
  // straight to the store.
  const faults: readonly (readonly [string, (Fault | undefined)[]])[] = [
    ['the question what to send hangs', ['hang']],
    ['the answer to it is lost', ['cut']],
    ['the commit never arrives', [undefined, 'hang']],
    ["the commit's answer is lost", [undefined, 'cut', 'hang']],
  ];

  test.each(faults)('%s', async (_, planned) => {
    const id = await harness.createDisk(SIZE);
    const first = await harness.attach(id);
    await first.device.write(0, word('one'), never);
    await first.device.flush(never);
    await first.device.write(0, word('two'), never);
    harness.proxy.next(...(planned as Fault[]));
    void first.device.flush(never).catch(() => undefined);
    await vi.waitUntil(() => harness.proxy.unused() === 0, { timeout: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await first.kill();
    const second = await harness.attach(id);
    expect(second.events.filter(({ kind }) => kind !== 'REPLAYED')).toEqual([]);
    expect((await readAll(second.device, 0, BLOCK_BYTES)).equals(word('two'))).toBe(true);
    await second.device.close();
    expect(await committed(id)).toBe('two');
  });

  // Two blocks where a commit takes one: prepare, look for drafts, open one, commit twice, have the
  // disk take it over.
  const requests = ['prepare', 'the drafts', 'a new draft', 'its first commit', 'its second commit', 'the take-over'];
  const draftFaults = requests.flatMap((name, at) => (['hang', 'cut'] as const).map((fault) => ({ name, at, fault })));

  test.each(draftFaults)('by way of a draft: $name, $fault', async ({ at, fault }) => {
    const id = await harness.createDisk(SIZE);
    const limits = { ...SMALL, commitBlocks: 1 };
    const first = await harness.attach(id, { limits });
    await first.device.write(0, word('one', 2 * BLOCK_BYTES), never);
    await first.device.flush(never);
    expect(first.status().version).toBe(1);
    await first.device.write(0, word('two', 2 * BLOCK_BYTES), never);
    harness.proxy.next(...(Array.from({ length: at }) as Fault[]), fault, 'hang');
    void first.device.flush(never).catch(() => undefined);
    await vi.waitUntil(() => harness.proxy.unused() <= (fault === 'hang' ? 1 : 0), { timeout: 60_000 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await first.kill();
    harness.proxy.next();
    // The two blocks change together.
    const { 0: zero, 1: one } = await readBlocks(harness.account, id);
    expect(zero?.slice(0, 3)).toBe(one?.slice(0, 3));
    const second = await harness.attach(id, { limits });
    expect(second.events.filter(({ kind }) => kind !== 'REPLAYED')).toEqual([]);
    expect((await readAll(second.device, 0, 2 * BLOCK_BYTES)).equals(word('two', 2 * BLOCK_BYTES))).toBe(true);
    await second.device.write(0, word('six', 2 * BLOCK_BYTES), never);
    await second.device.close();
    expect(await committed(id)).toBe('six');
    const drafts = 'query ($id: ID!) { drafts(diskId: $id) { nodes { id } } }';
    expect((await harness.account.call(drafts, { id })).drafts.nodes).toEqual([]);
  });

  test('a flush goes through a lost answer to its commit, though the map that it was made by is forgotten meanwhile', async () => {
    const id = await harness.createDisk(3 * PAGE_FANOUT * BLOCK_BYTES);
    const { device, status, log } = await harness.attach(id);
    await device.write(0, word('one'), never);
    await device.flush(never);
    await device.write(0, word('two'), never);
    // The answer is lost, and so is every one to what was to become of it.
    harness.proxy.next(...([undefined, 'cut'] as Fault[]), ...Array.from({ length: 50 }, () => 'reset' as const));
    const flushed = device.flush(never);
    await vi.waitUntil(() => harness.proxy.unused() < 50, { timeout: 60_000 });
    harness.proxy.down(true);
    harness.proxy.next();
    const read = [1, 2].map((page) => readAll(device, page * PAGE_FANOUT * BLOCK_BYTES, 1));
    await vi.waitUntil(() => log.some((line) => line.includes('trying again')), { timeout: 60_000 });
    harness.proxy.down(false);
    await flushed;
    expect(status().version).toBe(2);
    await Promise.all(read);
    await device.close();
    expect(await committed(id)).toBe('two');
  });

  test.each([
    ['a lost question', ['reset']],
    ['a lost answer', ['cut']],
    ['a lost commit', [undefined, 'reset']],
    ["a commit's lost answer", [undefined, 'cut']],
    ["a commit's answer that stays lost", [undefined, 'cut', 'cut', 'cut', 'cut']],
  ] as const)('a flush goes through %s', async (_, planned) => {
    const id = await harness.createDisk(SIZE);
    const { device, status } = await harness.attach(id);
    await device.write(5, word('one', 50), never);
    await device.flush(never);
    await device.write(0, word('two'), never);
    harness.proxy.next(...(planned as unknown as Fault[]));
    await device.flush(never);
    expect(status().version).toBe(2);
    expect(await committed(id)).toBe('two');
    await device.close();
  });
});
