import { subscribe } from 'node:diagnostics_channel';
import { Server } from 'node:http';
import { HTTP_LIMITS, type HttpLimits } from '../local/http-limits.ts';

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
