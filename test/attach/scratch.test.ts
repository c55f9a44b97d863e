import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScratchDevice } from '../../src/attach/open/scratch.ts';
import type { Device } from '../../src/nbd/device.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';
import { openFilesBelow } from '../support/open-files.ts';

const SIZE = 5 * 4096 + 100;
const { signal } = new AbortController();

let folder: string;
let made = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-scratch-'));
});
afterAll(async () => {
  expect(await openFilesBelow(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});

function below(contents: Buffer): Device & { closed: boolean } {
  return {
    closed: false,
    sizeBytes: contents.length,
    readOnly: true,
    name: 's',
    description: 'a snapshot',
    read: async (offset, length) => ({
      chunks: [contents.subarray(offset, offset + length)],
      release: () => undefined,
    }),
    write: () => Promise.reject(new Error('never written')),
    zero: () => Promise.reject(new Error('never written')),
    trim: () => Promise.reject(new Error('never written')),
    flush: async () => undefined,
    prefetch: async () => undefined,
    extents: async (_, __, length) => [{ lengthBytes: length, hole: true, zero: true, dirty: false }],
    async close() {
      this.closed = true;
    },
  };
}

const open = (device: Device) => ScratchDevice.open(device, join(folder, `scratch-${made++}`));

async function bytesOf(device: Device, offset: number, length: number): Promise<Buffer> {
  const bytes = await device.read(offset, length, signal);
  const all = Buffer.concat(bytes.chunks);
  bytes.release();
  return all;
}

const range = fc
  .tuple(fc.nat(SIZE - 1), fc.integer({ min: 1, max: 3 * 4096 }))
  .map(([offset, length]) => ({ offset, length: Math.min(length, SIZE - offset) }));
const step = fc.record({ range, kind: fc.constantFrom('write', 'zero', 'read'), fill: fc.nat(255) });

describe('writes over a device that is only read', () => {
  it('reads as a plain array does, and leaves what is below alone', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const contents = Buffer.alloc(SIZE, 7);
        const model = Buffer.from(contents);
        const device = await open(below(contents));
        await Promise.all(
          steps.map(async ({ range: { offset, length }, kind, fill }) => {
            if (kind === 'write') await device.write(offset, Buffer.alloc(length, fill), signal);
            else if (kind === 'zero') await device.zero(offset, length, signal);
          }),
        );
        for (const {
          range: { offset, length },
          kind,
          fill,
        } of steps) {
          if (kind !== 'read') model.fill(kind === 'write' ? fill : 0, offset, offset + length);
        }
        for (const {
          range: { offset, length },
        } of steps) {
          expect(await bytesOf(device, offset, length)).toEqual(model.subarray(offset, offset + length));
        }
        expect(await bytesOf(device, 0, SIZE)).toEqual(model);
        expect(contents.equals(Buffer.alloc(SIZE, 7))).toBe(true);
        await device.close();
      }),
      { numRuns: 200, ...FUZZ_SEED },
    ));

  it('tells written granules from those below', async () => {
    const device = await open(below(Buffer.alloc(SIZE)));
    await device.write(4096, Buffer.alloc(10, 1), signal);
    const extents = await device.extents('dirty', 0, SIZE, 10, signal);
    expect(extents.map(({ lengthBytes, dirty }) => [lengthBytes, dirty])).toEqual([
      [4096, false],
      [4096, true],
      [SIZE - 2 * 4096, false],
    ]);
    expect(await device.extents('dirty', 0, SIZE, 1, signal)).toHaveLength(1);
    await device.close();
  });

  it('leaves nothing behind, and closes what is below', async () => {
    const device = below(Buffer.alloc(SIZE));
    const scratch = await open(device);
    await scratch.write(0, Buffer.alloc(4096, 1), signal);
    expect(await readdir(folder)).toEqual([]);
    await scratch.close();
    expect(device.closed).toBe(true);
  });
});
