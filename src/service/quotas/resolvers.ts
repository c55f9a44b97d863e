import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import type { Service } from '../service.ts';
import { listQuotas, setQuota } from './quotas.ts';

export function quotaResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: { quotas: (_, args, { caller }) => listQuotas(service, caller, args) },
    Mutation: { setQuota: async (_, { input }, { caller }) => ({ quota: await setQuota(service, caller, input) }) },
  };
}
