import { randomUUID } from 'node:crypto';
import type { ApolloServer } from '@apollo/server';
import { impossible, VarveError } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import { authenticate } from '../accounts/credentials.ts';
import { createRowLoader } from '../calls/row-loader.ts';
import type { Service } from '../service.ts';
import { chooseMediaType } from './accept.ts';
import { type HttpEvent, type HttpHandler, type HttpResult, headerOf } from './http-event.ts';
import { answerOutside, BadRequest } from './http-refusal.ts';
import { parseEvent, requireForm } from './http-request.ts';
import { type ApiContext, createServer } from './server.ts';

export function createHandler(service: Service, log: Log): HttpHandler {
  const server = createServer(service, log);
  const started = server.start();
  return async (event) => {
    const requestId = requestIdOf(event);
    const mediaType = chooseMediaType(headerOf(event, 'accept'));
    try {
      await started;
      requireForm(event, mediaType);
      const caller = await authenticate(service, headerOf(event, 'authorization'));
      const rows = createRowLoader(service.catalogue);
      return await execute(server, event, { caller, rows, requestId, mediaType });
    } catch (error) {
      return answerOutside(asRefusal(error, requestId, log), requestId, mediaType ?? 'application/json');
    }
  };
}

function asRefusal(error: unknown, requestId: string, log: Log): VarveError | BadRequest {
  if (error instanceof VarveError || error instanceof BadRequest) return error;
  log.error('request failed', { requestId, error });
  return new VarveError('Internal', 'unexpected', {}, error);
}

/** What serverless-offline gives every request for an id. */
const OFFLINE_REQUEST_ID = 'offlineContext_resourceId';

/** An id that only this request has, so that it finds the request in the logs. */
function requestIdOf({ requestContext: { requestId } }: HttpEvent): string {
  return requestId === undefined || requestId === OFFLINE_REQUEST_ID ? randomUUID() : requestId;
}

async function execute(
  server: ApolloServer<ApiContext>,
  event: HttpEvent,
  contextValue: ApiContext,
): Promise<HttpResult> {
  const { status, headers, body } = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: parseEvent(event, contextValue.mediaType),
    context: async () => contextValue,
  });
  if (body.kind !== 'complete') throw impossible('an answer in parts, though nothing here is deferred');
  return {
    statusCode: status ?? 200,
    headers: {
      ...Object.fromEntries(headers),
      'content-type': `${contextValue.mediaType}; charset=utf-8`,
      'x-request-id': contextValue.requestId,
    },
    body: body.string,
  };
}
