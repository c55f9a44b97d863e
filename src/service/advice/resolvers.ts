import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import { PURPOSES } from '../model/advice/purposes.ts';
import type { Service } from '../service.ts';
import { diskAdvice } from './disk-advice.ts';
import { listForgotten } from './forgotten.ts';
import { listAdvice, listUnprotected } from './lists.ts';

export function adviceResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      purposes: () => PURPOSES,
      diskAdvice: (_, args, { caller }) => diskAdvice(service, caller, args),
      advice: (_, args, { caller }) => listAdvice(service, caller, args),
      unprotectedDisks: (_, args, { caller }) => listUnprotected(service, caller, args),
      forgottenSnapshots: (_, args, { caller }) => listForgotten(service, caller, args),
    },
  };
}
