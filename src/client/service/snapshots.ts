import {
  type Answered,
  CancelCopyDocument,
  type CancelCopyMutation,
  ChangedBlocksDocument,
  type ChangedBlocksInput,
  type ChangedBlocksQuery,
  type CopyFieldsFragment,
  CopySnapshotDocument,
  type CopySnapshotInput,
  CreateSnapshotDocument,
  type CreateSnapshotInput,
  DeleteSnapshotsDocument,
  type DeleteSnapshotsMutation,
  DeleteSnapshotsPreviewDocument,
  type DeleteSnapshotsPreviewQuery,
  PinSnapshotDocument,
  SetSnapshotRetentionDocument,
  type SetSnapshotRetentionInput,
  SnapshotDocument,
  type SnapshotFieldsFragment,
  type SnapshotFilter,
  type SnapshotOrder,
  SnapshotsDocument,
  UnpinSnapshotDocument,
  UpdateSnapshotDocument,
  type UpdateSnapshotInput,
} from '../../generated/operations.ts';
import type { Graphql, Sendable } from './graphql.ts';
import { type Collected, collect, type OrderedRequest } from './pages.ts';

export type Snapshot = SnapshotFieldsFragment;
/** With what it is a copy of. */
export type OneSnapshot = Snapshot & { readonly copy: CopyFieldsFragment | null };
export type SnapshotCopy = CopyFieldsFragment;
export type CancelledCopy = Answered<CancelCopyMutation>['cancelCopy'];
export type DeleteResult = Answered<DeleteSnapshotsMutation>['deleteSnapshots']['results'][number];
type ChangedRanges = ChangedBlocksQuery['changedBlocks'];

export type Snapshots = ReturnType<typeof createSnapshots>;

export function createSnapshots(graphql: Graphql, signal: AbortSignal) {
  return {
    get: async (id: string): Promise<OneSnapshot | null> =>
      (await graphql.call(SnapshotDocument, { id }, signal)).snapshot,
    list: ({
      region,
      filter,
      orderBy,
      limit,
    }: OrderedRequest<SnapshotFilter, SnapshotOrder>): Promise<Collected<Snapshot>> =>
      collect(limit, async (first, after) => {
        return (await graphql.call(SnapshotsDocument, { region, first, after, filter, orderBy }, signal)).snapshots;
      }),
    create: async (input: Sendable<CreateSnapshotInput>): Promise<Snapshot> =>
      (await graphql.call(CreateSnapshotDocument, { input }, signal)).createSnapshot.snapshot,
    copy: async (input: Sendable<CopySnapshotInput>): Promise<OneSnapshot> =>
      (await graphql.call(CopySnapshotDocument, { input }, signal)).copySnapshot.snapshot,
    cancelCopy: async (snapshotId: string): Promise<CancelledCopy> =>
      (await graphql.callOnce(CancelCopyDocument, { input: { snapshotId } }, signal)).cancelCopy,
    update: async (input: Sendable<UpdateSnapshotInput>): Promise<Snapshot> =>
      (await graphql.call(UpdateSnapshotDocument, { input }, signal)).updateSnapshot.snapshot,
    pin: async (snapshotId: string): Promise<Snapshot> =>
      (await graphql.call(PinSnapshotDocument, { input: { snapshotId } }, signal)).pinSnapshot.snapshot,
    unpin: async (snapshotId: string): Promise<Snapshot> =>
      (await graphql.call(UnpinSnapshotDocument, { input: { snapshotId } }, signal)).unpinSnapshot.snapshot,
    /** `retentionDays` null: until it is deleted. */
    retain: async (input: Sendable<SetSnapshotRetentionInput>): Promise<Snapshot> =>
      (await graphql.call(SetSnapshotRetentionDocument, { input }, signal)).setSnapshotRetention.snapshot,
    delete: async (snapshotIds: readonly string[], force: boolean): Promise<readonly DeleteResult[]> => {
      const input = { snapshotIds, force };
      return (await graphql.callOnce(DeleteSnapshotsDocument, { input }, signal)).deleteSnapshots.results;
    },
    deletePreview: async (
      snapshotIds: readonly string[],
      force: boolean,
    ): Promise<DeleteSnapshotsPreviewQuery['deleteSnapshotsPreview']> => {
      const input = { snapshotIds, force };
      return (await graphql.call(DeleteSnapshotsPreviewDocument, { input }, signal)).deleteSnapshotsPreview;
    },
    /** Ranges that differ between `from` (zeros if left out) and `to`, page by page. */
    async *changes(to: string, from?: string): AsyncGenerator<ChangedRanges> {
      for (let startOffsetBytes: number | null = 0; startOffsetBytes !== null; ) {
        const input: ChangedBlocksInput = { fromSnapshotId: from, toSnapshotId: to, startOffsetBytes };
        const { changedBlocks }: ChangedBlocksQuery = await graphql.call(ChangedBlocksDocument, { input }, signal);
        yield changedBlocks;
        startOffsetBytes = changedBlocks.nextOffsetBytes;
      }
    },
  };
}
