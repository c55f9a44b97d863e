import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { type Attached, type AttachHarness, createAttachHarness, never, readAll, SMALL } from '../support/attach.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';

vi.setConfig({ testTimeout: 240_000 });

let harness: AttachHarness;
beforeAll(async () => {
  harness = await createAttachHarness();
});
afterAll(() => harness.close());

const SIZE = 5 * BLOCK_BYTES;

const ZEROS = Buffer.alloc(SIZE);
const isZero = (bytes: Buffer) => bytes.equals(ZEROS.subarray(0, bytes.length));

const bound = fc.oneof(
  fc.integer({ min: 0, max: SIZE }),
  fc
    .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: -1, max: 1 }))
    .map(([block, by]) => block * BLOCK_BYTES + by),
);
const range = fc
  .tuple(bound, bound)
  .map(([a, b]) => [Math.max(Math.min(a, b), 0), Math.min(Math.max(a, b), SIZE)] as const)
  .filter(([from, to]) => from < to)
  .map(([from, to]) => ({ offset: from, length: to - from }));
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('write' as const), range, fill: fc.integer({ min: 1, max: 255 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('zero' as const, 'trim' as const), range }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('read' as const), range }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('flush' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('kill' as const, 'close' as const, 'wait' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A disk beside a plain array of bytes that everything is done to as well. */
class Beside {
  readonly model = Buffer.alloc(SIZE);
  readonly #id: string;
  readonly #options: Parameters<AttachHarness['attach']>[1];
  #attached: Attached | undefined;

  constructor(id: string, options: Parameters<AttachHarness['attach']>[1]) {
    this.#id = id;
    this.#options = options;
  }

  async attached(): Promise<Attached> {
    this.#attached ??= await harness.attach(this.#id, this.#options);
    return this.#attached;
  }

  async do(one: Step): Promise<void> {
    const { device, kill } = await this.attached();
    switch (one.kind) {
      case 'write': {
        const { offset, length } = one.range;
        await device.write(offset, Buffer.alloc(length, one.fill), never);
        this.model.fill(one.fill, offset, offset + length);
        return;
      }
      case 'zero':
      case 'trim': {
        const { offset, length } = one.range;
        if (one.kind === 'zero') await device.zero(offset, length, never);
        else await device.trim(offset, length, never);
        this.model.fill(0, offset, offset + length);
        return;
      }
      case 'read': {
        const { offset, length } = one.range;
        const read = await readAll(device, offset, length);
        expect(read.equals(this.model.subarray(offset, offset + length))).toBe(true);
        return;
      }
      case 'flush':
        return device.flush(never);
      case 'wait':
        return new Promise((resolve) => setTimeout(resolve, 250));
      case 'kill':
        this.#attached = undefined;
        return kill();
      case 'close':
        this.#attached = undefined;
        return device.close();
    }
  }

  async check(): Promise<void> {
    const { device } = await this.attached();
    expect((await readAll(device, 0, SIZE)).equals(this.model)).toBe(true);
    for (const { hole, at, length } of await this.#extents()) {
      const bytes = this.model.subarray(at, at + length);
      if (hole) expect(isZero(bytes)).toBe(true);
    }
    await device.close();
    this.#attached = undefined;
    const again = await this.attached();
    expect((await readAll(again.device, 0, SIZE)).equals(this.model)).toBe(true);
    expect(again.events).toEqual([]);
    // Nothing waits any more, so what is zero is a hole, block by block.
    for (const { hole, at, length } of await this.#extents()) {
      for (let block = at; block < at + length; block += BLOCK_BYTES) {
        const bytes = this.model.subarray(block, block + BLOCK_BYTES);
        expect(isZero(bytes)).toBe(hole);
      }
    }
    await again.device.close();
  }

  async #extents() {
    const { device } = await this.attached();
    let at = 0;
    return (await device.extents('allocation', 0, SIZE, 100, never)).map(({ hole, lengthBytes }) => {
      at += lengthBytes;
      return { hole, at: at - lengthBytes, length: lengthBytes };
    });
  }
}

test.each([
  { durability: 'remote', encrypted: false, commitBlocks: 1024 },
  { durability: 'local', encrypted: false, commitBlocks: 1 },
  { durability: 'remote', encrypted: true, commitBlocks: 1 },
  { durability: 'local', encrypted: true, commitBlocks: 1024 },
] as const)(
  'a disk reads as a plain array of bytes does, through kills: $durability, encrypted: $encrypted, so many blocks a commit: $commitBlocks',
  async ({ durability, encrypted, commitBlocks }) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20, size: 'max' }), async (steps) => {
        const beside = new Beside(await harness.createDisk(SIZE, { encrypted }), {
          durability,
          limits: { ...SMALL, commitBlocks },
        });
        for (const one of steps) await beside.do(one);
        await beside.check();
      }),
      { numRuns: 3, endOnFailure: true, ...FUZZ_SEED },
    );
  },
);
