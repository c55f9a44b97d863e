import { BLOCK_BYTES, blockCount } from '../../engine/blocks/block.ts';
import type { BlockKeys } from '../../engine/blocks/object-form.ts';
import { ClientError } from '../errors.ts';
import { Slots } from '../flow/slots.ts';
import { TaskGroup } from '../flow/task-group.ts';
import type { Meter } from '../progress.ts';
import { type BlockMap, createDatapath, type MappedBlock } from '../service/datapath.ts';
import type { Graphql } from '../service/graphql.ts';
import type { Http } from '../service/http.ts';
import { createObjectTransfer } from '../service/object-transfer.ts';
import { WorkerPool } from '../threads/worker-pool.ts';
import { blockMaps } from './block-maps.ts';
import { type FetchParts, fetchBlock, withPlace } from './fetch-block.ts';
import { type ImageOutput, openOutput, unusable } from './output.ts';
import type { OutputChoice } from './output-target.ts';

export interface ExportRequest {
  /** Disk or snapshot. */
  readonly source: string;
  /** Of its encryption domain. */
  readonly keys?: BlockKeys | undefined;
  readonly meter: Meter;
  readonly signal: AbortSignal;
}

export interface ExportResult {
  readonly sizeBytes: number;
  readonly root: string;
  readonly version: number;
}

/** 24 blocks, about 13 MB: those under way and those that wait for a thread. More is no faster. */
export const EXPORT_SLOTS = 24;
const SCAN_BLOCKS = 64;

/**
 * Writes a disk's or snapshot's contents to a file or block device. Every block is checked against
 * its id.
 */
export async function exportImage(
  service: { graphql: Graphql; http: Http },
  { source, keys, meter, signal, output: choice }: ExportRequest & { readonly output: OutputChoice },
): Promise<ExportResult & { readonly resumed: boolean }> {
  const group = new TaskGroup(signal);
  const datapath = createDatapath(service.graphql, group.signal);
  const maps = blockMaps(datapath, source);
  const first = (await maps.next()).value as BlockMap;
  const { root, sizeBytes, version } = first;
  const output = await openOutput(choice, { root, sizeBytes });
  meter.totalBytes = sizeBytes;
  const slots = new Slots(EXPORT_SLOTS);
  const pool = new WorkerPool({ memory: slots.memory, image: { fd: output.fd, sizeBytes, path: choice.path }, keys });
  const transfer = createObjectTransfer(service.http, group.signal);
  const walk = { datapath, transfer, slots, source, pool, group, meter, output, sealed: keys !== undefined };
  try {
    const end = blockCount(sizeBytes);
    group.spawn(async () => {
      let at = await writeMap(walk, first, 0, end);
      for await (const map of maps) at = await writeMap(walk, map, at, end);
    });
    await group.done();
    await pool.close();
    await output.finish();
    return { root, sizeBytes, version, resumed: output.mayHold && !output.holdsOld };
  } catch (error) {
    await group.end(error);
    await pool.close();
    await Promise.allSettled([output.abandon()]);
    throw 'code' in (error as object) && !(error instanceof ClientError) ? unusable(choice.path, error) : error;
  }
}

interface Walk extends FetchParts {
  readonly pool: WorkerPool;
  readonly group: TaskGroup;
  readonly meter: Meter;
  readonly output: ImageOutput;
  readonly sealed: boolean;
}

/**
 * Writes the part of the image that a map is about, from block `at` on. Returns the block where the
 * next map begins.
 */
async function writeMap(walk: Walk, map: BlockMap, from: number, end: number): Promise<number> {
  const { output, group } = walk;
  const stop = map.nextIndex ?? end;
  const held = output.mayHold ? await heldBlocks(walk, map.blocks) : new Set<number>();
  let at = from;
  for (const block of map.blocks) {
    await passHole(walk, at, block.index);
    at = block.index + 1;
    if (held.has(block.index)) {
      walk.meter.deduplicatedBytes += BLOCK_BYTES;
      countRead(walk, block.index, 1);
      continue;
    }
    const [slot] = (await walk.slots.take(1, group.signal)) as [number];
    group.spawn(() => writeBlock(walk, block, slot));
  }
  await passHole(walk, at, stop);
  return stop;
}

async function writeBlock(walk: Walk, block: MappedBlock, slot: number): Promise<void> {
  const { pool, slots, meter, source, sealed } = walk;
  try {
    const storedBytes = await fetchBlock(walk, block, slot);
    await pool.run('store', { slot, id: block.id, storedBytes, sealed, index: block.index });
    meter.transferredBytes += BLOCK_BYTES;
    meter.storedBytes += storedBytes;
    countRead(walk, block.index, 1);
  } catch (error) {
    throw withPlace(error, source, block);
  } finally {
    slots.release(slot);
  }
}

async function passHole(walk: Walk, from: number, to: number): Promise<void> {
  if (!walk.output.holdsOld) return countRead(walk, from, to - from);
  for (let first = from; first < to; first += SCAN_BLOCKS) {
    const count = Math.min(SCAN_BLOCKS, to - first);
    await walk.pool.run('clear', { first, count });
    countRead(walk, first, count);
  }
}

/** Which of the blocks the output holds already. */
async function heldBlocks({ pool, group }: Walk, blocks: readonly MappedBlock[]): Promise<ReadonlySet<number>> {
  const held = new Set<number>();
  for (let at = 0; at < blocks.length; ) {
    let count = 1;
    const first = (blocks[at] as MappedBlock).index;
    while (count < SCAN_BLOCKS && blocks[at + count]?.index === first + count) count += 1;
    group.signal.throwIfAborted();
    const names = await pool.run('held', { first, count });
    names.forEach((name, step) => {
      if (name === blocks[at + step]?.id) held.add(first + step);
    });
    at += count;
  }
  return held;
}

function countRead({ meter }: Walk, first: number, count: number): void {
  const end = Math.min((first + count) * BLOCK_BYTES, meter.totalBytes ?? Number.POSITIVE_INFINITY);
  meter.readBytes += Math.max(end - first * BLOCK_BYTES, 0);
}
