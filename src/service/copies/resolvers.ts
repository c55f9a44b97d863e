import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import type { Resolvers } from '../../generated/resolvers.ts';
import type { SnapshotCopy } from '../../generated/schema.ts';
import type { RequestContext } from '../calls/context.ts';
import { shownProblem } from '../calls/problems.ts';
import { type CopyRow, copyEntity } from '../model/copies/rows.ts';
import type { SnapshotRow } from '../model/snapshots/rows.ts';
import type { Service } from '../service.ts';
import { cancelCopy } from './cancel.ts';
import { copySnapshot } from './create.ts';

export function copyResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Mutation: {
      copySnapshot: async (_, { input }, { caller }) => ({ snapshot: await copySnapshot(service, caller, input) }),
      cancelCopy: async (_, { input: { snapshotId } }, { caller }) => ({
        snapshotId,
        cancelled: await cancelCopy(service, caller, snapshotId),
      }),
    },
    Snapshot: {
      copy: async (snapshot, _, { rows }) => {
        const { accountId, id } = snapshot;
        const origin = originOf(snapshot);
        return origin && { ...origin, ...progressOf(await rows.load(copyEntity, { accountId, id })) };
      },
    },
  };
}

type Origin = Pick<SnapshotCopy, 'sourceSnapshotId' | 'sourceDiskId' | 'sourceRegion'>;

function originOf({ copiedFromId, copiedFromDiskId, copiedFromRegion }: SnapshotRow): Origin | null {
  if (copiedFromId === undefined) return null;
  return {
    sourceSnapshotId: copiedFromId,
    sourceDiskId: copiedFromDiskId ?? '',
    sourceRegion: copiedFromRegion ?? '',
  };
}

function progressOf(copy: CopyRow | undefined): Omit<SnapshotCopy, keyof Origin> {
  if (copy === undefined)
    return { totalBytes: null, doneBytes: null, movedBlocks: null, movedBytes: null, problem: null };
  const { totalBlocks, doneBlocks, movedBlocks, movedBytes } = copy;
  return {
    totalBytes: totalBlocks === undefined ? null : totalBlocks * BLOCK_BYTES,
    doneBytes: doneBlocks * BLOCK_BYTES,
    movedBlocks,
    movedBytes,
    problem: shownProblem(copy),
  };
}
