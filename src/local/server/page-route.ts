import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PageAnswer, PageRequest } from '../../web/pages.ts';

export function pageRequestOf({ method = 'GET', url = '/', headers }: IncomingMessage): PageRequest {
  const header = (name: string) => {
    const value = headers[name];
    return Array.isArray(value) ? value.join(',') : value;
  };
  return { method, path: url.split('?')[0] ?? '/', header };
}

/** The rest of a request that is refused is not read. */
export function sendPage(response: ServerResponse, { status, headers, body }: PageAnswer): void {
  response.writeHead(status, { ...headers, ...(status === 405 && { connection: 'close' }) });
  response.end(body);
}
