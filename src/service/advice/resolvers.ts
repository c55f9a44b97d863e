import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import { PURPOSES } from '../model/advice/purposes.ts';
import { gapsOf, worstLossHours } from '../model/advice/week.ts';
import { plannedRuns } from '../policies/next-runs.ts';
import type { Service } from '../service.ts';
import { diskAdvice } from './disk-advice.ts';
import { listForgotten } from './forgotten.ts';
import { listAdvice, listUnprotected } from './lists.ts';
import { forecastDisks, parsePlanned } from './policy-preview.ts';

export function adviceResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      purposes: () => PURPOSES,
      policyPreview: (_, { input }, { caller }) => parsePlanned(service, caller, input),
      diskAdvice: (_, args, { caller }) => diskAdvice(service, caller, args),
      advice: (_, args, { caller }) => listAdvice(service, caller, args),
      unprotectedDisks: (_, args, { caller }) => listUnprotected(service, caller, args),
      forgottenSnapshots: (_, args, { caller }) => listForgotten(service, caller, args),
    },
    PolicyPreview: {
      nextRuns: (plan, { first }) => plannedRuns(plan, service.clock.now(), first),
      runsPerWeek: (plan) => gapsOf(plan).length,
      worstLossHours: (plan) => worstLossHours(plan),
      disks: (plan, args, { caller }) => forecastDisks(service, caller, plan, args),
    },
  };
}
