import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import type { Service } from '../service.ts';
import { findJob, listJobs } from './jobs.ts';

export function jobResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      job: (_, { id }, { caller }) => findJob(service, caller, id),
      jobs: (_, args, { caller }) => listJobs(service, caller, args),
    },
  };
}
