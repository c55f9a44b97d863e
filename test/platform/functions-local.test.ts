import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { freePort } from '../../src/local/ports.ts';
import { invokeLocal, NoAnswerError } from '../../src/platform/functions/local.ts';

const secret = 'of this test';

it.each([
  ['hangs up', '', NoAnswerError],
  ['is killed within its answer', 'HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{"half":', NoAnswerError],
  [
    'breaks HTTP within its answer',
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nno length\r\n',
    NoAnswerError,
  ],
  ['says why not', 'HTTP/1.1 200 OK\r\ncontent-length: 25\r\n\r\n{"errorMessage":"broken"}', Error],
])('a function on this machine that %s', async (_, answer, kind) => {
  await using server = createServer();
  server.on('request', ({ socket }) => socket.write(answer, () => socket.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const call = invokeLocal({ url: `http://127.0.0.1:${port}/`, secret }, 'backup', {});
  expect(await call.catch((error: unknown) => (error as Error).constructor)).toBe(kind);
});

it('nobody at the port', async () => {
  const call = invokeLocal({ url: `http://127.0.0.1:${await freePort()}/`, secret }, 'backup', {});
  await expect(call).rejects.toThrow(NoAnswerError);
});

it('a call that is not wanted any more ends with its reason', async () => {
  await using server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const call = invokeLocal({ url: `http://127.0.0.1:${port}/`, secret }, 'backup', {}, AbortSignal.abort());
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
});

it('a call that is given up within its answer ends with its reason', async () => {
  await using server = createServer();
  const stop = new AbortController();
  server.on('request', ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{"half":', () => setTimeout(() => stop.abort(), 50));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const call = invokeLocal({ url: `http://127.0.0.1:${port}/`, secret }, 'backup', {}, stop.signal);
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
});
