import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { addressOf } from '../http-address.ts';
import { openSocketPath } from '../socket-path.ts';

/** Where an installation on this machine takes calls of its functions, and what opens it. */
export interface LocalFunctions {
  /** Stands before a function's name in the address that Lambda's own API has for calls. */
  readonly url: string;
  readonly secret: string;
}

/** Nobody answered, or not to the end: the function may have run. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** Calls a function as Lambda would, and answers what it answers. */
export async function invokeLocal(
  { url, secret }: LocalFunctions,
  name: string,
  event: object,
  signal?: AbortSignal,
): Promise<unknown> {
  const { status, body } = await post(`${url}${name}/invocations`, secret, JSON.stringify(event), signal).catch(
    (cause: unknown) => {
      throw signal?.aborted ? cause : new NoAnswerError((cause as Error).message, { cause });
    },
  );
  const told = JSON.parse(body) as { readonly errorMessage?: string } | null;
  if (status < 300 && told?.errorMessage === undefined) return told;
  throw new Error(told?.errorMessage ?? `${name} answered with status ${status}.`);
}

function post(
  url: string,
  secret: string,
  body: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly status: number; readonly body: string }> {
  const { isSecure, target } = addressOf(url);
  const headers = { authorization: `Bearer ${secret}`, 'content-length': Buffer.byteLength(body) };
  const socket = target.socketPath === undefined ? undefined : openSocketPath(target.socketPath);
  const options = {
    ...target,
    ...(socket && { socketPath: socket.path }),
    method: 'POST',
    headers,
    ...(signal && { signal }),
  };
  const answered = new Promise<{ readonly status: number; readonly body: string }>((resolve, reject) => {
    const request = (isSecure ? https : http).request(options, (answer) => {
      text(answer).then((told) => resolve({ status: answer.statusCode ?? 0, body: told }), reject);
    });
    // It comes after the head of the answer as well: for broken HTTP, and for an abort.
    request.on('error', reject);
    request.end(body);
  });
  return answered.finally(() => socket?.close());
}
