import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { DiskImage, ImageFormat, StoredFile } from '../../src/formats/image.ts';
import { openImage } from '../../src/formats/open.ts';
import { readRange } from '../../src/formats/read-range.ts';
import { tell } from './programs.ts';

/** Bytes in memory as a file, which refuses to be read outside. */
export function memoryFile(bytes: Uint8Array): StoredFile {
  return {
    sizeBytes: bytes.length,
    read: async (offset, length) => {
      if (offset < 0 || length < 0 || offset + length > bytes.length) {
        throw new Error(`read outside the file: ${length} at ${offset} of ${bytes.length}`);
      }
      return bytes.subarray(offset, offset + length);
    },
  };
}

/** A file of any size, opened for each read. */
export async function pathFile(path: string): Promise<StoredFile> {
  await using opened = await open(path);
  const { size } = await opened.stat();
  return {
    sizeBytes: size,
    read: async (offset, length) => {
      await using file = await open(path);
      const into = Buffer.alloc(length);
      const { bytesRead } = await file.read(into, 0, length, offset);
      if (bytesRead !== length) throw new Error(`${path} ended early`);
      return into;
    },
  };
}

/** An image with all its files in memory. */
export async function openInMemory(format: ImageFormat, path: string): Promise<DiskImage> {
  return openImage(format, memoryFile(await readFile(path)), async (name) =>
    memoryFile(await readFile(join(dirname(path), name))),
  );
}

const STEP_BYTES = 3 * 1024 ** 2 + 512; // never at the bounds of anything

/** All bytes of the disk, read in steps. */
export async function contentsOf(image: DiskImage): Promise<Buffer> {
  const contents = Buffer.alloc(image.sizeBytes);
  for (let at = 0; at < image.sizeBytes; at += STEP_BYTES) {
    contents.set(await readRange(image, at, Math.min(STEP_BYTES, image.sizeBytes - at)), at);
  }
  return contents;
}

/** qemu-img finds nothing wrong in a qcow2 file, and the disk of a raw image. */
export async function expectSoundQcow2(path: string, raw: string): Promise<void> {
  const check = JSON.parse(await tell('qemu-img', 'check', '--output=json', path));
  expect([check['check-errors'], check.leaks ?? 0, check.corruptions ?? 0]).toEqual([0, 0, 0]);
  await tell('qemu-img', 'compare', '-f', 'raw', '-F', 'qcow2', raw, path);
}
