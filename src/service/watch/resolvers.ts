import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import type { Service } from '../service.ts';
import { listBreaches, listTagObjectives } from './list.ts';
import { overviewOf } from './overview.ts';
import { protectionOf } from './protection.ts';
import { setRecoveryPointObjective } from './set-objective.ts';

export function watchResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      breaches: (_, args, { caller }) => listBreaches(service, caller, args),
      overview: (_, { region }, { caller }) => overviewOf(service, caller, region),
      tagObjectives: (_, args, { caller }) => listTagObjectives(service, caller, args),
    },
    Mutation: {
      setRecoveryPointObjective: (_, { input }, { caller }) => setRecoveryPointObjective(service, caller, input),
    },
    Disk: { protection: (disk, _, { rows }) => protectionOf(service, rows, disk) },
  };
}
