import { randomUUID } from 'node:crypto';
import { type ApolloServer, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { impossible, invalid, VarveError } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import { authenticate } from '../accounts/credentials.ts';
import { createRowLoader } from '../calls/row-loader.ts';
import type { Service } from '../service.ts';
import { describeRefusal } from './errors.ts';
import { type ApiContext, createServer } from './server.ts';

/** The part of an API Gateway event (payload 2.0) that is used. */
export interface HttpEvent {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawPath: string;
  readonly rawQueryString: string;
  /** None is absent on AWS, and null in the emulation of it. */
  readonly body?: string | null | undefined;
  readonly isBase64Encoded: boolean;
  readonly requestContext: { readonly requestId?: string | undefined; readonly http: { readonly method: string } };
}

export interface HttpResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type HttpHandler = (event: HttpEvent) => Promise<HttpResult>;

/** A commit of 1024 blocks takes about 100 kB, a prepare about 300 kB. */
export const MAX_BODY_BYTES = 1024 * 1024;

const STATUS: Partial<Record<string, number>> = {
  Unauthenticated: 401,
  InvalidParameter: 400,
  QueryTooComplex: 413,
  Throttled: 503,
};

export function createHandler(service: Service, log: Log): HttpHandler {
  const server = createServer(service, log);
  const started = server.start();
  return async (event) => {
    const requestId = requestIdOf(event);
    try {
      await started;
      requireSmallBody(event);
      const caller = await authenticate(service, headerOf(event, 'authorization'));
      return await execute(server, event, { caller, rows: createRowLoader(service.catalogue), requestId });
    } catch (error) {
      if (!(error instanceof VarveError)) log.error('request failed', { requestId, error });
      return errorResult(
        error instanceof VarveError ? error : new VarveError('Internal', 'unexpected', {}, error),
        requestId,
      );
    }
  };
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
    httpGraphQLRequest: parseEvent(event),
    context: async () => contextValue,
  });
  if (body.kind !== 'complete') throw impossible('an answer in parts, though nothing here is deferred');
  return { statusCode: status ?? 200, headers: Object.fromEntries(headers), body: body.string };
}

function parseEvent({
  headers,
  rawQueryString: search,
  requestContext: {
    http: { method },
  },
  body,
  isBase64Encoded,
}: HttpEvent): HTTPGraphQLRequest {
  const map = new HeaderMap(Object.entries(headers).map(([name, value]) => [name, value ?? '']));
  const text = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString('utf8');
  return { method, headers: map, search, body: method === 'POST' ? parseBody(text) : '' };
}

function parseBody(text: string): object {
  if (text === '') throw invalid('body', 'is missing');
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('body', 'is no JSON object');
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('body', 'is not JSON');
  }
}

function requireSmallBody({ body }: HttpEvent): void {
  if ((body?.length ?? 0) > MAX_BODY_BYTES)
    throw new VarveError('QueryTooComplex', `A request has at most ${MAX_BODY_BYTES} bytes.`);
}

function headerOf({ headers }: HttpEvent, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
}

/** An answer for a request that did not reach the GraphQL server, in the form of its answers. */
function errorResult(error: VarveError, requestId: string): HttpResult {
  const { message, extensions } = describeRefusal(error);
  return {
    statusCode: STATUS[error.code] ?? 500,
    headers: { 'content-type': 'application/json; charset=utf-8', 'x-request-id': requestId },
    body: JSON.stringify({ errors: [{ message, extensions: { ...extensions, requestId } }] }),
  };
}
