import { setTimeout as sleep } from 'node:timers/promises';
import { createGraphql, type Endpoint } from '../../src/client/service/graphql.ts';
import { createHttp } from '../../src/client/service/http.ts';
import { BenchError } from '../bench-error.ts';
import * as operations from './operations.ts';

/** Calls of the API over one kept-alive connection, each one request. */
export interface Api {
  accountId(): Promise<string>;
  openSnapshotService(): Promise<void>;
  createDisk(
    input: { name: string; sizeBytes: number } | { name: string; snapshotId: string },
  ): Promise<operations.DiskFields>;
  disk(id: string): Promise<operations.DiskFields>;
  releaseDisk(id: string): Promise<JobId>;
  rollbackDisk(id: string, snapshotId: string): Promise<JobId>;
  createSnapshot(diskId: string): Promise<string>;
  deleteSnapshot(id: string): Promise<JobId>;
  /** The number of snapshots in one page. */
  listSnapshots(first: number): Promise<number>;
  prepareUpload(
    target: string,
    objects: readonly operations.WantedObject[],
  ): Promise<readonly operations.PreparedObject[]>;
  /** The version that the commit made. */
  commit(target: string, expectedVersion: number, writes: readonly operations.BlockWrite[]): Promise<number>;
  /** Resolves when the background work of a call is done. */
  finished(job: JobId): Promise<void>;
  close(): void;
}

export type JobId = string | undefined;

const CALL_LIMIT_MS = 60_000;
const JOB_LIMIT_MS = 180_000;
const JOB_LOOK_MS = 20;

export function openApi(endpoint: Endpoint, stopped: AbortSignal): Api {
  const http = createHttp(4);
  const graphql = createGraphql({ http, endpoint });
  const call = <In extends object, Out>(operation: operations.Query<In, Out>, variables: In): Promise<Out> =>
    graphql.call(operation, variables, AbortSignal.any([stopped, AbortSignal.timeout(CALL_LIMIT_MS)]));

  return {
    accountId: async () => (await call(operations.VIEWER, {})).viewer.account.id,
    openSnapshotService: async () => {
      const { snapshotService } = await call(operations.SNAPSHOT_TERMS, {});
      await call(operations.OPEN_SNAPSHOTS, { input: { acceptedTerms: snapshotService.currentTerms } });
    },
    createDisk: async (input) => (await call(operations.CREATE_DISK, { input })).createDisk.disk,
    disk: async (id) => (await call(operations.DISK, { id })).disk,
    releaseDisk: async (diskId) => (await call(operations.RELEASE_DISK, { input: { diskId } })).releaseDisk.job.id,
    rollbackDisk: async (diskId, snapshotId) =>
      (await call(operations.ROLLBACK_DISK, { input: { diskId, snapshotId } })).rollbackDisk.job?.id,
    createSnapshot: async (diskId) =>
      (await call(operations.CREATE_SNAPSHOT, { input: { diskId } })).createSnapshot.snapshot.id,
    deleteSnapshot: async (id) => {
      const [result] = (await call(operations.DELETE_SNAPSHOTS, { input: { snapshotIds: [id] } })).deleteSnapshots
        .results;
      if (!result?.deleted) throw new BenchError(`Snapshot ${id} was not deleted: ${result?.error?.message}`);
      return result.job?.id;
    },
    listSnapshots: async (first) => (await call(operations.LIST_SNAPSHOTS, { first })).snapshots.nodes.length,
    prepareUpload: async (target, objects) =>
      (await call(operations.PREPARE_UPLOAD, { input: { target, objects } })).prepareUpload.objects,
    commit: async (target, expectedVersion, writes) =>
      (await call(operations.COMMIT_BLOCKS, { input: { target, expectedVersion, writes } })).commitBlocks.version,
    finished: async (id) => {
      const until = performance.now() + JOB_LIMIT_MS;
      while (id !== undefined && (await call(operations.JOB, { id })).job.status !== 'SUCCEEDED') {
        if (performance.now() > until) throw new BenchError(`Job ${id} takes too long.`);
        await sleep(JOB_LOOK_MS, undefined, { signal: stopped });
      }
    },
    close: () => http.close(),
  };
}
