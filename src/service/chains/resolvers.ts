import type { ChainResolvers, Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import { findChain } from '../model/chains/find.ts';
import type { ChainRow } from '../model/chains/rows.ts';
import { diskEntity } from '../model/disks/rows.ts';
import { getQuota } from '../quotas/quotas.ts';
import type { Service } from '../service.ts';
import { visibleAncestor } from './ancestry.ts';
import { capacityOfChain, listChains, listMembers, trashOfChain } from './chains.ts';
import { damagesOfChain } from './damages.ts';
import { sizesOf } from './sizes.ts';

export function chainResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      chain: (_, { id }, { caller }) => findChain(service.catalogue, caller, id),
      chains: (_, args, { caller }) => listChains(service, caller, args),
    },
    Chain: chainFields(service),
    ChainTrash: {
      count: ({ trashCount = 0 }) => trashCount,
      capacity: (chain) => trashOfChain(service.catalogue, chain),
    },
    ChainNode: {
      parentId: async ({ node }, _, { rows }) => (await visibleAncestor(rows, node))?.id ?? null,
      sizes: ({ node }, _, { rows }) => sizesOf(rows, node),
    },
  };
}

/** One in progress is counted, and is no node yet. */
function nodeCount({ manualCount, autoCount, inProgressId, withoutNode = 0 }: ChainRow): number {
  return manualCount + autoCount - withoutNode - (inProgressId === undefined ? 0 : 1);
}

function chainFields(service: Service): ChainResolvers<RequestContext> {
  const { catalogue } = service;
  return {
    disk: async ({ accountId, id }, _, { rows }) => (await rows.load(diskEntity, { accountId, id })) ?? null,
    nodes: async (chain, args) => ({
      ...(await listMembers(catalogue, chain, args)),
      totalCount: nodeCount(chain),
    }),
    capacity: (chain) => capacityOfChain(catalogue, chain),
    trash: (chain) => chain,
    damagedObjects: (chain) => damagesOfChain(catalogue, chain),
    snapshotCount: ({ manualCount, autoCount }) => manualCount + autoCount,
    manualQuota: (chain) => getQuota(service, { ...chain, kind: 'MANUAL_SNAPSHOTS_PER_DISK' }, chain),
    autoQuota: (chain) => getQuota(service, { ...chain, kind: 'AUTO_SNAPSHOTS_PER_DISK' }, chain),
  };
}
