import { zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { compress, createCompressor, openNative } from '../../src/engine/blocks/compressor.ts';
import { mixedContents } from '../support/disk-contents.ts';
import { seededRandom } from '../support/seeded-random.ts';

const contents = fc.oneof(
  fc.uint8Array({ maxLength: 5000 }),
  fc.tuple(fc.nat(255), fc.nat(BLOCK_BYTES)).map(([byte, length]) => new Uint8Array(length).fill(byte)),
  fc.nat(1000).map((seed) => mixedContents(BLOCK_BYTES, seed)),
);

function noise(bytes: number): Buffer {
  const random = seededRandom(1);
  return Buffer.from(Array.from({ length: bytes }, () => Math.floor(random() * 256)));
}

describe('one compressor for many blocks', () => {
  test('the Node that is pinned has the parts that it shares', () => {
    expect(openNative()).toBeDefined();
  });

  test('each call writes a whole frame of its own, as a new compressor does', () => {
    const compressor = createCompressor(openNative());
    fc.assert(
      fc.property(fc.array(contents, { minLength: 1, maxLength: 4 }), (plains) => {
        for (const plain of plains) {
          const packed = compressor(plain);
          expect(Buffer.compare(packed, compress(plain))).toBe(0);
          expect(Buffer.compare(zstdDecompressSync(packed), plain)).toBe(0);
        }
      }),
      { numRuns: 50 },
    );
  });

  test('what does not fit its room is no frame, and does not spoil the next one', () => {
    const native = openNative();
    const zeros = Buffer.alloc(BLOCK_BYTES);
    expect(native?.compress(noise(BLOCK_BYTES), Buffer.alloc(1000))).toBe(0);
    const room = Buffer.alloc(1000);
    const bytes = native?.compress(zeros, room) ?? 0;
    expect(Buffer.compare(zstdDecompressSync(room.subarray(0, bytes)), zeros)).toBe(0);
  });

  test.each([
    ['no handle', {}],
    ['another handle', { _handle: { write: () => undefined }, _writeState: new Uint32Array(2) }],
    ['another state', { _handle: { writeSync: () => undefined, reset: () => undefined }, _writeState: [0, 0] }],
  ])('without these parts (%s) each call makes a compressor', (_, stream) => {
    const native = openNative(stream);
    expect(native).toBeUndefined();
    const plain = Buffer.from('some bytes');
    expect(zstdDecompressSync(createCompressor(native)(plain)).equals(plain)).toBe(true);
  });

  test('a native part that fails without a word is not believed', () => {
    const silent = { _handle: { writeSync: () => undefined, reset: () => undefined }, _writeState: new Uint32Array(2) };
    const plain = Buffer.from('some bytes');
    expect(zstdDecompressSync(createCompressor(openNative(silent))(plain)).equals(plain)).toBe(true);
  });
});
