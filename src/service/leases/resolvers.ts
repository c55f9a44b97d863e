import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import type { Service } from '../service.ts';
import { acquireLease } from './acquire.ts';
import { releaseLease } from './end.ts';
import { renewLease } from './renew.ts';

export function leaseResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Mutation: {
      acquireLease: (_, { input }, { caller }) => acquireLease(service, caller, input),
      renewLease: async (_, { input }, { caller }) => ({ lease: await renewLease(service, caller, input) }),
      releaseLease: async (_, { input }, { caller }) => ({ disk: await releaseLease(service, caller, input) }),
    },
    WriterLease: { renewAfterMs: () => service.leaseRenewAfterMs },
  };
}
