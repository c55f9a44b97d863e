import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import { readImage, rescueImage, writeImage } from './image-io.ts';
import type { BlockName, ByteRange, ImageFile } from './tasks.ts';

/** Called for each block that holds data, by its place among those that are read. */
type Keep = (at: number, block: Buffer) => void;
/** Fills `part` with the bytes of the disk from `begin` on. */
export type ReadPart = (begin: number, part: Buffer) => void;

const CHUNK_BLOCKS = 4; // 2 MiB: stays in the second-level cache between the read and the hash

/** Reads and writes the image by blocks; what is read is named by `nameOf`. */
export class ImageBlocks {
  readonly #image: ImageFile | undefined;
  readonly #nameOf: (plain: Buffer) => BlockName;
  #chunk: Buffer | undefined;
  readonly #readFile: ReadPart = (...place) => readImage(this.#file, ...place);

  constructor(image: ImageFile | undefined, nameOf: (plain: Buffer) => BlockName) {
    this.#image = image;
    this.#nameOf = nameOf;
  }

  /**
   * Names consecutive blocks from byte `begin` on. They pass through one small buffer, so that
   * zeros never leave the cache.
   */
  read(begin: number, count: number, keep?: Keep, read: ReadPart = this.#readFile): BlockName[] {
    this.#chunk ??= Buffer.allocUnsafeSlow(CHUNK_BLOCKS * BLOCK_BYTES);
    const names: BlockName[] = [];
    for (let done = 0; done < count; done += CHUNK_BLOCKS) {
      const part = this.#chunk.subarray(0, Math.min(CHUNK_BLOCKS, count - done) * BLOCK_BYTES);
      read(begin + done * BLOCK_BYTES, part);
      for (let at = 0; at < part.length; at += BLOCK_BYTES) {
        const block = part.subarray(at, at + BLOCK_BYTES);
        const name = this.#nameOf(block);
        if (name !== undefined) keep?.(names.length, block);
        names.push(name);
      }
    }
    return names;
  }

  /** As `read`, with zeros for what cannot be read, which is `lost`. */
  rescue(begin: number, count: number, keep?: Keep): { names: BlockName[]; lost: ByteRange[] } {
    const lost: ByteRange[] = [];
    const rescue: ReadPart = (...place) => lost.push(...rescueImage(this.#file, ...place));
    const names = this.read(begin, count, keep, rescue);
    return { names, lost };
  }

  /** As `read`, of an output: what cannot be read there is only not what it shall be. */
  held(begin: number, count: number): readonly (BlockName | 'UNREADABLE')[] {
    try {
      return this.read(begin, count);
    } catch {
      if (count === 1) return ['UNREADABLE'];
      return Array.from({ length: count }, (_, at) => this.held(begin + at * BLOCK_BYTES, 1)).flat();
    }
  }

  /** Writes zeros over blocks that hold something else. */
  clear(begin: number, count: number, zeros: Buffer): undefined {
    for (const [at, name] of this.held(begin, count).entries())
      if (name !== undefined) this.write(begin + at * BLOCK_BYTES, zeros);
  }

  write(begin: number, plain: Buffer): void {
    writeImage(this.#file, begin, plain);
  }

  get #file(): ImageFile {
    if (!this.#image) throw new Error('this thread was started without an image');
    return this.#image;
  }
}
