import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guardFunctions } from '../../src/offline/function-guard.ts';

const SECRET = 'a'.repeat(64);
const EVIL = { origin: 'http://evil.example' };

/** As the emulator of Lambda: it allows every origin. */
async function startServer(): Promise<{ server: Server; port: number; calls: () => number }> {
  let calls = 0;
  const server = createServer((_, response) => {
    calls++;
    response.setHeader('access-control-allow-origin', '*');
    response.end('{"apiKey":"vk_"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port, calls: () => calls };
}

let functions: Awaited<ReturnType<typeof startServer>>;
let api: typeof functions;
let takeAway: () => void;
beforeAll(async () => {
  functions = await startServer();
  api = await startServer();
  takeAway = guardFunctions({ port: functions.port, secret: SECRET });
});
afterAll(() => {
  takeAway();
  for (const { server } of [functions, api]) server.close();
});

const call = (port: number, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${port}/2015-03-31/functions/varve-dev-account/invocations`, { method: 'POST', ...init });

describe('functions of the single machine', () => {
  test.each<[string, RequestInit]>([
    ['a page of another origin, without a preflight', { headers: { ...EVIL, 'content-type': 'text/plain' } }],
    ['its preflight', { method: 'OPTIONS', headers: { ...EVIL, 'access-control-request-method': 'POST' } }],
    ['no credential', {}],
    ['another secret', { headers: { authorization: `Bearer ${'b'.repeat(64)}` } }],
    ['the beginning of the secret', { headers: { authorization: `Bearer ${SECRET.slice(1)}` } }],
    ['an empty secret', { headers: { authorization: 'Bearer ' } }],
    ['the secret elsewhere', { headers: { authorization: `Basic ${SECRET}`, 'x-secret': SECRET } }],
    ['an access key of another', { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/20260101/x' } }],
    ['a path of its own', { method: 'GET', headers: EVIL }],
  ])('%s: 401, and no page may read the answer', async (_, init) => {
    const before = functions.calls();
    const answer = await call(functions.port, init);
    expect(answer.status).toBe(401);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(await answer.json()).toEqual({ errorMessage: expect.stringMatching(/^Unauthenticated: /) });
    expect(functions.calls()).toBe(before);
  });

  test('a request that waits for leave to send its body', async () => {
    const before = functions.calls();
    const socket = connect(functions.port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n');
    expect(await text(socket)).toContain('HTTP/1.1 401 ');
    expect(functions.calls()).toBe(before);
  });

  test('with the secret they are called: by the CLI, and by an SDK whose access key it is', async () => {
    const before = functions.calls();
    const answer = await call(functions.port, { headers: { authorization: `Bearer ${SECRET}` } });
    expect([answer.status, await answer.text()]).toEqual([200, '{"apiKey":"vk_"}']);
    const client = new LambdaClient({
      endpoint: `http://127.0.0.1:${functions.port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: SECRET, secretAccessKey: 'any' },
    });
    await client.send(new ListFunctionsCommand({}));
    client.destroy();
    expect(functions.calls()).toBe(before + 2);
  });

  test('other ports of the process are as they were', async () => {
    expect((await call(api.port)).status).toBe(200);
    expect(api.calls()).toBe(1);
  });
});
