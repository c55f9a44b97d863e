import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { IResolvers } from '@graphql-tools/utils';
import { GraphQLError } from 'graphql';
import { sdl } from '../../generated/sdl.ts';
import { VarveError } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import type { RequestContext } from '../calls/context.ts';
import type { Service } from '../service.ts';
import { formatError, isFault } from './errors.ts';
import { requireAffordable } from './limits.ts';
import { createResolvers } from './resolvers.ts';
import { completeVariables } from './variables.ts';

export interface ApiContext extends RequestContext {
  readonly requestId: string;
}

const MAX_TOKENS = 5000; // of one query's text

export function createServer(service: Service, log: Log): ApolloServer<ApiContext> {
  return new ApolloServer<ApiContext>({
    typeDefs: sdl,
    resolvers: createResolvers(service) as IResolvers<unknown, ApiContext>,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxLexicalTokens: MAX_TOKENS },
    formatError,
    plugins: [guardPlugin(log), ApolloServerPluginLandingPageDisabled(), ApolloServerPluginCacheControlDisabled()],
    logger: log,
  });
}

function guardPlugin(log: Log): ApolloServerPlugin<ApiContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request, schema }) => {
        if (operation === undefined) return; // the server itself says which operations there are
        badRequest(() => {
          const variables = completeVariables(schema, operation, request.variables ?? {});
          requireAffordable({ schema, document, operation, variables });
        });
      },
      didEncounterErrors: async ({ errors, contextValue: { requestId }, operationName }) => {
        for (const error of errors.filter(isFault)) {
          log.error('request failed', {
            requestId,
            operationName,
            path: error.path,
            error: error.originalError ?? error,
          });
        }
      },
      willSendResponse: async (context) => nameRequest(context),
    }),
  };
}

/** A refusal before anything was executed is answered with status 400. */
function badRequest(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof VarveError)) throw error;
    throw new GraphQLError(error.message, { originalError: error, extensions: { http: { status: 400 } } });
  }
}

/** The request id finds the request in the logs. */
function nameRequest({ response, contextValue: { requestId } }: GraphQLRequestContext<ApiContext>): void {
  response.http.headers.set('x-request-id', requestId);
  if (response.body?.kind !== 'single') return;
  const result = response.body.singleResult;
  const errors = result.errors?.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }));
  if (errors !== undefined) response.body = { kind: 'single', singleResult: { ...result, errors } };
}
