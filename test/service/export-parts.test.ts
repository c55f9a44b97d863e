import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCK_BYTES, type ObjectId } from '../../src/engine/blocks/block.ts';
import type { BlockWrite } from '../../src/engine/contract.ts';
import { openImage } from '../../src/formats/open.ts';
import type { ImageFileFormat } from '../../src/generated/schema.ts';
import { type FilePart, partsOf } from '../../src/service/exports/file-parts.ts';
import { piecesOf } from '../../src/service/exports/file-pieces.ts';
import { EXPORT_LIMITS, mostFileBytes, partBytesOf } from '../../src/service/exports/part-size.ts';
import { contentsOf, memoryFile } from '../support/image-files.ts';

interface Disk {
  readonly format: ImageFileFormat;
  readonly sizeBytes: number;
  readonly indices: readonly number[];
}

const FILL = 'ab'; // of every block; zeros are what is left out
const MOST_BLOCKS = 12;

async function* blocksOf(indices: readonly number[]): AsyncGenerator<BlockWrite> {
  for (const index of indices) yield { index, id: FILL as ObjectId };
}

async function cut({ format, sizeBytes, indices }: Disk, partBytes: number): Promise<FilePart[]> {
  const parts: FilePart[] = [];
  for await (const part of partsOf(piecesOf({ format, sizeBytes }, blocksOf(indices)), partBytes)) parts.push(part);
  return parts;
}

/** Each part by itself, as a worker makes it that knows nothing of the others. */
function fileOf(parts: readonly FilePart[], sizeBytes: number): Buffer {
  const file = Buffer.alloc(parts.reduce((sum, { length }) => sum + length, 0));
  for (const { at, length, pieces } of parts) {
    for (const piece of pieces) {
      const inDisk = 'bytes' in piece ? 0 : Math.min(piece.length, sizeBytes - piece.index * BLOCK_BYTES);
      const bytes = 'bytes' in piece ? piece.bytes : Buffer.alloc(inDisk, FILL);
      const [from, to] = [Math.max(at, piece.at), Math.min(at + length, piece.at + bytes.length)];
      if (to > from) file.set(bytes.subarray(from - piece.at, to - piece.at), from);
    }
  }
  return file;
}

function naive({ sizeBytes, indices }: Disk): Buffer {
  const raw = Buffer.alloc(sizeBytes);
  for (const index of indices) raw.fill(FILL, index * BLOCK_BYTES, Math.min((index + 1) * BLOCK_BYTES, sizeBytes));
  return raw;
}

const disks: fc.Arbitrary<Disk> = fc
  .record({
    format: fc.constantFrom<ImageFileFormat>('RAW', 'QCOW2'),
    sizeBytes: fc.integer({ min: 1, max: MOST_BLOCKS * 1024 }).map((sectors) => sectors * 512),
    picked: fc.uniqueArray(fc.nat({ max: MOST_BLOCKS - 1 })),
  })
  .map(({ format, sizeBytes, picked }) => {
    const indices = picked.filter((index) => index * BLOCK_BYTES < sizeBytes).sort((a, b) => a - b);
    return { format, sizeBytes, indices };
  });
const partSizes = fc.integer({ min: 1, max: 40 }).map((steps) => steps * 100_000);

test('6.3: the parts of a file are its contents, however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(disks, partSizes, async (disk, partBytes) => {
      const parts = await cut(disk, partBytes);
      const file = fileOf(parts, disk.sizeBytes);
      const numbers = parts.map(({ number }) => number).sort((a, b) => a - b);
      expect(numbers).toEqual(numbers.map((_, at) => at + 1));
      expect(parts.at(-1)?.number).toBe(1);
      expect(parts.every(({ number, at }) => at === (number - 1) * partBytes)).toBe(true);
      expect(parts.every(({ number, length }) => length === partBytes || number === parts.length)).toBe(true);
      const raw = disk.format === 'RAW' ? file : await contentsOf(await openImage('qcow2', memoryFile(file)));
      expect(raw.equals(naive(disk))).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('6.3: the same blocks give the same parts', async () => {
  await fc.assert(
    fc.asyncProperty(disks, partSizes, async (disk, partBytes) => {
      expect(await cut(disk, partBytes)).toEqual(await cut(disk, partBytes));
    }),
    { numRuns: 5 },
  );
});

test.each([
  [1, 8],
  [80_000, 8],
  [80_001, 16],
  [640_000, 64],
])('6.3: a file of %d MiB has parts of %d MiB, and no more than a store takes', (mib, partMib) => {
  const fileBytes = mib * 1024 ** 2;
  expect(partBytesOf(fileBytes, EXPORT_LIMITS)).toBe(partMib * 1024 ** 2);
  expect(fileBytes).toBeLessThanOrEqual(mostFileBytes(EXPORT_LIMITS));
});
