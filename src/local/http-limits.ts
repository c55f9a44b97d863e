import { subscribe } from 'node:diagnostics_channel';
import { Server } from 'node:http';

/** Milliseconds. A connection on which nothing comes, or half a request, takes up a socket. */
export interface HttpLimits {
  /** For the head of a request, from the connection on. */
  readonly headersTimeout: number;
  /** For a request as a whole; a block of half a MiB may take its time. */
  readonly requestTimeout: number;
  /** Between two requests; more than Node's clients keep a connection for. */
  readonly keepAliveTimeout: number;
  /** Between two looks for those that are over their time. */
  readonly connectionsCheckingInterval: number;
}

export const HTTP_LIMITS: HttpLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1000,
};

interface Listening {
  readonly server: unknown;
}

/**
 * Sets the limits of every HTTP server of this process that begins to listen from now on.
 * serverless-offline makes its servers itself, and has no settings for them.
 */
export function limitHttpServers(limits: HttpLimits = HTTP_LIMITS): void {
  subscribe('tracing:net.server.listen:asyncStart', (message) => {
    const { server } = message as Listening;
    if (server instanceof Server) Object.assign(server, limits);
  });
}
