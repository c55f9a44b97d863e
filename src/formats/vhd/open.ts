import { ExtentList } from '../extent-list.ts';
import type { DiskImage, StoredFile } from '../image.ts';
import { SECTOR_BYTES } from '../image.ts';
import { TablePages } from '../table-pages.ts';
import { type DynamicHeader, readDynamicHeader, readFooter } from './footer.ts';

const UNALLOCATED = 0xffff_ffff;
const SECTORS_OF_BITMAP_BYTE = 8;

/**
 * Opens a fixed or dynamic VHD file for reading. Its size is the one in its footer, which Virtual
 * PC alone rounds down to whole cylinders.
 */
export async function openVhd(file: StoredFile): Promise<DiskImage> {
  const pages = new TablePages(file, 'vhd');
  const footer = await readFooter(file, pages);
  const { sizeBytes } = footer;
  if (footer.type === 'dynamic') {
    const table = new VhdTable(pages, await readDynamicHeader(pages, footer));
    const extents = (offset: number, length: number) => table.extents(offset, length);
    return { format: 'vhd', sizeBytes, files: [file], extents };
  }
  pages.requireInside('its disk', 0, sizeBytes + file.sizeBytes - footer.at);
  return {
    format: 'vhd',
    sizeBytes,
    files: [file],
    extents: async (offset, length) => [{ kind: 'data', file: 0, at: offset, offset, length }],
  };
}

class VhdTable {
  readonly #pages: TablePages;
  readonly #header: DynamicHeader;

  constructor(pages: TablePages, header: DynamicHeader) {
    this.#pages = pages;
    this.#header = header;
  }

  /**
   * A block begins with a bitmap of the sectors that were written. Others are zeros in the block
   * too, so that the bitmap need not be read; qemu does not read it either.
   */
  async extents(offset: number, length: number) {
    const { blockBytes, tableAt } = this.#header;
    const list = new ExtentList();
    const first = Math.floor(offset / blockBytes);
    const count = Math.ceil((offset + length) / blockBytes) - first;
    const entries = await this.#pages.bytes('an entry of its table', tableAt + first * 4, count * 4);
    const bitmapBytes = Math.ceil(blockBytes / SECTOR_BYTES / SECTORS_OF_BITMAP_BYTE / SECTOR_BYTES) * SECTOR_BYTES;
    for (let at = offset, entry = 0; entry < entries.length; entry += 4) {
      const stop = Math.min(at - (at % blockBytes) + blockBytes, offset + length);
      const sector = entries.readUInt32BE(entry);
      if (sector === UNALLOCATED) list.zero(at, stop - at);
      else {
        const from = sector * SECTOR_BYTES + bitmapBytes + (at % blockBytes);
        this.#pages.requireInside(`the data of offset ${at}`, from, stop - at);
        list.add({ kind: 'data', file: 0, at: from, offset: at, length: stop - at });
      }
      at = stop;
    }
    return list.all();
  }
}
