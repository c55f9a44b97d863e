import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import type { BlockKeys } from '../../engine/blocks/object-form.ts';
import { ClientError } from '../errors.ts';
import { Slots } from '../flow/slots.ts';
import { TaskGroup } from '../flow/task-group.ts';
import type { Meter } from '../progress.ts';
import { createDatapath, type MappedBlock } from '../service/datapath.ts';
import type { Graphql } from '../service/graphql.ts';
import type { Http } from '../service/http.ts';
import { createObjectTransfer } from '../service/object-transfer.ts';
import { WorkerPool } from '../threads/worker-pool.ts';
import { blockMaps, type ProvedBlocks } from './block-maps.ts';
import { type FetchParts, fetchBlock, withPlace } from './fetch-block.ts';
import { type ImageOutput, openOutput, unusable } from './output.ts';
import type { OutputChoice } from './output-target.ts';
import { type ExpectedContents, type ProvedPages, provePages } from './proved-pages.ts';

export interface ExportRequest {
  /** Disk or snapshot. */
  readonly source: string;
  /**
   * What the source is to be; asked again if a disk has been written meanwhile. Nothing: any
   * contents will do.
   */
  readonly expect: () => Promise<ExpectedContents | undefined>;
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
 * Writes a disk's or snapshot's contents to a file or block device, every block checked against its
 * id, and every id proved by the root.
 */
export async function exportImage(
  service: { graphql: Graphql; http: Http },
  { source, expect, keys, meter, signal, output: choice }: ExportRequest & { readonly output: OutputChoice },
): Promise<ExportResult & { readonly resumed: boolean }> {
  const group = new TaskGroup(signal);
  const datapath = createDatapath(service.graphql, group.signal);
  const proved = await provePages(datapath, source, expect);
  const { root, sizeBytes, version } = proved;
  const output = await openOutput(choice, { root, sizeBytes });
  meter.totalBytes = sizeBytes;
  const slots = new Slots(EXPORT_SLOTS);
  const pool = new WorkerPool({ memory: slots.memory, image: { fd: output.fd, sizeBytes, path: choice.path }, keys });
  const transfer = createObjectTransfer(service.http, group.signal);
  const walk = { datapath, transfer, slots, source, pool, group, meter, output, sealed: keys !== undefined };
  try {
    group.spawn(() => writeAll(walk, proved));
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

async function writeAll(walk: Walk, proved: ProvedPages): Promise<void> {
  let at = 0;
  for await (const part of blockMaps(walk.datapath, proved)) {
    await writePart(walk, part, at);
    at = part.end;
  }
}

/** Writes the part of the image that begins with block `from`. */
async function writePart(walk: Walk, { blocks, end }: ProvedBlocks, from: number): Promise<void> {
  const { output, group } = walk;
  const held = output.mayHold ? await heldBlocks(walk, blocks) : new Set<number>();
  let at = from;
  for (const block of blocks) {
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
  await passHole(walk, at, end);
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
