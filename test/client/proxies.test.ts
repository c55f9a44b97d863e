import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Patience } from '../../src/client/flow/patience.ts';
import { createHttp } from '../../src/client/service/http.ts';
import { proxiesOf } from '../../src/client/service/proxies.ts';

/** What it was asked for, as the first line of a request has it. */
let asked: string[];
let proxy: Server;
let url: string;
beforeEach(async () => {
  asked = [];
  proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('by proxy');
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  proxy.listen(0, '0.0.0.0');
  await once(proxy, 'listening');
  url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterEach(() => proxy.close());

async function get(target: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const http = createHttp(2, { patience: new Patience({ ms: 0 }), proxies: proxiesOf(environment) });
  try {
    const { signal } = new AbortController();
    return (await http.request({ url: target, method: 'GET', signal })).body.toString();
  } finally {
    http.close();
  }
}

it('HTTP_PROXY takes requests to other machines', async () => {
  expect(await get('http://varve.invalid/graphql', { HTTP_PROXY: url })).toBe('by proxy');
  expect(asked).toEqual(['GET http://varve.invalid/graphql']);
});

it('HTTPS_PROXY is asked for a tunnel, and sees nothing of the request', async () => {
  await expect(get('https://varve.invalid/graphql', { https_proxy: url })).rejects.toMatchObject({
    code: 'Unreachable',
  });
  expect(asked).toEqual(['CONNECT varve.invalid:443']);
});

it('NO_PROXY leaves a host out', async () => {
  const environment = { HTTP_PROXY: url, NO_PROXY: 'varve.invalid' };
  await expect(get('http://varve.invalid/', environment)).rejects.toMatchObject({ code: 'Unreachable' });
  expect(asked).toEqual([]);
});

it.each(['127.0.0.1', 'localhost', '127.1.2.3'])('%s is never behind a proxy', async (host) => {
  const nowhere = 'http://127.0.0.1:9';
  const own = new URL(url);
  own.hostname = host;
  expect(await get(`${own.href}graphql`, { HTTP_PROXY: nowhere, http_proxy: nowhere })).toBe('by proxy');
  expect(asked).toEqual(['GET /graphql']);
});

it('without a variable there is no proxy', () => {
  expect(proxiesOf({ NO_PROXY: 'x', HTTPS_PROXY: '' })).toBeUndefined();
});
