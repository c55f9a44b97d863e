import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { VarveError } from '../../platform/errors.ts';
import { isSameSecret } from '../same-secret.ts';
import type { Route } from './http-server.ts';

/** What the operator of this machine may call, by name. */
export type OperatorCalls = Readonly<Record<string, (event: object) => Promise<object>>>;

const LARGEST_BYTES = 64 * 1024;

/**
 * `POST /operator/<name>/invocations` with the secret of this run, in the form of Lambda's API: the
 * CLI calls a server and the offline emulation alike.
 */
export function operatorRoute(calls: OperatorCalls, secret: string): Route {
  return async (request, response) => {
    if (!isOfThisMachine(request)) return refuse(response, 404, 'NotFound: there is no such call.');
    const { authorization = '' } = request.headers;
    if (!isSameSecret(authorization, `Bearer ${secret}`))
      return refuse(response, 401, "Unauthenticated: the operator's calls need the secret of this run.");
    const [, name = ''] = /^\/operator\/([\w-]+)\/invocations$/.exec(request.url ?? '') ?? [];
    const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
    if (request.method !== 'POST' || call === undefined)
      return refuse(response, 404, 'NotFound: there is no such call.');
    if (!(Number(request.headers['content-length']) <= LARGEST_BYTES))
      return refuse(response, 413, 'InvalidParameter: the event is too long.');
    const answer = await outcomeOf(call, (await json(request)) as object);
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  };
}

/** The operator is at this machine. A socket has no addresses. */
function isOfThisMachine({ socket }: IncomingMessage): boolean {
  const { remoteAddress = '127.0.0.1' } = socket;
  return /^(::ffff:)?127\.|^::1$/.test(remoteAddress) || remoteAddress === socket.localAddress;
}

/** As Lambda says what a function threw. The rest of the request is not read. */
function refuse(response: ServerResponse, status: number, errorMessage: string): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify({ errorMessage }));
}

/** Refusals are answers too, as those of a Lambda function are. */
async function outcomeOf(call: OperatorCalls[string], event: object): Promise<object> {
  try {
    return await call(event);
  } catch (error) {
    if (!(error instanceof VarveError)) throw error;
    return { errorMessage: `${error.code}: ${error.message}` };
  }
}
