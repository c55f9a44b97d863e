import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../../platform/log.ts';
import { HTTP_LIMITS } from '../http-limits.ts';
import { LOOPBACK } from '../ports.ts';
import { loopbackHosts, whyForeign } from './own-requests.ts';

/** Answers what begins with a path. Nobody foreign gets so far. */
export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** By the first segment of the path, such as `graphql`. */
export type Routes = Readonly<Record<string, Route>>;

export interface LocalHttpServer {
  readonly origin: string;
  /** Until then callers are asked to come again. */
  serve(routes: Routes): void;
  /** Takes no more connections, lets what is under way end, and cuts off what lasts too long. */
  stop(graceMs: number): Promise<void>;
}

const MOST_CONNECTIONS = 1_000;

/** On the loopback address. Port 0 is any that is free. */
export async function startHttpServer(port: number, log: Log): Promise<LocalHttpServer> {
  const server = createServer({ ...HTTP_LIMITS, noDelay: true });
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  const hosts = loopbackHosts(taken);
  let routes: Routes | undefined;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(routes, hosts, request, response).catch((error: unknown) => fail(error, log, request, response));
  });
  return {
    origin: `http://${LOOPBACK}:${taken}`,
    serve: (all) => {
      routes = all;
    },
    stop: (graceMs) => stop(server, graceMs),
  };
}

async function answer(
  routes: Routes | undefined,
  hosts: ReadonlySet<string>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const why = whyForeign(request.headers, hosts);
  if (why !== undefined) return refuse(response, 403, why);
  // In the words of the API, so that clients wait and come again.
  if (routes === undefined) return refuse(response, 503, 'Varve is starting.', STARTING);
  const [, segment = ''] = /^\/([^/?]*)/.exec(request.url ?? '') ?? [];
  const route = Object.hasOwn(routes, segment) ? routes[segment] : undefined;
  if (route === undefined) return refuse(response, 404, 'There is nothing here.');
  await route(request, response);
}

const STARTING = { code: 'Throttled', retryAfterMs: 200 };

/** Without a header that would let a page of another origin read it. The rest is not read. */
function refuse(response: ServerResponse, status: number, message: string, extensions?: object): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ errors: [{ message, extensions }] }));
}

function fail(error: unknown, log: Log, request: IncomingMessage, response: ServerResponse): void {
  if (request.destroyed && !request.complete) return; // the caller is gone
  log.error('request failed', { method: request.method, path: request.url?.split('?')[0], error });
  if (response.headersSent) response.destroy();
  else refuse(response, 500, 'Internal error.');
}

async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(late);
}
