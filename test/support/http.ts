import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { HttpEvent, HttpHandler } from '../../src/service/api/http-event.ts';
import type { SignedRequest } from './memory-objects.ts';

export interface HttpServer {
  /** Where GraphQL is. */
  readonly url: string;
  close(): Promise<void>;
}

/** The handler behind a real HTTP server, as API Gateway would call it. */
export async function startHttp(handle: HttpHandler): Promise<HttpServer> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { statusCode, headers, body } = await handle(await eventOf(request));
    response.writeHead(statusCode, headers).end(body);
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What a holder of a signed URL does with it. */
export const fetchSigned: SignedRequest = async (method, url, { headers = {}, body } = {}) => {
  const answer = await fetch(url, { method, headers, ...(body ? { body: new Uint8Array(body) } : {}) });
  return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
};

async function eventOf(request: IncomingMessage): Promise<HttpEvent> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(',') : value,
  ]);
  return {
    headers: Object.fromEntries(headers) as HttpEvent['headers'],
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    body: (await buffer(request)).toString('utf8'),
    isBase64Encoded: false,
    requestContext: {
      requestId: randomUUID(),
      http: { method: request.method ?? 'GET', sourceIp: request.socket.remoteAddress },
    },
  };
}
