import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import type { Service } from '../service.ts';
import { capacityHistory, capacityNow } from './capacity.ts';

export function capacityResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      capacity: (_, { region }, { caller }) => capacityNow(service, caller, region),
      capacityHistory: (_, args, { caller }) => capacityHistory(service, caller, args),
    },
  };
}
