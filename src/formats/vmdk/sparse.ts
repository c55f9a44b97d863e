import { sizeText } from '../../platform/size-text.ts';
import type { ExtentList } from '../extent-list.ts';
import { SECTOR_BYTES, type StoredFile } from '../image.ts';
import type { TablePages } from '../table-pages.ts';
import type { Part, PartRange } from './parts.ts';
import type { SparseHeader } from './sparse-header.ts';

const ZERO_GRAIN = 1;

/** A part of the disk in grains, each found by a directory and a table. */
export class SparsePart implements Part {
  readonly sizeBytes: number;
  readonly #place: { readonly file: StoredFile; readonly index: number; readonly pages: TablePages };
  readonly #header: SparseHeader;

  constructor(place: { file: StoredFile; index: number; pages: TablePages }, header: SparseHeader) {
    this.#place = place;
    this.#header = header;
    this.sizeBytes = header.sectors * SECTOR_BYTES;
  }

  async add(list: ExtentList, { base, offset, length }: PartRange): Promise<void> {
    const { grainSectors, tableEntries, directoryAt } = this.#header;
    const { pages } = this.#place;
    const reach = grainSectors * SECTOR_BYTES * tableEntries;
    for (let at = offset; at < offset + length; ) {
      const table = Math.floor(at / reach);
      const stop = Math.min((table + 1) * reach, offset + length);
      const entry = await pages.bytes('an entry of its grain directory', directoryAt + table * 4, 4);
      const tableAt = entry.readUInt32LE(0) * SECTOR_BYTES;
      if (tableAt === 0) list.zero(base + at, stop - at);
      else await this.#addOfTable(list, tableAt, { base, offset: at, length: stop - at });
      at = stop;
    }
  }

  async #addOfTable(list: ExtentList, tableAt: number, { base, offset, length }: PartRange): Promise<void> {
    const grainBytes = this.#header.grainSectors * SECTOR_BYTES;
    const first = Math.floor(offset / grainBytes) % this.#header.tableEntries;
    const count = Math.ceil((offset + length) / grainBytes) - Math.floor(offset / grainBytes);
    const entries = await this.#place.pages.bytes('a grain table', tableAt + first * 4, count * 4);
    for (let at = offset, entry = 0; entry < entries.length; entry += 4) {
      const stop = Math.min(at - (at % grainBytes) + grainBytes, offset + length);
      const sector = entries.readUInt32LE(entry);
      if (sector === 0 || (sector === ZERO_GRAIN && this.#header.zeroGrains)) list.zero(base + at, stop - at);
      else this.#addGrain(list, sector * SECTOR_BYTES, { base, offset: at, length: stop - at });
      at = stop;
    }
  }

  #addGrain(list: ExtentList, grainAt: number, { base, offset, length }: PartRange): void {
    const { compression, grainSectors } = this.#header;
    const { file, index, pages } = this.#place;
    const unitBytes = grainSectors * SECTOR_BYTES;
    const within = offset % unitBytes;
    const what = `the grain of offset ${sizeText(base + offset)}`;
    if (compression === 'none') {
      pages.requireInside(what, grainAt + within, length);
      list.add({ kind: 'data', file: index, at: grainAt + within, offset: base + offset, length });
      return;
    }
    pages.requireInside(what, grainAt, 1);
    // Twice, as data that do not compress become longer.
    const storedBytes = Math.min((compression === 'grain' ? 2 : 1) * unitBytes, file.sizeBytes - grainAt);
    const unitOffset = base + offset - within;
    const range = { offset: base + offset, length };
    list.add({ kind: 'packed', file: index, at: grainAt, storedBytes, compression, unitOffset, unitBytes, ...range });
  }
}
