import { type NodeRow, nodeEntity } from '../../engine/books/rows.ts';
import type { Resolvers, SnapshotResolvers } from '../../generated/resolvers.ts';
import { isoTime } from '../../platform/clock.ts';
import type { RequestContext } from '../calls/context.ts';
import type { RowLoader } from '../calls/row-loader.ts';
import { typeOfSnapshot } from '../chains/ancestry.ts';
import { sizesOf } from '../chains/sizes.ts';
import { type CopyRow, copyEntity } from '../model/copies/rows.ts';
import { diskEntity, domainEntity } from '../model/disks/rows.ts';
import { readUnreadable } from '../model/disks/unreadable.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import type { SnapshotRow } from '../model/snapshots/rows.ts';
import { isKeptInUse, usageOf } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';
import { updateSnapshot } from './change.ts';
import { changedBlocks } from './changed-blocks.ts';
import { createSnapshot } from './create.ts';
import { deleteSnapshots } from './delete.ts';
import { listSnapshots } from './list.ts';
import { pinSnapshot, unpinSnapshot } from './pin.ts';
import { previewDeletion } from './preview.ts';
import { setSnapshotRetention } from './retention.ts';

export function snapshotResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      snapshot: (_, { id }, { caller }) => findSnapshot(service.catalogue, caller, id),
      snapshots: (_, args, { caller }) => listSnapshots(service, caller, args),
      changedBlocks: (_, { input }, { caller }) => changedBlocks(service, caller, input),
      deleteSnapshotsPreview: (_, { input }, { caller }) => previewDeletion(service, caller, input),
    },
    Mutation: {
      createSnapshot: async (_, { input }, { caller }) => ({ snapshot: await createSnapshot(service, caller, input) }),
      updateSnapshot: async (_, { input }, { caller }) => ({ snapshot: await updateSnapshot(service, caller, input) }),
      pinSnapshot: async (_, { input }, { caller }) => ({
        snapshot: await pinSnapshot(service, caller, input.snapshotId),
      }),
      unpinSnapshot: async (_, { input }, { caller }) => ({
        snapshot: await unpinSnapshot(service, caller, input.snapshotId),
      }),
      setSnapshotRetention: async (_, { input }, { caller }) => ({
        snapshot: await setSnapshotRetention(service, caller, input),
      }),
      deleteSnapshots: async (_, { input }, { caller }) => ({ results: await deleteSnapshots(service, caller, input) }),
    },
    Snapshot: snapshotFields(service),
    SnapshotSource: {
      id: ({ diskId }) => diskId,
      kind: ({ diskKind }) => diskKind,
      encrypted: ({ keyId }) => keyId !== undefined,
      disk: async ({ accountId, diskId }, _, { rows }) =>
        (await rows.load(diskEntity, { accountId, id: diskId })) ?? null,
    },
  };
}

/** Of a copy that is under way, what is there by now is nobody's. */
async function contentsOf(rows: RowLoader, { accountId, id, status }: SnapshotRow): Promise<NodeRow | undefined> {
  return status === 'ACCOMPLISHED' ? rows.load(nodeEntity, { accountId, id }) : undefined;
}

/** All of it is there only once it is ACCOMPLISHED. */
function percentOf(copy: CopyRow | undefined): number {
  if (copy?.totalBlocks === undefined) return 0;
  return Math.min(99, Math.floor((copy.doneBlocks / Math.max(1, copy.totalBlocks)) * 100));
}

const snapshotFields = ({ clock }: Service): SnapshotResolvers<RequestContext> => ({
  sourceDisk: (snapshot) => snapshot,
  consistency: ({ consistency }) => consistency ?? 'COMMITTED',
  progressPercent: async ({ accountId, id, status, copiedFromId }, _, { rows }) => {
    if (status === 'ACCOMPLISHED') return 100;
    return copiedFromId === undefined ? 0 : percentOf(await rows.load(copyEntity, { accountId, id }));
  },
  usage: (snapshot) => usageOf(snapshot),
  keptInUse: (snapshot) => isKeptInUse(snapshot, isoTime(clock.now())),
  // One in progress will stand where the disk does now; a copy stands in its place from the start.
  type: async ({ accountId, id, status, diskId, copiedFromId }, _, { rows }) => {
    const isToCome = status === 'PROGRESSING' && copiedFromId === undefined;
    return typeOfSnapshot(rows, await rows.load(nodeEntity, { accountId, id: isToCome ? diskId : id }));
  },
  sizes: async (snapshot, _, { rows }) => sizesOf(rows, await contentsOf(rows, snapshot)),
  root: async (snapshot, _, { rows }) => (await contentsOf(rows, snapshot))?.root ?? 'empty',
  unreadable: ({ unreadable }) => readUnreadable(unreadable),
  encrypted: ({ keyId }) => keyId !== undefined,
  encryption: async ({ domainId, keyId }, _, { rows }) =>
    keyId === undefined
      ? null
      : { keyId, wrappedKey: (await rows.load(domainEntity, { id: domainId }))?.wrappedKey ?? null },
});
