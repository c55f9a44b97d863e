import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpEvent, HttpHandler } from '../../service/api/http-event.ts';
import { MAX_BODY_BYTES } from '../../service/api/http-request.ts';
import type { Route } from './http-server.ts';
import { peerOf } from './peer.ts';

/** The API and its sessions, as the gateway of AWS would call them. */
export function graphqlRoute(handle: HttpHandler): Route {
  const peers: Peers = new WeakMap();
  return async (request, response) => {
    const { body, isWhole } = await bodyOf(request);
    const event = eventOf(request, body, peerIn(peers, request));
    const { statusCode, headers, cookies = [], body: answer } = await handle(event);
    response.writeHead(statusCode, {
      ...headers,
      ...(cookies.length > 0 && { 'set-cookie': [...cookies] }),
      'content-length': Buffer.byteLength(answer),
      ...(isWhole ? {} : { connection: 'close' }),
    });
    response.end(answer);
  };
}

function eventOf(request: IncomingMessage, body: string, peer: string | undefined): HttpEvent {
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
      http: { method: request.method ?? 'GET', sourceIp: request.socket.remoteAddress, peer },
    },
  };
}

/** Looked for once a connection, and only where sessions are at stake. */
type Peers = WeakMap<Socket, { readonly peer: string | undefined }>;

function peerIn(peers: Peers, { headers, url, socket }: IncomingMessage): string | undefined {
  if (headers.cookie === undefined && url?.startsWith('/console/') !== true) return undefined;
  const { peer } = peers.get(socket) ?? { peer: peerOf(socket) };
  peers.set(socket, { peer });
  return peer;
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
