import type { Resolvers } from '../../generated/resolvers.ts';
import type { RequestContext } from '../calls/context.ts';
import type { Service } from '../service.ts';
import { listEvents } from './list.ts';

export function eventResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: { events: (_, args, { caller }) => listEvents(service, caller, args) },
    Event: {
      region: ({ region }) => region ?? null,
      subject: ({ subjectKind: kind, subjectId: id }) => ({ kind, id }),
      data: ({ data }) => JSON.stringify(data),
    },
  };
}
