import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import { ClientError } from '../errors.ts';
import { Slots } from '../flow/slots.ts';
import { TaskGroup } from '../flow/task-group.ts';
import { createDatapath, type MappedBlock } from '../service/datapath.ts';
import type { Graphql } from '../service/graphql.ts';
import type { Http } from '../service/http.ts';
import { createObjectTransfer } from '../service/object-transfer.ts';
import { WorkerPool } from '../threads/worker-pool.ts';
import { blockMaps } from './block-maps.ts';
import { EXPORT_SLOTS, type ExportRequest, type ExportResult } from './export-image.ts';
import { type FetchParts, fetchBlock, withPlace } from './fetch-block.ts';
import { provePages } from './proved-pages.ts';
import { reportDamage } from './report-damage.ts';

/** A block whose object is not what its id says. */
export interface DamagedBlock {
  readonly offsetBytes: number;
  readonly objectId: string;
  readonly reason: string;
}

export interface VerifyResult extends ExportResult {
  readonly damagedBlocks: number;
  /** By offset; at most {@link MOST_DAMAGES} of them. */
  readonly damages: readonly DamagedBlock[];
  /** Whether the service knows all `damages`: the next upload of the same content heals them. */
  readonly known: boolean;
}

const MOST_DAMAGES = 1000; // bounds memory and output if a whole bucket is gone; the count goes on

interface Verification extends FetchParts {
  readonly sealed: boolean;
  readonly meter: ExportRequest['meter'];
  readonly damages: DamagedBlock[];
  damagedBlocks: number;
}

/**
 * Reads all blocks of a disk or snapshot and checks each against its id, and the ids against the
 * root. Damaged blocks are reported, and do not end the reading.
 */
export async function verifyImage(
  service: { graphql: Graphql; http: Http },
  { source, expect, keys, meter, signal }: ExportRequest,
): Promise<VerifyResult> {
  const group = new TaskGroup(signal);
  const datapath = createDatapath(service.graphql, group.signal);
  const proved = await provePages(datapath, source, expect);
  const { root, sizeBytes, version } = proved;
  meter.totalBytes = sizeBytes;
  const slots = new Slots(EXPORT_SLOTS);
  const pool = new WorkerPool({ memory: slots.memory, keys });
  const transfer = createObjectTransfer(service.http, group.signal);
  const sealed = keys !== undefined;
  const run: Verification = { datapath, transfer, slots, source, pool, sealed, meter, damages: [], damagedBlocks: 0 };
  try {
    group.spawn(async () => {
      for await (const { blocks, end } of blockMaps(datapath, proved, { fresh: true })) {
        for (const block of blocks) {
          const [slot] = (await slots.take(1, group.signal)) as [number];
          meter.pendingBytes += BLOCK_BYTES;
          group.spawn(() => verifyBlock(run, block, slot).finally(() => slots.release(slot)));
        }
        meter.readBytes = Math.min(end * BLOCK_BYTES, sizeBytes);
      }
    });
    await group.done();
  } catch (error) {
    await group.end(error);
    throw error;
  } finally {
    await pool.close();
  }
  const damages = run.damages.sort((a, b) => a.offsetBytes - b.offsetBytes);
  const reported = damages.length === 0 ? undefined : await reportDamage(service.graphql, source, damages, signal);
  const known = damages.every(({ objectId }) => reported?.has(objectId));
  return { root, sizeBytes, version, damagedBlocks: run.damagedBlocks, damages, known };
}

async function verifyBlock(run: Verification, block: MappedBlock, slot: number): Promise<void> {
  try {
    const storedBytes = await fetchBlock(run, block, slot);
    run.meter.transferredBytes += BLOCK_BYTES;
    run.meter.storedBytes += storedBytes;
    await run.pool.run('decode', { slot, id: block.id, storedBytes, sealed: run.sealed });
  } catch (error) {
    const placed = withPlace(error, run.source, block);
    if (!(placed instanceof ClientError) || placed.code !== 'ObjectDamaged') throw placed;
    run.damagedBlocks += 1;
    if (run.damages.length === MOST_DAMAGES) return;
    const offsetBytes = block.index * BLOCK_BYTES;
    run.damages.push({ offsetBytes, objectId: block.id, reason: String(placed.extra.reason) });
  } finally {
    run.meter.pendingBytes -= BLOCK_BYTES;
  }
}
