import { type IncomingMessage, Server, type ServerResponse } from 'node:http';
import { isSameSecret } from '../local/same-secret.ts';

export interface GuardedPort {
  readonly port: number;
  /** Made for one run. */
  readonly secret: string;
}

const REQUESTS: ReadonlySet<unknown> = new Set(['request', 'checkContinue', 'checkExpectation']);

/**
 * The emulated Lambda takes calls from everybody who finds its port: any user of the machine, and
 * any page in a browser, as it allows all origins. On AWS, IAM stands before the functions. Here it
 * is a secret, which this puts before every request that comes in by the port, preflights included.
 *
 * The emulator makes its server by itself and gives no access to it, so the guard stands in front
 * of all servers of the process. Returns a function that removes it.
 */
export function guardFunctions(guarded: GuardedPort): () => void {
  const emit = Server.prototype.emit as (...all: unknown[]) => boolean;
  Server.prototype.emit = function (this: Server, event: unknown, ...rest: unknown[]): boolean {
    if (REQUESTS.has(event)) {
      const [request, response] = rest as [IncomingMessage, ServerResponse];
      if (request.socket.localPort === guarded.port && !knowsSecret(request, guarded.secret)) {
        refuse(response);
        return true;
      }
    }
    return emit.call(this, event, ...rest);
  } as typeof Server.prototype.emit;
  return () => {
    Server.prototype.emit = emit as typeof Server.prototype.emit;
  };
}

/** As a bearer, or as the access key of a request that an AWS SDK has signed. */
function knowsSecret({ headers }: IncomingMessage, secret: string): boolean {
  const { authorization = '' } = headers;
  const [, given = ''] = /^(?:Bearer |AWS4-HMAC-SHA256 Credential=)([^/\s]+)/.exec(authorization) ?? [];
  return isSameSecret(given, secret);
}

/** Without a header that would let a page of another origin read it. */
function refuse(response: ServerResponse): void {
  const errorMessage = "Unauthenticated: the operator's calls need the secret of this run.";
  response.writeHead(401, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ errorMessage }));
}
