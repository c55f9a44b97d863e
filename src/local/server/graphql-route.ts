import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { HttpEvent, HttpHandler } from '../../service/api/http-event.ts';
import { MAX_BODY_BYTES } from '../../service/api/http-request.ts';
import type { Route } from './http-server.ts';

/** The API and its sessions, as the gateway of AWS would call them. */
export function graphqlRoute(handle: HttpHandler): Route {
  return async (request, response) => {
    const { body, isWhole } = await bodyOf(request);
    const { statusCode, headers, cookies = [], body: answer } = await handle(eventOf(request, body));
    response.writeHead(statusCode, {
      ...headers,
      ...(cookies.length > 0 && { 'set-cookie': [...cookies] }),
      'content-length': Buffer.byteLength(answer),
      ...(isWhole ? {} : { connection: 'close' }),
    });
    response.end(answer);
  };
}

function eventOf(request: IncomingMessage, body: string): HttpEvent {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(',') : value,
  ]);
  return {
    headers: Object.fromEntries(headers) as HttpEvent['headers'],
    rawPath: pathname,
    rawQueryString: search.slice(1),
    body,
    isBase64Encoded: false,
    requestContext: {
      requestId: randomUUID(),
      http: { method: request.method ?? 'GET', sourceIp: request.socket.remoteAddress },
    },
  };
}

/** As much as the API takes and one byte more: it refuses that itself. */
async function bodyOf(request: IncomingMessage): Promise<{ readonly body: string; readonly isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_BODY_BYTES) break;
  }
  const body = Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES + 1);
  return { body: body.toString('utf8'), isWhole: length <= MAX_BODY_BYTES };
}
