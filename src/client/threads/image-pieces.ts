import { freeBuffer } from '../../engine/blocks/object-form.ts';
import type { Extent, PackedExtent } from '../../formats/image.ts';
import { unpackUnit } from '../../formats/unpack.ts';
import { readImage } from './image-io.ts';
import type { ImageFile, ImageSetup } from './tasks.ts';

/** Reads the disk in an image file by extents, which somebody else has looked up. */
export class ImagePieces {
  readonly #image: ImageSetup | undefined;
  /** The last one that was decompressed: a unit can be part of several blocks. */
  #unit: { readonly unitOffset: number; readonly plain: Buffer } | undefined;
  #stored = Buffer.alloc(0);

  constructor(image: ImageSetup | undefined) {
    this.#image = image;
  }

  /** Fills `part` with the bytes of the disk from `begin` on; beyond the extents, with zeros. */
  read(extents: readonly Extent[], begin: number, part: Buffer): void {
    const end = begin + part.length;
    let filled = begin;
    for (const extent of extents) {
      const [from, to] = [Math.max(extent.offset, begin), Math.min(extent.offset + extent.length, end)];
      if (from >= to) continue;
      this.#fill(extent, from, part.subarray(from - begin, to - begin));
      filled = to;
    }
    part.fill(0, filled - begin);
  }

  #fill(extent: Extent, from: number, into: Buffer): void {
    switch (extent.kind) {
      case 'zero':
        into.fill(0);
        return;
      case 'data':
        readImage(this.#file(extent.file), extent.at + from - extent.offset, into);
        return;
      case 'packed': {
        const start = from - extent.unitOffset;
        into.set(this.#unpacked(extent).subarray(start, start + into.length));
      }
    }
  }

  #unpacked(extent: PackedExtent): Buffer {
    const { unitOffset, offset, length, storedBytes } = extent;
    const last = this.#unit;
    if (last?.unitOffset === unitOffset && unitOffset + last.plain.length >= offset + length) return last.plain;
    if (this.#stored.length < storedBytes) this.#stored = Buffer.allocUnsafeSlow(storedBytes);
    const stored = this.#stored.subarray(0, storedBytes);
    readImage(this.#file(extent.file), extent.at, stored);
    const plain = unpackUnit(this.#setup.format, stored, extent);
    if (last) freeBuffer(last.plain);
    this.#unit = { unitOffset, plain };
    return plain;
  }

  #file(index: number): ImageFile {
    return this.#setup.files[index] as ImageFile;
  }

  get #setup(): ImageSetup {
    if (!this.#image) throw new Error('this thread was started without an image file');
    return this.#image;
  }
}
