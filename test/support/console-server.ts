import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { text } from 'node:stream/consumers';
import type { HttpHandler } from '../../src/service/api/http-event.ts';
import { PAGE_HEADERS } from '../../src/web/headers.ts';
import { eventOf } from './api.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface ConsoleServer extends AsyncDisposable {
  readonly origin: string;
  /** An address that signs in once. */
  linkFor(key: string, path?: string): string;
  /** As if the service were gone, until it is called with false. */
  fail(isFailing: boolean): void;
  /** The sessions that there are have ended. */
  endSessions(): void;
  /** Bodies of the GraphQL requests so far. */
  readonly asked: readonly string[];
}

interface ConsoleServerOptions {
  readonly handle: HttpHandler;
  /** What `src/console/build.mjs` made. */
  readonly dist: string;
  readonly port?: number;
}

/** The console in front of a service in this process, with sessions as the service keeps them. */
export async function startConsoleServer({ handle, dist, port = 0 }: ConsoleServerOptions): Promise<ConsoleServer> {
  const sessions = new Map<string, string>();
  const links = new Map<string, string>();
  const asked: string[] = [];
  let isFailing = false;

  const keyOf = (request: IncomingMessage) =>
    sessions.get(/varve-session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '');

  async function signIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { key, link = '' } = JSON.parse(await text(request)) as { key?: string; link?: string };
    const found = key ?? links.get(link);
    links.delete(link);
    const body = JSON.stringify({ query: '{ viewer { role } }' });
    const told = found === undefined ? undefined : await handle(eventOf(found, body));
    if (told?.statusCode !== 200) {
      json(response, 401, { code: 'Unauthenticated', message: 'There is no such key or link.' });
      return;
    }
    const id = randomUUID();
    sessions.set(id, found ?? '');
    response.writeHead(204, { 'set-cookie': `varve-session=${id}; HttpOnly; SameSite=Strict; Path=/` }).end();
  }

  async function graphql(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    asked.push(body);
    const { statusCode, headers, body: told } = await handle(eventOf(keyOf(request) ?? 'none', body));
    response.writeHead(statusCode, headers).end(told);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (isFailing && (pathname === '/graphql' || pathname === '/console/session')) request.destroy();
    else if (pathname === '/graphql') await graphql(request, response);
    else if (pathname !== '/console/session') await sendFile(dist, pathname, response);
    else if (request.method === 'POST') await signIn(request, response);
    else if (request.method === 'DELETE') {
      sessions.delete(/varve-session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '');
      response.writeHead(204, { 'set-cookie': 'varve-session=; Max-Age=0; Path=/' }).end();
    } else json(response, 200, { signedIn: keyOf(request) !== undefined });
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => json(response, 500, { message: String(error) }));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    asked,
    linkFor: (key, path = '/') => {
      const secret = randomUUID();
      links.set(secret, key);
      return `${origin}${path}#link=${secret}`;
    },
    fail: (failing) => {
      isFailing = failing;
    },
    endSessions: () => sessions.clear(),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function sendFile(dist: string, pathname: string, response: ServerResponse): Promise<void> {
  const isAsset = pathname.startsWith('/assets/');
  const file = join(dist, isAsset ? normalize(pathname) : 'index.html');
  const body = await readFile(file).catch(() => undefined);
  if (body === undefined) {
    json(response, 404, { message: 'There is no such file. Was the console built?' });
    return;
  }
  response
    .writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      ...PAGE_HEADERS,
      'cache-control': isAsset ? 'public, max-age=31536000, immutable' : 'no-store',
    })
    .end(body);
}
