import { nodeEntity } from '../../engine/books/rows.ts';
import type { Resolvers, TrashItemResolvers } from '../../generated/resolvers.ts';
import { isoTime } from '../../platform/clock.ts';
import { setTrashRetention } from '../accounts/trash-hours.ts';
import type { RequestContext } from '../calls/context.ts';
import { sizesOf } from '../chains/sizes.ts';
import { findTrashed } from '../model/trash/find.ts';
import { keptRow } from '../model/trash/rows.ts';
import type { Service } from '../service.ts';
import { purgeBatch, restoreBatch } from './batch.ts';
import { listTrash } from './list.ts';

export function trashResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      trash: (_, args, { caller }) => listTrash(service, caller, args),
      trashItem: (_, { id }, { caller }) => findTrashed(service.catalogue, caller, id),
    },
    Mutation: {
      setTrashRetention: async (_, { input }, { caller }) => ({
        account: await setTrashRetention(service, caller, input.hours),
      }),
      restoreTrash: async (_, { input }, { caller }) => ({ results: await restoreBatch(service, caller, input.ids) }),
      purgeTrash: async (_, { input }, { caller }) => ({ results: await purgeBatch(service, caller, input.ids) }),
    },
    TrashItem: itemFields(service),
  };
}

const itemFields = ({ reclaimGraceMs }: Service): TrashItemResolvers<RequestContext> => ({
  diskId: ({ kind, chainId }) => (kind === 'IMAGE' ? null : chainId),
  freeFrom: ({ restorableUntil }) => isoTime(Date.parse(restorableUntil) + reclaimGraceMs),
  withDiskId: ({ withDiskId }) => withDiskId ?? null,
  snapshotCount: ({ snapshotIds }) => snapshotIds?.length ?? 0,
  sizeBytes: (row) => keptRow(row).sizeBytes,
  tags: (row) => [...keptRow(row).tags],
  sizes: async ({ accountId, id }, _, { rows }) => sizesOf(rows, await rows.load(nodeEntity, { accountId, id })),
});
