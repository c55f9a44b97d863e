import { sizeText } from '../../platform/size-text.ts';
import { ExtentList } from '../extent-list.ts';
import type { DiskImage, Extent, StoredFile } from '../image.ts';
import { damagedImage, unsupportedImage } from '../image-error.ts';
import { u64le } from '../numbers.ts';
import { TablePages } from '../table-pages.ts';
import { type Region, readRegions } from './header.ts';
import { readMetadata, type VhdxMetadata } from './metadata.ts';

const MIB = 1024 ** 2;
/** Sectors that one sector bitmap covers: its entry stands behind those of its blocks. */
const CHUNK_SECTORS = 2 ** 23;

/** [MS-VHDX] 2.5.1.1; 5 is `unmapped` of drafts, which qemu reads too. */
const ZERO_STATES = [0, 1, 2, 3, 5];
const PRESENT = 6;
const PARTLY_PRESENT = 7;

/** Opens a VHDX file without parent for reading. */
export async function openVhdx(file: StoredFile): Promise<DiskImage> {
  const pages = new TablePages(file, 'vhdx');
  if ((await pages.bytes('its header', 0, 8)).toString('latin1') !== 'vhdxfile') {
    throw damagedImage('vhdx', 'it does not begin like one');
  }
  const { bat, metadata: place } = await readRegions(pages);
  const metadata = await readMetadata(pages, place);
  const table = new VhdxTable(pages, bat, metadata);
  const extents = (offset: number, length: number) => table.extents(offset, length);
  return { format: 'vhdx', sizeBytes: metadata.sizeBytes, files: [file], extents };
}

class VhdxTable {
  readonly #pages: TablePages;
  readonly #bat: Region;
  readonly #blockBytes: number;
  readonly #blocksOfChunk: number;

  constructor(pages: TablePages, bat: Region, { sizeBytes, blockBytes, sectorBytes }: VhdxMetadata) {
    this.#pages = pages;
    this.#bat = bat;
    this.#blockBytes = blockBytes;
    this.#blocksOfChunk = (CHUNK_SECTORS * sectorBytes) / blockBytes;
    const blocks = Math.ceil(sizeBytes / blockBytes);
    if (blocks > 0 && (this.#entryOf(blocks - 1) + 1) * 8 > bat.bytes) {
      throw damagedImage('vhdx', `its table is too short for ${blocks} blocks`);
    }
  }

  async extents(offset: number, length: number): Promise<readonly Extent[]> {
    const list = new ExtentList();
    for (let at = offset; at < offset + length; ) {
      const block = Math.floor(at / this.#blockBytes);
      const stop = Math.min((block + 1) * this.#blockBytes, offset + length);
      const entry = await this.#pages.bytes('an entry of its table', this.#bat.at + this.#entryOf(block) * 8, 8);
      this.#add(list, entry, at, stop - at);
      at = stop;
    }
    return list.all();
  }

  #entryOf(block: number): number {
    return block + Math.floor(block / this.#blocksOfChunk);
  }

  #add(list: ExtentList, entry: Buffer, offset: number, length: number): void {
    const state = (entry[0] as number) & 7;
    if (ZERO_STATES.includes(state)) {
      list.zero(offset, length);
      return;
    }
    if (state === PARTLY_PRESENT) throw unsupportedImage('vhdx', 'parent', 'has blocks of a parent disk');
    if (state !== PRESENT)
      throw damagedImage('vhdx', `a block cannot be in state ${state}`, { diskOffsetBytes: offset });
    const at = Math.floor(u64le(entry, 0) / MIB) * MIB + (offset % this.#blockBytes);
    this.#pages.requireInside(`the data of offset ${sizeText(offset)}`, at, length);
    list.add({ kind: 'data', file: 0, at, offset, length });
  }
}
