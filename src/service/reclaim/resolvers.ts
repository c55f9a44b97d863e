import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import type { Service } from '../service.ts';
import { reclaimState } from './state.ts';

export function reclaimResolvers(service: Service): Resolvers<RequestContext> {
  return { Query: { reclaim: (_, { region }, { caller }) => reclaimState(service, caller, region) } };
}
