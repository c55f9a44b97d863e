import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { forward } from './lying-proxy.ts';

export interface WatchedEndpoint {
  /** Where GraphQL is. */
  readonly url: string;
  /** Names of the mutations since the last call, dry runs of the service left out. */
  readonly mutations: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** Stands between a client and the API at `target`, and counts what would change something. */
export async function startWatchedEndpoint(target: string): Promise<WatchedEndpoint> {
  let seen: string[] = [];
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const asked = await buffer(incoming);
    const { query, variables } = JSON.parse(asked.toString('utf8'));
    const name = /\bmutation (\w+)/.exec(query)?.[1];
    if (name !== undefined && variables?.input?.dryRun !== true) seen.push(name);
    const { status, body } = await forward(target, incoming, asked);
    outgoing.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    mutations: () => {
      const all = seen;
      seen = [];
      return all;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
