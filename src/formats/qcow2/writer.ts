import { SECTOR_BYTES } from '../image.ts';
import { headerBytes, type WriterCompression } from './header-bytes.ts';
import { CLUSTER_BYTES, Refcounts, type Write } from './refcounts.ts';

export interface NewImage {
  /** Of the disk. */
  readonly sizeBytes: number;
  readonly compression: WriterCompression;
}

interface OpenTable {
  readonly index: number;
  readonly entries: Buffer;
}

const ENTRY_BYTES = 8;
/** Bytes of the disk that a table of level 2 covers: 512 MiB. */
export const TABLE_REACH = (CLUSTER_BYTES / ENTRY_BYTES) * CLUSTER_BYTES;
const COPIED = 1n << 63n;
const COMPRESSED = 1n << 62n;
/** Where the length of a compressed cluster stands in its entry, with clusters of 64 KiB. */
const LENGTH_SHIFT = 54n;

/**
 * Decides where everything of a new qcow2 file (version 3) goes. Contents come in the order of the
 * disk, and each has its place at once: behind all before it. Only the header goes to the
 * beginning, in the end, so that a file that is not complete is no image. What is left out reads as
 * zeros. The same calls give the same places.
 */
export class Qcow2Writer {
  readonly #image: NewImage;
  readonly #refcounts = new Refcounts();
  readonly #level1: Buffer;
  #writes: Write[] = [];
  #table: OpenTable | undefined;
  #end = CLUSTER_BYTES;

  constructor(image: NewImage) {
    this.#image = image;
    this.#level1 = Buffer.alloc(Math.ceil(image.sizeBytes / TABLE_REACH) * ENTRY_BYTES);
    this.#refcounts.add(0, 1);
  }

  /** Whole clusters from `offset` of the disk on, as they are. Returns their place in the file. */
  addClusters(offset: number, clusters: number): number {
    this.#openTable(offset);
    const at = this.#appendClusters(clusters);
    for (let step = 0; step < clusters; step++) {
      this.#setEntry(offset + step * CLUSTER_BYTES, COPIED | BigInt(at + step * CLUSTER_BYTES));
    }
    return at;
  }

  /**
   * Consecutive clusters from `offset` of the disk on, compressed to so many bytes each, and one
   * behind the other; 0 for zeros. Returns the place of the first in the file.
   */
  addPacked(offset: number, lengths: readonly number[]): number {
    this.#openTable(offset);
    const begin = this.#end;
    for (const [step, length] of lengths.entries()) {
      if (length === 0) continue;
      const at = this.#end;
      this.#end += length;
      const sectors = Math.ceil(this.#end / SECTOR_BYTES) - Math.floor(at / SECTOR_BYTES);
      const entry = COMPRESSED | (BigInt(sectors - 1) << LENGTH_SHIFT) | BigInt(at);
      this.#setEntry(offset + step * CLUSTER_BYTES, entry);
      const [first, last] = [at, this.#end - 1].map((byte) => Math.floor(byte / CLUSTER_BYTES)) as [number, number];
      this.#refcounts.add(first, last - first + 1);
    }
    return begin;
  }

  /** What has to be written of the tables by now. */
  takeWrites(): readonly Write[] {
    const writes = this.#writes;
    this.#writes = [];
    return writes;
  }

  /** The rest, with the header last, and the file's length. */
  finish(): { readonly writes: readonly Write[]; readonly fileBytes: number } {
    this.#closeTable();
    const level1At = this.#appendBytes(this.#level1);
    const refcountClusters = Refcounts.tableClusters(this.#end / CLUSTER_BYTES);
    const refcountsAt = this.#appendClusters(refcountClusters);
    for (let index = this.#refcounts.anyUnplaced(); index !== undefined; index = this.#refcounts.anyUnplaced()) {
      this.#refcounts.setPlace(index, this.#appendClusters(1));
    }
    for (const index of this.#refcounts.indices()) this.#writeRefcounts(index);
    this.#writes.push({ at: refcountsAt, bytes: this.#refcounts.table(refcountClusters) });
    const level1Entries = this.#level1.length / ENTRY_BYTES;
    const places = { level1At, level1Entries, refcountsAt, refcountClusters };
    this.#writes.push({ at: 0, bytes: headerBytes({ ...this.#image, ...places }) });
    return { writes: this.takeWrites(), fileBytes: this.#end };
  }

  #setEntry(offset: number, entry: bigint): void {
    const { entries } = this.#table as OpenTable;
    entries.writeBigUInt64BE(entry, ((offset % TABLE_REACH) / CLUSTER_BYTES) * ENTRY_BYTES);
  }

  #openTable(offset: number): void {
    const index = Math.floor(offset / TABLE_REACH);
    if (this.#table?.index === index) return;
    this.#closeTable();
    this.#table = { index, entries: Buffer.alloc(CLUSTER_BYTES) };
  }

  /** A table stands behind its contents; so do counts of what cannot change any more. */
  #closeTable(): void {
    if (this.#table === undefined) return;
    const { index, entries } = this.#table;
    this.#level1.writeBigUInt64BE(COPIED | BigInt(this.#appendBytes(entries)), index * ENTRY_BYTES);
    this.#table = undefined;
    for (const block of this.#refcounts.complete(this.#end / CLUSTER_BYTES)) {
      this.#refcounts.setPlace(block, this.#appendClusters(1));
      this.#writeRefcounts(block);
    }
  }

  #writeRefcounts(index: number): void {
    this.#writes.push(this.#refcounts.take(index));
  }

  #appendBytes(bytes: Buffer): number {
    const clusters = Math.ceil(bytes.length / CLUSTER_BYTES);
    const at = this.#appendClusters(clusters);
    const whole = Buffer.alloc(clusters * CLUSTER_BYTES);
    whole.set(bytes);
    this.#writes.push({ at, bytes: whole });
    return at;
  }

  #appendClusters(count: number): number {
    const at = Math.ceil(this.#end / CLUSTER_BYTES) * CLUSTER_BYTES;
    this.#end = at + count * CLUSTER_BYTES;
    this.#refcounts.add(at / CLUSTER_BYTES, count);
    return at;
  }
}
