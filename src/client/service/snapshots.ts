import type { Root } from '../../engine/blocks/block.ts';
import type { ContentSizes, ListRequest, Tag } from './disks.ts';
import type { Graphql, Operation } from './graphql.ts';
import { type Connection, collect } from './pages.ts';
import type { UnreadableSum } from './unreadable.ts';

export interface Snapshot {
  readonly id: string;
  readonly region: string;
  readonly name: string;
  readonly description: string | null;
  readonly kind: 'MANUAL' | 'AUTO';
  readonly sourceDisk: { readonly id: string; readonly kind: string; readonly sizeBytes: number };
  readonly status: 'PROGRESSING' | 'ACCOMPLISHED' | 'FAILED';
  readonly progressPercent: number;
  /** FLUSHED: its writer had flushed for it. */
  readonly consistency: 'COMMITTED' | 'FLUSHED';
  readonly createdAt: string;
  readonly retentionDays: number | null;
  readonly expiresAt: string | null;
  /** Past its retention, and there only for what was made from it. */
  readonly keptInUse: boolean;
  readonly policyId: string | null;
  readonly usage: string;
  readonly diskCount: number;
  readonly tags: readonly Tag[];
  readonly type: 'FULL' | 'INCREMENTAL';
  readonly sizes: ContentSizes;
  readonly root: Root;
  readonly encrypted: boolean;
  readonly encryption: { readonly keyId: string } | null;
  /** What could not be read of the source of its contents. */
  readonly unreadable: UnreadableSum | null;
}

export interface CreateSnapshot {
  readonly diskId: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly retentionDays?: number | undefined;
  readonly tags?: readonly Tag[] | undefined;
  readonly clientToken: string;
}

export interface UpdateSnapshot {
  readonly snapshotId: string;
  readonly name?: string | undefined;
  /** `null` takes it away. */
  readonly description?: string | null | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

export interface SnapshotFilter {
  readonly namePrefix?: string | undefined;
  readonly diskId?: string | undefined;
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export interface DeleteResult {
  readonly snapshotId: string;
  readonly deleted: boolean;
  readonly error: Refusal | null;
}

export interface DeletePreview {
  readonly objects: number;
  readonly storedBytes: number;
  readonly results: readonly { readonly snapshotId: string; readonly error: Refusal | null }[];
}

export interface ChangedRanges {
  readonly sizeBytes: number;
  readonly ranges: readonly { readonly offsetBytes: number; readonly lengthBytes: number }[];
  readonly nextOffsetBytes: number | null;
}

const SNAPSHOT = `fragment SnapshotFields on Snapshot {
  id region name description kind sourceDisk { id kind sizeBytes } status progressPercent consistency createdAt retentionDays expiresAt keptInUse policyId
  usage diskCount tags { key value } type sizes { ownBytes ownStoredBytes totalBytes totalStoredBytes sharedBytes } root
  encrypted encryption { keyId } unreadable { count bytes }
}`;

const GET: Operation<{ id: string }, { snapshot: Snapshot | null }> = {
  text: `query Snapshot($id: ID!) { snapshot(id: $id) { ...SnapshotFields } }\n${SNAPSHOT}`,
  repeatable: true,
};
const LIST: Operation<
  { region?: string | undefined; first: number; after: string | null; filter?: SnapshotFilter | undefined },
  { snapshots: Connection<Snapshot> }
> = {
  text: `query Snapshots($region: String, $first: Int!, $after: String, $filter: SnapshotFilter) {
  snapshots(region: $region, first: $first, after: $after, filter: $filter) {
    nodes { ...SnapshotFields } pageInfo { hasNextPage endCursor }
  }
}\n${SNAPSHOT}`,
  repeatable: true,
};
const CREATE: Operation<{ input: CreateSnapshot }, { createSnapshot: { snapshot: Snapshot } }> = {
  text: `mutation CreateSnapshot($input: CreateSnapshotInput!) {
  createSnapshot(input: $input) { snapshot { ...SnapshotFields } }
}\n${SNAPSHOT}`,
  repeatable: true,
};
const UPDATE: Operation<{ input: UpdateSnapshot }, { updateSnapshot: { snapshot: Snapshot } }> = {
  text: `mutation UpdateSnapshot($input: UpdateSnapshotInput!) {
  updateSnapshot(input: $input) { snapshot { ...SnapshotFields } }
}\n${SNAPSHOT}`,
  repeatable: true,
};
const DELETE: Operation<
  { input: { snapshotIds: readonly string[]; force: boolean } },
  { deleteSnapshots: { results: DeleteResult[] } }
> = {
  text: `mutation DeleteSnapshots($input: DeleteSnapshotsInput!) {
  deleteSnapshots(input: $input) { results { snapshotId deleted error { code message } } }
}`,
  repeatable: false,
};
const PREVIEW: Operation<
  { input: { snapshotIds: readonly string[]; force: boolean } },
  { deleteSnapshotsPreview: DeletePreview }
> = {
  text: `query DeleteSnapshotsPreview($input: DeleteSnapshotsPreviewInput!) {
  deleteSnapshotsPreview(input: $input) { objects storedBytes results { snapshotId error { code message } } }
}`,
  repeatable: true,
};
const CHANGES: Operation<
  { input: { fromSnapshotId?: string | undefined; toSnapshotId: string; startOffsetBytes: number } },
  { changedBlocks: ChangedRanges }
> = {
  text: `query ChangedBlocks($input: ChangedBlocksInput!) {
  changedBlocks(input: $input) { sizeBytes ranges { offsetBytes lengthBytes } nextOffsetBytes }
}`,
  repeatable: true,
};

export const SNAPSHOT_OPERATIONS = [GET, LIST, CREATE, UPDATE, DELETE, PREVIEW, CHANGES] as const;

export type Snapshots = ReturnType<typeof createSnapshots>;

export function createSnapshots(graphql: Graphql, signal: AbortSignal) {
  return {
    get: async (id: string): Promise<Snapshot | null> => (await graphql.call(GET, { id }, signal)).snapshot,
    list: ({ region, filter, limit }: ListRequest<SnapshotFilter>) =>
      collect(
        limit,
        async (first, after) => (await graphql.call(LIST, { region, first, after, filter }, signal)).snapshots,
      ),
    create: async (input: CreateSnapshot): Promise<Snapshot> =>
      (await graphql.call(CREATE, { input }, signal)).createSnapshot.snapshot,
    update: async (input: UpdateSnapshot): Promise<Snapshot> =>
      (await graphql.call(UPDATE, { input }, signal)).updateSnapshot.snapshot,
    delete: async (snapshotIds: readonly string[], force: boolean): Promise<DeleteResult[]> =>
      (await graphql.call(DELETE, { input: { snapshotIds, force } }, signal)).deleteSnapshots.results,
    deletePreview: async (snapshotIds: readonly string[], force: boolean): Promise<DeletePreview> =>
      (await graphql.call(PREVIEW, { input: { snapshotIds, force } }, signal)).deleteSnapshotsPreview,
    /** Changed ranges from `from` (zeros where left out) to `to`, page by page. */
    async *changes(to: string, from?: string): AsyncGenerator<ChangedRanges> {
      for (let startOffsetBytes: number | null = 0; startOffsetBytes !== null; ) {
        const input = { fromSnapshotId: from, toSnapshotId: to, startOffsetBytes };
        const page: ChangedRanges = (await graphql.call(CHANGES, { input }, signal)).changedBlocks;
        yield page;
        startOffsetBytes = page.nextOffsetBytes;
      }
    },
  };
}
