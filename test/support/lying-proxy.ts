import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Told } from './api.ts';

/** Changes an answer: what it is of the fields of `data` that the proxy meets. */
export type Lie = (answer: Told, input: Told) => void;

export interface LyingProxy {
  /** Where GraphQL is. */
  readonly url: string;
  /** From now on each answer's `field` is passed through `lie` on its way. */
  readonly tell: (lies: Readonly<Record<string, Lie>>) => void;
  /** How many answers it has changed. */
  readonly told: () => number;
  readonly close: () => Promise<void>;
}

/**
 * Stands between a client and the API at `target`, and tells the client what it is given to tell.
 */
export async function startLyingProxy(target: string): Promise<LyingProxy> {
  let lies: Readonly<Record<string, Lie>> = {};
  let told = 0;
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const asked = await buffer(incoming);
    const { status, body } = await forward(target, incoming, asked);
    const parsed = JSON.parse(body.toString('utf8'));
    const { variables } = JSON.parse(asked.toString('utf8'));
    for (const [field, lie] of Object.entries(lies)) {
      if (parsed.data?.[field] == null) continue;
      const before = JSON.stringify(parsed.data);
      lie(parsed.data[field], variables?.input ?? {});
      if (JSON.stringify(parsed.data) !== before) told += 1;
    }
    outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(parsed));
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    tell: (wanted) => {
      lies = wanted;
      told = 0;
    },
    told: () => told,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export async function forward(target: string, { headers, method = 'POST' }: IncomingMessage, asked: Buffer) {
  const onward = request(target, { method, headers });
  onward.end(asked);
  const [back] = (await once(onward, 'response')) as [IncomingMessage];
  return { status: back.statusCode ?? 500, body: await buffer(back) };
}
