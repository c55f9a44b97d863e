import { nodeEntity } from '../../engine/books/rows.ts';
import type { DiskOriginResolvers, DiskResolvers, Resolvers } from '../../generated/resolvers.ts';
import { isoTime } from '../../platform/clock.ts';
import type { RequestContext } from '../calls/context.ts';
import { parseWhole } from '../calls/numbers.ts';
import { MAX_PAGE } from '../calls/page.ts';
import { sizesOf } from '../chains/sizes.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { findDisk } from '../model/disks/find.ts';
import { domainEntity } from '../model/disks/rows.ts';
import { attachedTo, statusOf } from '../model/disks/rules.ts';
import { readUnreadable } from '../model/disks/unreadable.ts';
import { instanceEntity } from '../model/instances/rows.ts';
import { leaseEntity } from '../model/leases/rows.ts';
import { isAlive } from '../model/leases/rules.ts';
import { policyEntity } from '../model/policies/rows.ts';
import { snapshotEntity } from '../model/snapshots/rows.ts';
import type { Service } from '../service.ts';
import { attachDisk, detachDisk } from './attach.ts';
import { resizeDisk, updateDisk } from './change.ts';
import { createDisk } from './create.ts';
import { listDisks } from './list.ts';
import { measureLoss } from './loss.ts';
import { previewReinitialization, previewRelease, previewRollback } from './previews.ts';
import { completeReencryption, describeReencryption } from './reencryption.ts';
import { reinitializeDisk } from './reinitialize.ts';
import { releaseDisk } from './release.ts';
import { rollbackDisk } from './rollback.ts';

export function diskResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      disk: (_, { id }, { caller }) => findDisk(service.catalogue, caller, id),
      disks: (_, args, { caller }) => listDisks(service, caller, args),
      rollbackPreview: (_, { input }, { caller }) => previewRollback(service, caller, input),
      reinitializePreview: (_, { input }, { caller }) => previewReinitialization(service, caller, input),
      releasePreview: (_, { input }, { caller }) => previewRelease(service, caller, input),
    },
    Mutation: {
      createDisk: async (_, { input }, { caller }) => ({ disk: await createDisk(service, caller, input) }),
      updateDisk: async (_, { input }, { caller }) => ({ disk: await updateDisk(service, caller, input) }),
      resizeDisk: async (_, { input }, { caller }) => ({ disk: await resizeDisk(service, caller, input) }),
      rollbackDisk: (_, { input }, { caller }) => rollbackDisk(service, caller, input),
      completeReencryption: async (_, { input }, { caller }) => ({
        disk: await completeReencryption(service, caller, input.diskId),
      }),
      attachDisk: async (_, { input }, { caller }) => ({ disk: await attachDisk(service, caller, input) }),
      detachDisk: async (_, { input }, { caller }) => ({ disk: await detachDisk(service, caller, input) }),
      reinitializeDisk: (_, { input }, { caller }) => reinitializeDisk(service, caller, input),
      releaseDisk: (_, { input }, { caller }) => releaseDisk(service, caller, input),
    },
    Disk: diskFields(service),
    UnreadableRanges: {
      ranges: ({ ranges }, { first }) => ranges.slice(0, parseWhole('first', first, { min: 1, max: MAX_PAGE })),
    },
    DiskOrigin: originFields,
    RollbackDiskPayload: { loss: ({ lost }) => measureLoss(service.contents, lost) },
  };
}

const originFields: DiskOriginResolvers<RequestContext> = {
  kind: ({ originSnapshotId, originImageId }) =>
    originSnapshotId !== undefined ? 'SNAPSHOT' : originImageId !== undefined ? 'IMAGE' : 'NONE',
  snapshotId: ({ originSnapshotId }) => originSnapshotId ?? null,
  imageId: ({ originSnapshotId, originImageId }) => (originSnapshotId === undefined ? (originImageId ?? null) : null),
  snapshot: async ({ accountId, originSnapshotId: id }, _, { rows }) =>
    id === undefined ? null : ((await rows.load(snapshotEntity, { accountId, id })) ?? null),
};

function diskFields(service: Service): DiskResolvers<RequestContext> {
  return {
    status: (disk) => statusOf(disk, isoTime(service.clock.now())),
    encrypted: ({ keyId }) => keyId !== undefined,
    encryption: async ({ domainId, keyId }, _, { rows }) =>
      keyId === undefined
        ? null
        : { keyId, wrappedKey: (await rows.load(domainEntity, { id: domainId }))?.wrappedKey ?? null },
    instances: async (disk, _, { rows }) => {
      const { accountId } = disk;
      const found = await Promise.all(attachedTo(disk).map((id) => rows.load(instanceEntity, { accountId, id })));
      return found.filter((instance) => instance !== undefined);
    },
    origin: (disk) => disk,
    version: async ({ accountId, id }, _, { rows }) => (await rows.load(nodeEntity, { accountId, id }))?.version ?? 0,
    root: async ({ accountId, id }, _, { rows }) => (await rows.load(nodeEntity, { accountId, id }))?.root ?? 'empty',
    sizes: async ({ accountId, id }, _, { rows }) => sizesOf(rows, await rows.load(nodeEntity, { accountId, id })),
    reencryption: (disk) => describeReencryption(service, disk),
    policy: async ({ accountId, policyId }, _, { rows }) =>
      policyId === undefined ? null : ((await rows.load(policyEntity, { accountId, id: policyId })) ?? null),
    lease: async ({ accountId, id: diskId }, _, { rows }) => {
      const lease = await rows.load(leaseEntity, { accountId, diskId });
      return lease !== undefined && isAlive(lease, isoTime(service.clock.now())) ? lease : null;
    },
    unreadable: ({ unreadable }) => readUnreadable(unreadable),
    chain: async ({ accountId, id }, _, { rows }) => (await rows.load(chainEntity, { accountId, id })) ?? null,
  };
}
