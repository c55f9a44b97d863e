import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import type { MappedBlock } from '../service/datapath.ts';
import type { ProvedBlocks } from './block-maps.ts';
import { countRead, type ExportWalk } from './export-walk.ts';
import { fetchBlock, withPlace } from './fetch-block.ts';

/** Where a block goes, and how many of its bytes. */
export interface Place {
  readonly at: number;
  readonly bytes: number;
}

export type PlaceOf = (index: number) => Place;

interface Placed extends Place {
  readonly block: MappedBlock;
}

const SCAN_BLOCKS = 64;

/**
 * Writes the part of the disk that begins with block `from`, each block to a place known before.
 */
export async function placePart(
  walk: ExportWalk,
  { blocks, end }: ProvedBlocks,
  { from, placeOf }: { readonly from: number; readonly placeOf: PlaceOf },
): Promise<void> {
  const { output, group } = walk;
  const placed = blocks.map((block): Placed => ({ block, ...placeOf(block.index) }));
  const held = output.mayHold ? await heldBlocks(walk, placed) : new Set<number>();
  let at = from;
  for (const one of placed) {
    const { index } = one.block;
    await passHole(walk, at, index);
    at = index + 1;
    if (held.has(index)) {
      walk.meter.deduplicatedBytes += BLOCK_BYTES;
      countRead(walk, index, 1);
      continue;
    }
    const [slot] = (await walk.slots.take(1, group.signal)) as [number];
    group.spawn(() => writeBlock(walk, one, slot));
  }
  await passHole(walk, at, end);
}

async function writeBlock(walk: ExportWalk, { block, at, bytes }: Placed, slot: number): Promise<void> {
  const { pool, slots, meter, source, sealed } = walk;
  try {
    const storedBytes = await fetchBlock(walk, block, slot);
    await pool.run('store', { slot, id: block.id, storedBytes, sealed, at, bytes });
    meter.transferredBytes += BLOCK_BYTES;
    meter.storedBytes += storedBytes;
    countRead(walk, block.index, 1);
  } catch (error) {
    throw withPlace(error, source, block);
  } finally {
    slots.release(slot);
  }
}

async function passHole(walk: ExportWalk, from: number, to: number): Promise<void> {
  if (!walk.output.holdsOld) return countRead(walk, from, to - from);
  for (let first = from; first < to; first += SCAN_BLOCKS) {
    const count = Math.min(SCAN_BLOCKS, to - first);
    await walk.pool.run('clear', { first, count });
    countRead(walk, first, count);
  }
}

/** Which of the blocks the output holds already. */
async function heldBlocks({ pool, group }: ExportWalk, placed: readonly Placed[]): Promise<ReadonlySet<number>> {
  const held = new Set<number>();
  for (let first = 0; first < placed.length; ) {
    let count = 1;
    const { at } = placed[first] as Placed;
    while (count < SCAN_BLOCKS && placed[first + count]?.at === at + count * BLOCK_BYTES) count += 1;
    group.signal.throwIfAborted();
    const names = await pool.run('held', { at, count });
    for (const [step, name] of names.entries()) {
      const { block } = placed[first + step] as Placed;
      if (name === block.id) held.add(block.index);
    }
    first += count;
  }
  return held;
}
