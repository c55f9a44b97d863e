import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ErrorCode } from '../../platform/errors.ts';
import { socketOrigin } from '../../platform/http-address.ts';
import type { Log } from '../../platform/log.ts';
import { openSocketPath } from '../../platform/socket-path.ts';
import type { Pages } from '../../web/pages.ts';
import { HTTP_LIMITS } from '../http-limits.ts';
import { LOOPBACK } from '../ports.ts';
import { StartError } from '../start-error.ts';
import { closeSocketToOthers, hostsOf, type Listening, LOOPBACK_NAMES, prepareSocket, readTls } from './listening.ts';
import { whyForeign } from './own-requests.ts';
import { pageRequestOf, sendPage } from './page-route.ts';

/** Answers what begins with a path. Nobody foreign gets so far. */
export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** By the first segment of the path, such as `graphql`. */
export type Routes = Readonly<Record<string, Route>>;

export interface LocalHttpServer {
  /** What its URLs begin with. */
  readonly origin: string;
  /** Until then callers are asked to come again, but for pages. */
  serve(routes: Routes): void;
  /** Reads the files of TLS once more. Those that are no good are told, and change nothing. */
  reload(): void;
  /** Takes no more connections, lets what is under way end, and cuts off what lasts too long. */
  stop(graceMs: number): Promise<void>;
}

const MOST_CONNECTIONS = 1_000;
/** Node's clients say so; a page in a browser cannot get at a socket. */
const SOCKET_HOSTS: ReadonlySet<string> = new Set(['localhost']);

/**
 * Throws `StartError` where it cannot listen. `atOnce`: what it answers before it serves. `pages`
 * has what no route has.
 */
export async function startHttpServer(
  where: Listening,
  log: Log,
  atOnce: Routes = {},
  pages: Pages = async () => undefined,
): Promise<LocalHttpServer> {
  const { server, reload } = where.kind === 'network' ? tlsServer(where, log) : plainServer();
  await listen(server, where);
  const { origin, hosts } = addressesOf(server, where);
  const doors = [{ server, hosts }];
  if (where.kind === 'loopback' && where.socket !== undefined) {
    const door = plainServer().server;
    await listen(door, { kind: 'socket', path: where.socket }).catch(async (error: unknown) => {
      await stop(server, 0);
      throw error;
    });
    doors.push({ server: door, hosts: new Set([...hosts, ...SOCKET_HOSTS]) });
  }
  let served: Served = { routes: atOnce, pages, isStarting: true };
  for (const door of doors) {
    door.server.maxConnections = MOST_CONNECTIONS;
    door.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      answer(served, door.hosts, request, response).catch((error: unknown) => fail(error, log, request, response));
    });
  }
  return {
    origin,
    serve: (all) => {
      served = { routes: { ...atOnce, ...all }, pages, isStarting: false };
    },
    reload,
    stop: async (graceMs) => void (await Promise.all(doors.map((door) => stop(door.server, graceMs)))),
  };
}

interface Made {
  readonly server: Server;
  readonly reload: () => void;
}

const OPTIONS = { ...HTTP_LIMITS, noDelay: true };

function plainServer(): Made {
  return { server: createServer(OPTIONS), reload: () => undefined };
}

function tlsServer({ tls }: Extract<Listening, { kind: 'network' }>, log: Log): Made {
  const files = readTls(tls);
  try {
    const { headersTimeout: handshakeTimeout } = HTTP_LIMITS;
    const server = createTlsServer({ ...OPTIONS, ...files, handshakeTimeout, minVersion: 'TLSv1.2' });
    return {
      server,
      reload: () => {
        try {
          server.setSecureContext({ ...readTls(tls), minVersion: 'TLSv1.2' });
          log.info('the files of TLS were read again');
        } catch (error) {
          log.error('the files of TLS cannot be used: those from before stay', { error });
        }
      },
    };
  } catch (error) {
    throw new StartError(`${tls.certificate} and ${tls.key} cannot be used for TLS (${(error as Error).message}).`);
  }
}

async function listen(server: Server, where: Listening): Promise<void> {
  if (where.kind === 'socket') listenAt(server, where.path);
  else server.listen(where.port, where.kind === 'loopback' ? LOOPBACK : where.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const place =
      where.kind === 'socket' ? where.path : `${where.kind === 'loopback' ? LOOPBACK : where.host}:${where.port}`;
    throw new StartError(`Nothing can listen at ${place} (${code}).`);
  }
  if (where.kind === 'socket') closeSocketToOthers(where.path);
}

function listenAt(server: Server, path: string): void {
  prepareSocket(path);
  const socket = openSocketPath(path);
  server.once('close', socket.close);
  server.listen(socket.path);
}

function addressesOf(
  server: Server,
  where: Listening,
): { readonly origin: string; readonly hosts: ReadonlySet<string> } {
  if (where.kind === 'socket') return { origin: socketOrigin(where.path), hosts: SOCKET_HOSTS };
  const { port } = server.address() as AddressInfo;
  if (where.kind === 'loopback') return { origin: `http://${LOOPBACK}:${port}`, hosts: hostsOf(LOOPBACK_NAMES, port) };
  const hosts = hostsOf(where.tls.names, port);
  return { origin: `https://${[...hosts][0]}`, hosts };
}

interface Served {
  readonly routes: Routes;
  readonly pages: Pages;
  readonly isStarting: boolean;
}

async function answer(
  { routes, pages, isStarting }: Served,
  hosts: ReadonlySet<string>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, segment = ''] = /^\/([^/?]*)/.exec(request.url ?? '') ?? [];
  const route = Object.hasOwn(routes, segment) ? routes[segment] : undefined;
  const why = whyForeign(request.headers, hosts, { isPage: route === undefined });
  if (why !== undefined) return refuse(response, { status: 403, code: 'Forbidden', message: why });
  if (route !== undefined) return route(request, response);
  const page = await pages(pageRequestOf(request));
  if (page !== undefined) return sendPage(response, page);
  refuse(response, isStarting ? STARTING : { status: 404, code: 'NotFound', message: 'There is nothing here.' });
}

interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterMs?: number;
}

/** Clients come again by themselves. */
const STARTING: Refusal = { status: 503, code: 'Throttled', message: 'Varve is starting.', retryAfterMs: 500 };

/**
 * In the form of the API's errors. Without a header that would let a page of another origin read
 * it. The rest of the request is not read.
 */
function refuse(response: ServerResponse, { status, message, ...extensions }: Refusal): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ errors: [{ message, extensions }] }));
}

function fail(error: unknown, log: Log, request: IncomingMessage, response: ServerResponse): void {
  if (request.destroyed && !request.complete) return; // the caller is gone
  log.error('request failed', { method: request.method, path: request.url?.split('?')[0], error });
  if (response.headersSent) response.destroy();
  else refuse(response, { status: 500, code: 'Internal', message: 'Internal error.' });
}

async function stop(server: Server, graceMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(late);
}
