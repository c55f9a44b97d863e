import { MAX_PLACES } from '../../engine/books/rows.ts';
import type { Resolvers } from '../../generated/resolvers.ts';
import { isoTime } from '../../platform/clock.ts';
import type { RequestContext } from '../calls/context.ts';
import { parseWhole } from '../calls/numbers.ts';
import type { Service } from '../service.ts';
import { listDamages } from './damages.ts';
import { cancelScrub, findScrub, listScrubs, startScrub } from './start.ts';

export function scrubResolvers(service: Service): Resolvers<RequestContext> {
  return {
    Query: {
      scrub: (_, { id }, { caller }) => findScrub(service, caller, id),
      scrubs: (_, args, { caller }) => listScrubs(service, caller, args),
      damagedObjects: (_, args, { caller }) => listDamages(service, caller, args),
    },
    Mutation: {
      startScrub: async (_, { input }, { caller }) => ({ scrub: await startScrub(service, caller, input) }),
      cancelScrub: async (_, { input }, { caller }) => ({ scrub: await cancelScrub(service, caller, input.scrubId) }),
    },
    Scrub: { phase: ({ status, phase }) => (status === 'RUNNING' ? phase : null) },
    DamagedObject: {
      foundAt: ({ foundAt }) => isoTime(foundAt),
      healedAt: ({ healedAt }) => (healedAt === undefined ? null : isoTime(healedAt)),
      places: ({ places }, { first }) => {
        const count = parseWhole('first', first, { min: 1, max: MAX_PLACES });
        return places.slice(0, count).map(({ nodeId, offsetBytes }) => ({ id: nodeId, offsetBytes }));
      },
    },
  };
}
