import type { Resolvers } from '../../generated/resolvers.ts';
import { VarveError } from '../../platform/errors.ts';
import type { RequestContext } from '../calls/context.ts';
import { type BucketLimits, createTokenBuckets } from '../calls/token-buckets.ts';
import type { Service } from '../service.ts';
import { createLink } from './links.ts';

/**
 * Of one key, for links and for sessions each: a person signs in some times a day. Rows stay for
 * days, so that a key cannot fill the catalogue.
 */
export const SIGN_INS: BucketLimits = { burst: 30, perSecond: 0.1 };

export function sessionResolvers(service: Service): Resolvers<RequestContext> {
  const links = createTokenBuckets(service.clock, SIGN_INS);
  return {
    Mutation: {
      createConsoleLink: async (_, { input }, { caller }) => {
        const retryAfterMs = links.take(caller.apiKeyId);
        if (retryAfterMs > 0)
          throw new VarveError('Throttled', 'Too many sign-in links of one key.', { limit: 'key', retryAfterMs });
        return createLink(service, caller, input.seconds);
      },
    },
  };
}
