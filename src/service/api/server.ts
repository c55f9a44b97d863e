import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError } from 'graphql';
import { VarveError } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import { readOnly } from '../../platform/read-only.ts';
import type { Service } from '../service.ts';
import type { MediaType } from './accept.ts';
import type { ApiLimits } from './api-limits.ts';
import { type CountedContext, countedField } from './counted-fields.ts';
import { describeRefusal, formatError, isFault } from './errors.ts';
import { requireAffordable } from './limits.ts';
import { errorOf, operationOf, type RequestRecord } from './request-record.ts';
import { createResolvers } from './resolvers.ts';
import { createSchema } from './schema.ts';
import { completeVariables } from './variables.ts';

export interface ApiContext extends CountedContext {
  readonly requestId: string;
  readonly mediaType: MediaType;
  readonly record: RequestRecord;
  /** Waits until this request may be one that reads much. */
  readonly beHeavy: () => Promise<void>;
}

/**
 * Of one query's text. Validation compares fields with fields, so its time grows with the square:
 * 0.15 s at most. The introspection query of the usual tools has about 500, the longest of the
 * CLI 200.
 */
const MAX_TOKENS = 1500;

/**
 * A page of another origin sends none of these without the browser asking this service first
 * (CORS). `authorization` is among them: some clients send GET requests without a content type, as
 * urql does, and no request gets this far without it.
 */
const CSRF_HEADERS = ['authorization', 'x-apollo-operation-name', 'apollo-require-preflight'];

export function createServer(service: Service, log: Log, limits: ApiLimits): ApolloServer<ApiContext> {
  return new ApolloServer<ApiContext>({
    schema: createSchema(createResolvers(service)),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    csrfPrevention: { requestHeaders: CSRF_HEADERS },
    stopOnTerminationSignals: false,
    parseOptions: { maxLexicalTokens: MAX_TOKENS },
    fieldResolver: countedField,
    formatError,
    plugins: [
      guardPlugin(service, log, limits),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
    ],
    logger: log,
  });
}

function guardPlugin({ whyReadOnly }: Service, log: Log, limits: ApiLimits): ApolloServerPlugin<ApiContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request, schema, contextValue }) => {
        if (operation === undefined) return; // the server itself says which operations there are
        contextValue.record.operation = operationOf(operation, schema);
        const estimate = badRequest(() => {
          if (operation.operation === 'subscription') {
            throw new VarveError('UnsupportedOperation', 'There are no subscriptions: ask again now and then.');
          }
          const variables = completeVariables(schema, operation, request.variables ?? {});
          return requireAffordable({ schema, document, operation, variables }, limits.query);
        });
        const why = whyReadOnly?.();
        if (operation.operation === 'mutation' && why !== undefined) throw withStatus(readOnly(why), 400);
        // What a mutation did is answered, whatever that costs.
        if (operation.operation !== 'query') return;
        contextValue.budget.limit(limits.budget);
        if (estimate.units + estimate.work > limits.heavyUnits) await contextValue.beHeavy().catch(tooBusy);
      },
      didEncounterErrors: async ({ errors, contextValue: { requestId, budget }, operationName }) => {
        if (budget.over !== undefined) return; // fields that were given up are no faults
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
        giveUp(context);
        nameRequest(context);
        settleStatus(context);
        noteError(context);
      },
    }),
  };
}

/** A refusal before anything was executed is answered with status 400. */
function badRequest<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw withStatus(error, 400);
  }
}

function tooBusy(error: unknown): never {
  throw withStatus(error, 503);
}

function withStatus(error: unknown, status: number): unknown {
  if (!(error instanceof VarveError)) return error;
  return new GraphQLError(error.message, { originalError: error, extensions: { http: { status } } });
}

/** A query whose budget is spent is answered with that alone: the rest of its answer has holes. */
function giveUp({ response, contextValue: { budget } }: GraphQLRequestContext<ApiContext>): void {
  if (budget.over === undefined) return;
  response.body = { kind: 'single', singleResult: { errors: [describeRefusal(budget.over)] } };
  response.http.status = 400;
}

/**
 * GraphQL over HTTP: as `application/json`, every request that is well formed is answered with
 * status 200, whatever became of it. As `application/graphql-response+json`, one that could not be
 * executed is answered with 400.
 */
function settleStatus({ source, response: { http }, contextValue }: GraphQLRequestContext<ApiContext>): void {
  if (contextValue.mediaType === 'application/json' && source !== undefined && http.status === 400) http.status = 200;
}

function noteError({ response, contextValue: { record } }: GraphQLRequestContext<ApiContext>): void {
  const [first] = (response.body?.kind === 'single' ? response.body.singleResult.errors : undefined) ?? [];
  if (first !== undefined) record.error = errorOf(first.extensions);
}

/** The request id finds the request in the logs. */
function nameRequest({ response, contextValue: { requestId } }: GraphQLRequestContext<ApiContext>): void {
  response.http.headers.set('x-request-id', requestId);
  if (response.body?.kind !== 'single') return;
  const result = response.body.singleResult;
  const errors = result.errors?.map((error) => ({ ...error, extensions: { ...error.extensions, requestId } }));
  if (errors !== undefined) response.body = { kind: 'single', singleResult: { ...result, errors } };
}
