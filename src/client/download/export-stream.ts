import { write } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
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
import { unusable } from './output.ts';
import { provePages } from './proved-pages.ts';

const writeFd = promisify(write);
const ZEROS = Buffer.alloc(BLOCK_BYTES);

/**
 * Writes a disk's or snapshot's contents to a file descriptor that takes bytes in order, such as
 * standard output.
 */
export async function exportStream(
  service: { graphql: Graphql; http: Http },
  { source, expect, keys, meter, threads, signal, fd }: ExportRequest & { readonly fd: number },
): Promise<ExportResult> {
  const group = new TaskGroup(signal);
  const datapath = createDatapath(service.graphql, group.signal);
  const proved = await provePages(datapath, source, expect);
  const { root, sizeBytes, version } = proved;
  meter.totalBytes = sizeBytes;
  const slots = new Slots(EXPORT_SLOTS);
  const pool = new WorkerPool({ memory: slots.memory, keys }, { ready: threads });
  const transfer = createObjectTransfer(service.http, group.signal);
  const parts = { datapath, transfer, slots, source, pool, sealed: keys !== undefined };
  let written = 0;
  const put = async (bytes: Buffer) => {
    await writeWhole(fd, bytes.subarray(0, Math.min(bytes.length, sizeBytes - written)));
    written += bytes.length;
    meter.readBytes = Math.min(written, sizeBytes);
  };
  const zerosUpTo = async (offset: number) => {
    while (written < offset) await put(ZEROS.subarray(0, offset - written));
  };

  try {
    group.spawn(async () => {
      let tail = Promise.resolve(); // what has been written so far, in order
      for await (const { blocks } of blockMaps(datapath, proved)) {
        for (const block of blocks) {
          const [slot] = (await slots.take(1, group.signal)) as [number];
          const plain = readBlock(parts, block, slot);
          const before = tail;
          tail = (async () => {
            const [, storedBytes] = await Promise.all([before, plain]);
            await zerosUpTo(block.index * BLOCK_BYTES);
            await put(slots.view(slot).subarray(0, BLOCK_BYTES));
            meter.transferredBytes += BLOCK_BYTES;
            meter.storedBytes += storedBytes;
            slots.release(slot);
          })();
          tail.catch((error: unknown) => group.fail(error));
        }
      }
      await tail;
      await zerosUpTo(sizeBytes);
    });
    await group.done();
  } catch (error) {
    throw 'syscall' in (error as object) && !(error instanceof ClientError) ? unusable('the output', error) : error;
  } finally {
    await pool.close();
  }
  return { root, sizeBytes, version };
}

async function readBlock(
  parts: FetchParts & { readonly sealed: boolean },
  block: MappedBlock,
  slot: number,
): Promise<number> {
  try {
    const storedBytes = await fetchBlock(parts, block, slot);
    await parts.pool.run('decode', { slot, id: block.id, storedBytes, sealed: parts.sealed });
    return storedBytes;
  } catch (error) {
    throw withPlace(error, parts.source, block);
  }
}

async function writeWhole(fd: number, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += (await writeFd(fd, bytes, at, bytes.length - at, null)).bytesWritten;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      await delay(5); // a pipe that another process made non-blocking
    }
  }
}
