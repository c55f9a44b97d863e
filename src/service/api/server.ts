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
import type { MediaType } from './accept.ts';
import { formatError, isFault } from './errors.ts';
import { requireAffordable } from './limits.ts';
import { createResolvers } from './resolvers.ts';
import { completeVariables } from './variables.ts';

export interface ApiContext extends RequestContext {
  readonly requestId: string;
  readonly mediaType: MediaType;
}

const MAX_TOKENS = 5000; // of one query's text

/**
 * A page of another origin sends none of these without the browser asking this service first
 * (CORS). `authorization` is among them: some clients send GET requests without a content type, as
 * urql does, and no request gets this far without it.
 */
const CSRF_HEADERS = ['authorization', 'x-apollo-operation-name', 'apollo-require-preflight'];

export function createServer(service: Service, log: Log): ApolloServer<ApiContext> {
  return new ApolloServer<ApiContext>({
    typeDefs: sdl,
    resolvers: createResolvers(service) as IResolvers<unknown, ApiContext>,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    csrfPrevention: { requestHeaders: CSRF_HEADERS },
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
          if (operation.operation === 'subscription') {
            throw new VarveError('UnsupportedOperation', 'There are no subscriptions: ask again now and then.');
          }
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
      willSendResponse: async (context) => {
        nameRequest(context);
        settleStatus(context);
      },
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

/**
 * GraphQL over HTTP: as `application/json`, every request that is well formed is answered with
 * status 200, whatever became of it. As `application/graphql-response+json`, one that could not be
 * executed is answered with 400.
 */
function settleStatus({ source, response: { http }, contextValue }: GraphQLRequestContext<ApiContext>): void {
  if (contextValue.mediaType === 'application/json' && source !== undefined && http.status === 400) http.status = 200;
}

/** The request id finds the request in the logs. */
function nameRequest({ response, contextValue: { requestId } }: GraphQLRequestContext<ApiContext>): void {
  response.http.headers.set('x-request-id', requestId);
  if (response.body?.kind !== 'single') return;
  const result = response.body.singleResult;
  const errors = result.errors?.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }));
  if (errors !== undefined) response.body = { kind: 'single', singleResult: { ...result, errors } };
}
