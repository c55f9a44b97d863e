import { accountResolvers } from '../accounts/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import { capacityResolvers } from '../capacity/resolvers.ts';
import { chainResolvers } from '../chains/resolvers.ts';
import { datapathResolvers } from '../datapath/resolvers.ts';
import { diskResolvers } from '../disks/resolvers.ts';
import type { Resolvers } from '../generated/resolvers.ts';
import { imageResolvers } from '../images/resolvers.ts';
import { instanceResolvers } from '../instances/resolvers.ts';
import { jobResolvers } from '../jobs/resolvers.ts';
import { leaseResolvers } from '../leases/resolvers.ts';
import { policyResolvers } from '../policies/resolvers.ts';
import { quotaResolvers } from '../quotas/resolvers.ts';
import { reclaimResolvers } from '../reclaim/resolvers.ts';
import type { Service } from '../regions/service.ts';
import { scrubResolvers } from '../scrubs/resolvers.ts';
import { snapshotResolvers } from '../snapshots/resolvers.ts';
import { nodeResolvers } from './node-resolvers.ts';
import { guard } from './permissions.ts';
import { DateTime, SafeInt } from './scalars.ts';

export function createResolvers(service: Service): Resolvers<RequestContext> {
  const nouns = [
    nodeResolvers(service),
    accountResolvers(service),
    diskResolvers(service),
    instanceResolvers(service),
    imageResolvers(service),
    snapshotResolvers(service),
    policyResolvers(service),
    chainResolvers(service),
    quotaResolvers(service),
    jobResolvers(service),
    datapathResolvers(service),
    leaseResolvers(service),
    scrubResolvers(service),
    reclaimResolvers(service),
    capacityResolvers(service),
  ];
  return guard({
    ...merged<Resolvers<RequestContext>>(nouns),
    Query: merged(nouns.map(({ Query = {} }) => Query)),
    Mutation: merged(nouns.map(({ Mutation = {} }) => Mutation)),
    SafeInt,
    DateTime,
  });
}

function merged<T extends object>(parts: readonly T[]): T {
  return Object.assign({}, ...parts) as T;
}
