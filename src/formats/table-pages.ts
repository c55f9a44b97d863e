import { LRUCache } from 'lru-cache';
import { sizeText } from '../platform/size-text.ts';
import type { ImageFormat, StoredFile } from './image.ts';
import { damagedImage } from './image-error.ts';

const PAGE_BYTES = 64 * 1024;
/** 8 MiB: the tables of 64 GiB of qcow2 in clusters of 64 KiB. */
const MOST_PAGES = 128;

/**
 * Reads headers and tables of a file by pages, so that tables of any size take bounded memory.
 * Nothing outside the file is read.
 */
export class TablePages {
  readonly #file: StoredFile;
  readonly #format: ImageFormat;
  readonly #pages = new LRUCache<number, Promise<Uint8Array>>({ max: MOST_PAGES });

  constructor(file: StoredFile, format: ImageFormat) {
    this.#file = file;
    this.#format = format;
  }

  /** `what` is named if it does not lie within the file. The caller bounds `length`. */
  async bytes(what: string, offset: number, length: number): Promise<Buffer> {
    this.requireInside(what, offset, length);
    const into = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const position = offset + done;
      const page = await this.#page(Math.floor(position / PAGE_BYTES));
      const part = page.subarray(position % PAGE_BYTES).subarray(0, length - done);
      into.set(part, done);
      done += part.length;
    }
    return into;
  }

  requireInside(what: string, offset: number, length: number): void {
    const { sizeBytes } = this.#file;
    if (offset >= 0 && length >= 0 && offset <= sizeBytes && length <= sizeBytes - offset) return;
    const message = `${what} (${sizeText(length)} at ${sizeText(offset)}) lies beyond its end, at ${sizeText(sizeBytes)}`;
    throw damagedImage(this.#format, message, { offsetBytes: offset });
  }

  #page(index: number): Promise<Uint8Array> {
    const known = this.#pages.get(index);
    if (known) return known;
    const at = index * PAGE_BYTES;
    const page = this.#file.read(at, Math.min(PAGE_BYTES, this.#file.sizeBytes - at));
    this.#pages.set(index, page);
    page.catch(() => this.#pages.delete(index));
    return page;
  }
}
