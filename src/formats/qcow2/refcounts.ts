/** Of a new file: 64 KiB, as qemu makes them. */
export const CLUSTER_BYTES = 64 * 1024;
/** Of 16 bits each. */
const COUNTS_OF_BLOCK = CLUSTER_BYTES / 2;
const PLACES_OF_TABLE_CLUSTER = CLUSTER_BYTES / 8;

/** Bytes that go to a place in the file. */
export interface Write {
  readonly at: number;
  readonly bytes: Buffer;
}

/** How often each cluster of a new file is referred to, in blocks that each count 2 GiB. */
export class Refcounts {
  readonly #blocks = new Map<number, Uint16Array>();
  readonly #places: number[] = [];

  /** `count` clusters from `first` on have one reference more. */
  add(first: number, count: number): void {
    for (let cluster = first; cluster < first + count; cluster++) {
      const index = Math.floor(cluster / COUNTS_OF_BLOCK);
      const block = this.#blocks.get(index) ?? new Uint16Array(COUNTS_OF_BLOCK);
      this.#blocks.set(index, block);
      (block[cluster % COUNTS_OF_BLOCK] as number)++;
    }
  }

  /**
   * Blocks that have no place yet, of those before cluster `end`: nothing is added to them any
   * more.
   */
  complete(end: number): number[] {
    return this.#unplaced().filter((index) => (index + 1) * COUNTS_OF_BLOCK <= end);
  }

  /** A block that has no place yet. */
  anyUnplaced(): number | undefined {
    return this.#unplaced()[0];
  }

  setPlace(index: number, at: number): void {
    this.#places[index] = at;
  }

  /** A block that has its place, to be written there. Nothing is kept but the place. */
  take(index: number): Write {
    const block = this.#blocks.get(index) as Uint16Array;
    this.#blocks.delete(index);
    const bytes = Buffer.alloc(CLUSTER_BYTES);
    for (const [at, count] of block.entries()) bytes.writeUInt16BE(count, at * 2);
    return { at: this.#places[index] as number, bytes };
  }

  /** Those in memory, in order. */
  indices(): number[] {
    return [...this.#blocks.keys()].sort((a, b) => a - b);
  }

  /** Clusters of a table of all blocks of a file that has so many clusters without both. */
  static tableClusters(clusters: number): number {
    for (let table = 1; ; table++) {
      const blocks = Math.ceil((clusters + table) / (COUNTS_OF_BLOCK - 1));
      if (blocks <= table * PLACES_OF_TABLE_CLUSTER) return table;
    }
  }

  /** Where each block is. */
  table(clusters: number): Buffer {
    const bytes = Buffer.alloc(clusters * CLUSTER_BYTES);
    for (const [index, at] of this.#places.entries()) bytes.writeBigUInt64BE(BigInt(at), index * 8);
    return bytes;
  }

  #unplaced(): number[] {
    return this.indices().filter((index) => this.#places[index] === undefined);
  }
}
