import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpExchange } from '../../src/platform/objects/http.ts';

/** A store that answers what it likes: none of it has to be long. */

const MOST_BYTES = 100;
const MOST = { connections: 1, maxBodyBytes: MOST_BYTES };
const PATIENCE_MS = 30_000;

async function storeThat(answers: RequestListener) {
  const server = createServer(answers).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const exchange = createHttpExchange(MOST);
  return (method: string) => exchange({ method, url, signal: AbortSignal.timeout(PATIENCE_MS) });
}

test('an answer that is longer than any object, by its length, is refused before it is read', async () => {
  const ask = await storeThat((_, answer) => {
    answer.writeHead(200, { 'content-length': MOST_BYTES + 1 });
    answer.write('only the beginning comes');
  });
  await expect(ask('GET')).rejects.toThrow(/longer than 100 bytes/);
  await expect(ask('GET')).rejects.toThrow(/longer than 100 bytes/); // over a new connection
});

test('an answer that does not tell its length is refused once it is longer', async () => {
  const ask = await storeThat((_, answer) => {
    answer.write(Buffer.alloc(MOST_BYTES));
    answer.write('more, and no end');
  });
  await expect(ask('GET')).rejects.toThrow(/longer than 100 bytes/);
});

test('an answer as long as the longest object is read', async () => {
  const ask = await storeThat((_, answer) => answer.end(Buffer.alloc(MOST_BYTES)));
  expect((await ask('GET')).body).toHaveLength(MOST_BYTES);
});

test('the length of any object may be asked for', async () => {
  const ask = await storeThat((_, answer) => answer.writeHead(200, { 'content-length': MOST_BYTES + 1 }).end());
  const { status, headers } = await ask('HEAD');
  expect([status, headers['content-length']]).toEqual([200, `${MOST_BYTES + 1}`]);
});
