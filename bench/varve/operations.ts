import type { Operation } from '../../src/client/service/graphql.ts';

export type Query<In, Out> = Operation<In, Out>;

export interface DiskFields {
  readonly id: string;
  readonly version: number;
}
export interface WantedObject {
  readonly id: string;
  readonly stored: { readonly sizeBytes: number; readonly sha256: string };
}
export interface PreparedObject {
  readonly state: string;
  readonly url: string | null;
  readonly headers: readonly { readonly name: string; readonly value: string }[] | null;
}
export interface BlockWrite {
  readonly index: number;
  readonly id: string;
}
interface JobField {
  readonly job: { readonly id: string };
}

/** Nothing is sent again by itself: a call that fails is a failure of the run. */
const query = <In, Out>(text: string): Query<In, Out> => ({ text, repeatable: false });

export const VIEWER = query<object, { viewer: { account: { id: string } } }>('{ viewer { account { id } } }');
export const SNAPSHOT_TERMS = query<object, { snapshotService: { currentTerms: string } }>(
  '{ snapshotService { currentTerms } }',
);
export const OPEN_SNAPSHOTS = query<{ input: { acceptedTerms: string } }, object>(
  'mutation ($input: OpenSnapshotServiceInput!) { openSnapshotService(input: $input) { snapshotService { opened } } }',
);
export const CREATE_DISK = query<{ input: object }, { createDisk: { disk: DiskFields } }>(
  'mutation ($input: CreateDiskInput!) { createDisk(input: $input) { disk { id version } } }',
);
export const DISK = query<{ id: string }, { disk: DiskFields }>('query ($id: ID!) { disk(id: $id) { id version } }');
export const RELEASE_DISK = query<{ input: { diskId: string } }, { releaseDisk: JobField }>(
  'mutation ($input: ReleaseDiskInput!) { releaseDisk(input: $input) { job { id } } }',
);
export const ROLLBACK_DISK = query<{ input: object }, { rollbackDisk: { job: JobField['job'] | null } }>(
  'mutation ($input: RollbackDiskInput!) { rollbackDisk(input: $input) { job { id } } }',
);
export const CREATE_SNAPSHOT = query<{ input: { diskId: string } }, { createSnapshot: { snapshot: { id: string } } }>(
  'mutation ($input: CreateSnapshotInput!) { createSnapshot(input: $input) { snapshot { id } } }',
);
export const DELETE_SNAPSHOTS = query<
  { input: { snapshotIds: string[] } },
  {
    deleteSnapshots: {
      results: { deleted: boolean; error: { message: string } | null; job: JobField['job'] | null }[];
    };
  }
>(
  `mutation ($input: DeleteSnapshotsInput!) {
    deleteSnapshots(input: $input) { results { deleted error { message } job { id } } }
  }`,
);
export const LIST_SNAPSHOTS = query<{ first: number }, { snapshots: { nodes: { id: string }[] } }>(
  `query ($first: Int!) {
    snapshots(first: $first) { nodes { id name status createdAt type } pageInfo { hasNextPage endCursor } }
  }`,
);
export const PREPARE_UPLOAD = query<{ input: object }, { prepareUpload: { objects: PreparedObject[] } }>(
  'mutation ($input: PrepareUploadInput!) { prepareUpload(input: $input) { objects { state url headers { name value } } } }',
);
export const COMMIT_BLOCKS = query<{ input: object }, { commitBlocks: { version: number } }>(
  'mutation ($input: CommitBlocksInput!) { commitBlocks(input: $input) { version } }',
);
export const JOB = query<{ id: string }, { job: { status: string } }>('query ($id: ID!) { job(id: $id) { status } }');
