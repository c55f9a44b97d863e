import type { BlockKeys } from '../../engine/blocks/object-form.ts';
import { ClientError } from '../errors.ts';
import { Slots } from '../flow/slots.ts';
import { TaskGroup } from '../flow/task-group.ts';
import type { Meter } from '../progress.ts';
import { createDatapath } from '../service/datapath.ts';
import type { Graphql } from '../service/graphql.ts';
import type { Http } from '../service/http.ts';
import { createObjectTransfer } from '../service/object-transfer.ts';
import type { ReadyThreads } from '../threads/ready-threads.ts';
import { WorkerPool } from '../threads/worker-pool.ts';
import { blockMaps } from './block-maps.ts';
import { createSink } from './export-sink.ts';
import { openOutput, unusable } from './output.ts';
import type { OutputChoice } from './output-target.ts';
import type { OutputForm } from './partial.ts';
import { type ExpectedContents, provePages } from './proved-pages.ts';

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
  /** Threads that are starting already. */
  readonly threads?: ReadyThreads | undefined;
  readonly signal: AbortSignal;
}

export interface ExportResult {
  readonly sizeBytes: number;
  readonly root: string;
  readonly version: number;
}

/** 24 blocks, about 13 MB: those under way and those that wait for a thread. More is no faster. */
export const EXPORT_SLOTS = 24;

/**
 * Writes a disk's or snapshot's contents to a file or block device, every block checked against its
 * id, and every id proved by the root.
 */
export async function exportImage(
  service: { graphql: Graphql; http: Http },
  request: ExportRequest & { readonly output: OutputChoice; readonly form?: OutputForm | undefined },
): Promise<ExportResult & { readonly resumed: boolean }> {
  const { source, expect, keys, meter, signal, output: choice, form } = request;
  const group = new TaskGroup(signal);
  const datapath = createDatapath(service.graphql, group.signal);
  const proved = await provePages(datapath, source, expect);
  const { root, sizeBytes, version } = proved;
  const output = await openOutput(choice, { root, sizeBytes, form });
  meter.totalBytes = sizeBytes;
  const slots = new Slots(EXPORT_SLOTS);
  // A qcow2 file can have any length.
  const fileBytes = form === undefined ? sizeBytes : Number.MAX_SAFE_INTEGER;
  const image = { fd: output.fd, sizeBytes: fileBytes, path: choice.path };
  const pool = new WorkerPool({ memory: slots.memory, image, keys }, { ready: request.threads });
  const transfer = createObjectTransfer(service.http, group.signal);
  const walk = { datapath, transfer, slots, source, pool, group, meter, output, sealed: keys !== undefined };
  const sink = createSink(walk, sizeBytes, form);
  try {
    group.spawn(async () => {
      let from = 0;
      for await (const part of blockMaps(datapath, proved)) {
        await sink.add(part, from);
        from = part.end;
      }
    });
    await group.done();
    await pool.close();
    await output.finish(await sink.finish());
    return { root, sizeBytes, version, resumed: output.mayHold && !output.holdsOld };
  } catch (error) {
    await group.end(error);
    await pool.close();
    await Promise.allSettled([output.abandon()]);
    throw 'code' in (error as object) && !(error instanceof ClientError) ? unusable(choice.path, error) : error;
  }
}
