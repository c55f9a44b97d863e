import { sizeText } from '../../platform/size-text.ts';
import { ExtentList } from '../extent-list.ts';
import { type DiskImage, type Extent, SECTOR_BYTES, type StoredFile } from '../image.ts';
import { damagedImage } from '../image-error.ts';
import { TablePages } from '../table-pages.ts';
import { type Qcow2Header, readQcow2Header, tableReach } from './header.ts';
import { addSubclusters } from './subclusters.ts';

const COMPRESSED = 0x4000_0000; // in the upper half of an entry, as all below
const OFFSET_HIGH = 0x00ff_ffff;
const OFFSET_LOW = 0xffff_fe00;
/** A flag of version 3: the cluster reads as zeros. */
const ZERO_LOW = 1;
const L1_RESERVED_HIGH = 0x7f00_0000;
const L2_RESERVED_HIGH = 0x3f00_0000;
const RESERVED_LOW = 0x1fe;

/** Opens a qcow2 file of version 2 or 3 for reading. */
export async function openQcow2(file: StoredFile): Promise<DiskImage> {
  const pages = new TablePages(file, 'qcow2');
  const header = await readQcow2Header(file, pages);
  const reader = new Qcow2Reader(file, pages, header);
  return {
    format: 'qcow2',
    sizeBytes: header.sizeBytes,
    files: [file],
    extents: (offset, length) => reader.extents(offset, length),
  };
}

/** An entry of level 2, and the range of the disk within its cluster. */
export interface ClusterPart {
  readonly high: number;
  readonly low: number;
  readonly offset: number;
  readonly length: number;
}

export class Qcow2Reader {
  readonly header: Qcow2Header;
  readonly #file: StoredFile;
  readonly #pages: TablePages;

  constructor(file: StoredFile, pages: TablePages, header: Qcow2Header) {
    this.header = header;
    this.#file = file;
    this.#pages = pages;
  }

  async extents(offset: number, length: number): Promise<readonly Extent[]> {
    const list = new ExtentList();
    const reach = tableReach(this.header);
    const end = offset + length;
    for (let at = offset; at < end; ) {
      const stop = Math.min((Math.floor(at / reach) + 1) * reach, end);
      await this.#addOfTable(list, at, stop - at);
      at = stop;
    }
    return list.all();
  }

  /** Adds a range that one table of level 2 covers. */
  async #addOfTable(list: ExtentList, offset: number, length: number): Promise<void> {
    const { clusterBits, subclusters } = this.header;
    const table = await this.#tableOffset(offset);
    if (table === 0) return list.zero(offset, length);
    const clusterBytes = 2 ** clusterBits;
    const entryBytes = subclusters ? 16 : 8;
    const base = offset - (offset % tableReach(this.header));
    const first = Math.floor((offset - base) / clusterBytes);
    const count = Math.ceil((offset + length - base) / clusterBytes) - first;
    const entries = await this.#pages.bytes('a table of level 2', table + first * entryBytes, count * entryBytes);
    for (let at = offset, entry = 0; entry < entries.length; entry += entryBytes) {
      const stop = Math.min(at - (at % clusterBytes) + clusterBytes, offset + length);
      const [high, low] = [entries.readUInt32BE(entry), entries.readUInt32BE(entry + 4)];
      const part = { high, low, offset: at, length: stop - at };
      if (high & COMPRESSED) this.#addPacked(list, part);
      else if (subclusters) addSubclusters(this, list, part, entries.subarray(entry + 8, entry + 16));
      else this.#addCluster(list, part);
      at = stop;
    }
  }

  async #tableOffset(offset: number): Promise<number> {
    const at = this.header.l1Offset + Math.floor(offset / tableReach(this.header)) * 8;
    const entry = await this.#pages.bytes('an entry of level 1', at, 8);
    const [high, low] = [entry.readUInt32BE(0), entry.readUInt32BE(4)];
    if (high & L1_RESERVED_HIGH || low & (RESERVED_LOW | 1)) throw this.reserved('level 1', offset);
    return this.clusterOffset(high, low, offset);
  }

  #addCluster(list: ExtentList, { high, low, offset, length }: ClusterPart): void {
    if (high & L2_RESERVED_HIGH || low & RESERVED_LOW) throw this.reserved('level 2', offset);
    if (low & ZERO_LOW && this.header.version < 3) throw this.reserved('level 2', offset);
    const cluster = this.clusterOffset(high, low, offset);
    if (cluster === 0 || low & ZERO_LOW) list.zero(offset, length);
    else this.addData(list, cluster, offset, length);
  }

  /** Adds a range within the cluster that stands at `cluster` in the file. */
  addData(list: ExtentList, cluster: number, offset: number, length: number): void {
    const at = cluster + (offset % 2 ** this.header.clusterBits);
    this.#pages.requireInside(`the data of offset ${sizeText(offset)}`, at, length);
    list.add({ kind: 'data', file: 0, at, offset, length });
  }

  /**
   * A compressed cluster begins at any byte. Its length is in sectors, of which the last one may
   * go beyond the end of the file.
   */
  #addPacked(list: ExtentList, { high, low, offset, length }: ClusterPart): void {
    const { clusterBits, compression } = this.header;
    const lengthShift = 62 - (clusterBits - 8);
    const fields = (BigInt(high & 0x3fff_ffff) << 32n) | BigInt(low);
    const at = Number(fields & ((1n << BigInt(lengthShift)) - 1n));
    const sectors = Number(fields >> BigInt(lengthShift)) + 1;
    this.#pages.requireInside(`the compressed data of offset ${sizeText(offset)}`, at, 1);
    const storedBytes = Math.min(sectors * SECTOR_BYTES - (at % SECTOR_BYTES), this.#file.sizeBytes - at);
    const unitBytes = 2 ** clusterBits;
    const unitOffset = offset - (offset % unitBytes);
    list.add({ kind: 'packed', file: 0, at, storedBytes, compression, unitOffset, unitBytes, offset, length });
  }

  clusterOffset(high: number, low: number, offset: number): number {
    const cluster = (high & OFFSET_HIGH) * 2 ** 32 + ((low & OFFSET_LOW) >>> 0);
    if (cluster % 2 ** this.header.clusterBits === 0) return cluster;
    throw damagedImage(
      'qcow2',
      `what stands for offset ${sizeText(offset)} begins within a cluster, at ${sizeText(cluster)}`,
      {
        diskOffsetBytes: offset,
      },
    );
  }

  reserved(where: string, offset: number): Error {
    return damagedImage('qcow2', `${where} has an entry for offset ${sizeText(offset)} that cannot be`, {
      diskOffsetBytes: offset,
    });
  }
}
