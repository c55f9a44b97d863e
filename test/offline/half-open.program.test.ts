import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { HTTP_LIMITS } from '../../src/local/http-limits.ts';
import { freePort } from '../../src/local/ports.ts';
import { startQueue } from '../../src/offline/engines/queue.ts';
import { startS3 } from '../../src/offline/engines/s3.ts';
import { limitHttpServers } from '../../src/offline/limit-http-servers.ts';
import { temporaryFolder } from '../local/running.ts';

vi.setConfig({ testTimeout: 60_000 });

/** What half-open clients have sent when they fall silent. */
const SENT: Readonly<Record<string, string>> = {
  nothing: '',
  'half a line': 'GET /bucket',
  'half a head': 'GET /bucket HTTP/1.1\r\nHost: localhost\r\n',
  'half a body': 'PUT /bucket/key HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf',
};

/** Milliseconds until the server has closed the connection of such a client. */
async function closedAfter(port: number, sent: string): Promise<number> {
  const begun = performance.now();
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  onTestFinished(() => void socket.destroy());
  socket.write(sent);
  socket.resume();
  await once(socket, 'close');
  return performance.now() - begun;
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

function closeAfterTest(server: Server): Server {
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return server;
}

async function startStore(): Promise<Server> {
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  const [directory, incoming] = [join(folder.path, 'objects'), join(folder.path, 'incoming')];
  for (const one of [directory, incoming]) await mkdir(one);
  const credentials = { accessKeyId: 'run', secretAccessKey: 'of-this-run' };
  return (await startS3({ port: 0, directory, incoming, buckets: ['bucket'], credentials })).server;
}

test.each([
  { engine: 'the object store', start: startStore },
  { engine: 'the queue', start: async () => startQueue(await freePort(), []) },
])('$engine of an emulated cloud closes half-open connections after 10 s', async ({ start }) => {
  const server = closeAfterTest(await start());
  expect(server).toMatchObject(HTTP_LIMITS);
  const sent = [SENT.nothing, SENT['half a head']];
  const took = await Promise.all(sent.map((what = '') => closedAfter(portOf(server), what)));
  for (const ms of took) expect(ms).toBeLessThan(20_000);
});

describe('a server that another library makes', () => {
  beforeAll(() =>
    limitHttpServers({ ...HTTP_LIMITS, headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 50 }),
  );

  test.each(Object.entries(SENT))('closes the connection of a client that sent %s', async (_, sent) => {
    const server = closeAfterTest(createServer((request) => request.resume()));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    expect(await closedAfter(portOf(server), sent)).toBeLessThan(10_000);
  });

  test('answers those that ask', async () => {
    const server = closeAfterTest(createServer((_, response) => response.end('well')));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    expect(await (await fetch(`http://127.0.0.1:${portOf(server)}`)).text()).toBe('well');
  });
});
