import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import type { PackedCompression } from '../../formats/qcow2/header-bytes.ts';
import { CLUSTER_BYTES } from '../../formats/qcow2/refcounts.ts';
import type { Qcow2Writer } from '../../formats/qcow2/writer.ts';
import type { MappedBlock } from '../service/datapath.ts';
import type { ProvedBlocks } from './block-maps.ts';
import { countRead, type ExportWalk } from './export-walk.ts';
import { fetchBlock, withPlace } from './fetch-block.ts';
import type { Place } from './place-blocks.ts';
import { writeAt, writeEach } from './write-at.ts';

interface Growing {
  readonly writer: Qcow2Writer;
  /** Of the disk. */
  readonly sizeBytes: number;
}

interface Packing extends Growing {
  readonly compression: PackedCompression;
}

/** Gives a block its place in a qcow2 file, as it is. */
export function placePlain({ writer, sizeBytes }: Growing, index: number): Place {
  const clusters = clustersOf(index, sizeBytes);
  return { at: writer.addClusters(index * BLOCK_BYTES, clusters), bytes: clusters * CLUSTER_BYTES };
}

/** Clusters of a block that lie within the disk. */
function clustersOf(index: number, sizeBytes: number): number {
  return Math.ceil(Math.min(sizeBytes - index * BLOCK_BYTES, BLOCK_BYTES) / CLUSTER_BYTES);
}

/**
 * Compresses blocks in any order, and writes them in the order of the disk: how long a block
 * becomes says where the next one goes.
 */
export class PackedBlocks {
  readonly #walk: ExportWalk;
  readonly #packing: Packing;
  /** What has its place by now, in order. */
  #placed: Promise<void> = Promise.resolve();

  constructor(walk: ExportWalk, packing: Packing) {
    this.#walk = walk;
    this.#packing = packing;
  }

  /** Adds the part of the disk that begins with block `from`. */
  async addPart({ blocks, end }: ProvedBlocks, from: number): Promise<void> {
    const { slots, group } = this.#walk;
    for (const block of blocks) {
      const [slot] = (await slots.take(1, group.signal)) as [number];
      const packed = this.#pack(block, slot);
      const before = this.#placed;
      const placing = Promise.all([packed, before]).then(([lengths]) => this.#place(block, lengths));
      this.#placed = placing.then(() => undefined);
      void Promise.allSettled([packed, this.#placed]); // the group gets a failure below
      group.spawn(() => this.#write(block, slot, placing));
    }
    countRead(this.#walk, from, end - from - blocks.length);
  }

  async #pack(block: MappedBlock, slot: number): Promise<number[] | undefined> {
    const { pool, meter, source, sealed } = this.#walk;
    const { compression, sizeBytes } = this.#packing;
    try {
      const storedBytes = await fetchBlock(this.#walk, block, slot);
      meter.transferredBytes += BLOCK_BYTES;
      meter.storedBytes += storedBytes;
      const clusters = clustersOf(block.index, sizeBytes);
      return await pool.run('pack', { slot, id: block.id, storedBytes, sealed, compression, clusters });
    } catch (error) {
      throw withPlace(error, source, block);
    }
  }

  /** Without `lengths`, the block is in its slot as it is. */
  #place({ index }: MappedBlock, lengths: number[] | undefined): Place {
    if (lengths === undefined) return placePlain(this.#packing, index);
    const at = this.#packing.writer.addPacked(index * BLOCK_BYTES, lengths);
    return { at, bytes: lengths.reduce((a, b) => a + b, 0) };
  }

  async #write({ index }: MappedBlock, slot: number, placing: Promise<Place>): Promise<void> {
    const { slots, output } = this.#walk;
    try {
      const { at, bytes } = await placing;
      await writeAt(output.fd, slots.view(slot).subarray(0, bytes), at);
      await writeEach(output.fd, this.#packing.writer.takeWrites());
      countRead(this.#walk, index, 1);
    } finally {
      slots.release(slot);
    }
  }
}
