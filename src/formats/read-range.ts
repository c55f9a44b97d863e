import type { DiskImage, Extent, StoredFile } from './image.ts';
import { unpackUnit } from './unpack.ts';

/** The bytes of a range of the disk. The caller bounds `length`. */
export async function readRange(image: DiskImage, offset: number, length: number): Promise<Buffer> {
  const into = Buffer.alloc(length);
  for (const extent of await image.extents(offset, length)) {
    if (extent.kind !== 'zero') into.set(await bytesOf(image, extent), extent.offset - offset);
  }
  return into;
}

async function bytesOf(image: DiskImage, extent: Exclude<Extent, { kind: 'zero' }>): Promise<Uint8Array> {
  const file = image.files[extent.file] as StoredFile;
  if (extent.kind === 'data') return file.read(extent.at, extent.length);
  const stored = await file.read(extent.at, extent.storedBytes);
  const unit = unpackUnit(image.format, Buffer.from(stored.buffer, stored.byteOffset, stored.length), extent);
  const from = extent.offset - extent.unitOffset;
  return unit.subarray(from, from + extent.length);
}
