import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Family } from '../../platform/metrics/family.ts';
import { CONTENT_TYPES, chooseForm, printFamilies } from '../../platform/metrics/text.ts';
import { isSameSecret } from '../same-secret.ts';
import type { Route } from './http-server.ts';

/** `GET /metrics`, for a scraper that has the token. */
export function metricsRoute(families: () => readonly Family[], token: string): Route {
  return async (request, response) => {
    const { authorization = '', accept } = request.headers;
    if (!isPathOf(request, '/metrics')) return answer(response, { status: 404, text: 'There is nothing here.\n' });
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return answer(response, { status: 405, text: 'Send GET.\n', headers: { allow: 'GET, HEAD' } });
    if (!isSameSecret(authorization, `Bearer ${token}`)) {
      const headers = { 'www-authenticate': 'Bearer' };
      return answer(response, {
        status: 401,
        text: 'The token of the metrics is needed: see "varve metrics".\n',
        headers,
      });
    }
    const form = chooseForm(accept);
    const headers = { 'content-type': CONTENT_TYPES[form], vary: 'accept' };
    answer(response, { status: 200, text: printFamilies(families(), form), headers });
  };
}

/** Whether the path is this one, whatever the query says. */
export function isPathOf({ url = '' }: IncomingMessage, path: string): boolean {
  return url === path || url.startsWith(`${path}?`);
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** For programs: nobody keeps it, and no browser takes it for a page. */
function answer(response: ServerResponse, { status, text, headers = {} }: Answer): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-length': Buffer.byteLength(text),
    ...(status >= 400 && { connection: 'close' }),
    ...headers,
  });
  response.end(text); // Node leaves it out for HEAD
}
