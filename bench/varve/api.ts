import { setTimeout as sleep } from 'node:timers/promises';
import { createGraphql, type Endpoint, type Sendable } from '../../src/client/service/graphql.ts';
import { createHttp } from '../../src/client/service/http.ts';
import { BenchError } from '../bench-error.ts';
import {
  type Answered,
  type BlockWriteInput,
  CommitBlocksDocument,
  CreateDiskDocument,
  type CreateDiskMutation,
  CreateSnapshotDocument,
  DeleteSnapshotsDocument,
  DiskDocument,
  EmptyAtOnceDocument,
  JobDocument,
  ListSnapshotsDocument,
  OpenSnapshotsDocument,
  type Operation,
  type PrepareObjectInput,
  PrepareUploadDocument,
  type PrepareUploadMutation,
  ReleaseDiskDocument,
  RollbackDiskDocument,
  SnapshotTermsDocument,
  ViewerDocument,
} from '../generated/operations.ts';

type DiskVersion = Answered<CreateDiskMutation>['createDisk']['disk'];

export type PreparedObject = Answered<PrepareUploadMutation>['prepareUpload']['objects'][number];

/** Calls of the API over one kept-alive connection, each one request. */
export interface Api {
  accountId(): Promise<string>;
  openSnapshotService(): Promise<void>;
  createDisk(input: { name: string; sizeBytes: number } | { name: string; snapshotId: string }): Promise<DiskVersion>;
  disk(id: string): Promise<DiskVersion>;
  releaseDisk(id: string): Promise<JobId>;
  rollbackDisk(id: string, snapshotId: string): Promise<JobId>;
  createSnapshot(diskId: string): Promise<string>;
  deleteSnapshot(id: string): Promise<JobId>;
  /** The number of snapshots in one page. */
  listSnapshots(first: number): Promise<number>;
  prepareUpload(target: string, objects: readonly PrepareObjectInput[]): Promise<readonly PreparedObject[]>;
  /** Puts an object where its URL says; the status of the answer. */
  put(prepared: PreparedObject, stored: Uint8Array): Promise<number>;
  /** The version that the commit made. */
  commit(target: string, expectedVersion: number, writes: readonly BlockWriteInput[]): Promise<number>;
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
  /** Nothing is sent again by itself: a call that fails is a failure of the run. */
  const call = <In, Out>(operation: Operation<In, Out>, variables: Sendable<In>): Promise<Out> =>
    graphql.callOnce(operation, variables, AbortSignal.any([stopped, AbortSignal.timeout(CALL_LIMIT_MS)]));

  return {
    accountId: async () => (await call(ViewerDocument, {})).viewer.account.id,
    openSnapshotService: async () => {
      const { snapshotService } = await call(SnapshotTermsDocument, {});
      await call(OpenSnapshotsDocument, { input: { acceptedTerms: snapshotService.currentTerms } });
      // What is deleted is freed within the run, and measured.
      await call(EmptyAtOnceDocument, {});
    },
    createDisk: async (input) => (await call(CreateDiskDocument, { input })).createDisk.disk,
    disk: async (id) => {
      const { disk } = await call(DiskDocument, { id });
      if (disk === null) throw new BenchError(`Disk ${id} does not exist.`);
      return disk;
    },
    releaseDisk: async (diskId) => (await call(ReleaseDiskDocument, { input: { diskId } })).releaseDisk.job.id,
    rollbackDisk: async (diskId, snapshotId) =>
      (await call(RollbackDiskDocument, { input: { diskId, snapshotId } })).rollbackDisk.job?.id,
    createSnapshot: async (diskId) =>
      (await call(CreateSnapshotDocument, { input: { diskId } })).createSnapshot.snapshot.id,
    deleteSnapshot: async (id) => {
      const { deleteSnapshots } = await call(DeleteSnapshotsDocument, { input: { snapshotIds: [id] } });
      const [result] = deleteSnapshots.results;
      if (!result?.deleted) throw new BenchError(`Snapshot ${id} was not deleted: ${result?.error?.message}`);
      return result.job?.id;
    },
    listSnapshots: async (first) => (await call(ListSnapshotsDocument, { first })).snapshots.nodes.length,
    prepareUpload: async (target, objects) =>
      (await call(PrepareUploadDocument, { input: { target, objects } })).prepareUpload.objects,
    put: async ({ url, headers }, stored) => {
      if (url === null) throw new BenchError('The service does not want this object.');
      const sent = Object.fromEntries((headers ?? []).map(({ name, value }) => [name, value]));
      const signal = AbortSignal.any([stopped, AbortSignal.timeout(CALL_LIMIT_MS)]);
      return (await http.request({ url, method: 'PUT', headers: sent, body: stored, signal })).status;
    },
    commit: async (target, expectedVersion, writes) => {
      const input = { target, expectedVersion, writes };
      return (await call(CommitBlocksDocument, { input })).commitBlocks.version;
    },
    finished: async (id) => {
      const until = performance.now() + JOB_LIMIT_MS;
      while (id !== undefined && (await call(JobDocument, { id })).job?.status !== 'SUCCEEDED') {
        if (performance.now() > until) throw new BenchError(`Job ${id} takes too long.`);
        await sleep(JOB_LOOK_MS, undefined, { signal: stopped });
      }
    },
    close: () => http.close(),
  };
}
