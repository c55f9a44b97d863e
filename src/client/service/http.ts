import http from 'node:http';
import https from 'node:https';
import { BufferGarbage } from '../../platform/buffer-garbage.ts';
import { addressOf, isLoopback } from '../../platform/http-address.ts';
import { openSocketPath, type SocketPath } from '../../platform/socket-path.ts';
import { ClientError } from '../errors.ts';
import { type Again, BRIEF, Patience } from '../flow/patience.ts';
import type { ObjectFolder } from './object-folder.ts';
import type { Proxies } from './proxies.ts';

export interface HttpRequest {
  readonly url: string;
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /**
   * Where the answer's body goes. Without it, the body is collected. An answer that does not fit is
   * refused.
   */
  readonly into?: Buffer;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** The body, within `into` if that was given. */
  readonly body: Buffer;
}

/** The answer's body is longer than where it should go. */
export class AnswerTooLong extends Error {}

/** What Node allocates for each read of a socket, however little arrives. */
const READ_BYTES = 64 * 1024;
const IDLE_LIMIT_MS = 30_000;
const COLLECTED_LIMIT = 16 * 1024 * 1024; // above answers of the API (6 MB) and errors of the store

/** HTTP with kept-alive connections, used for the API and the object store alike. */
export interface Http {
  /** Of those that make requests; a request itself is made once. */
  readonly patience: Patience;
  /** Where objects can be had without it. */
  readonly objectFolder?: ObjectFolder | undefined;
  /** Throws `Unreachable` when no whole answer came; any status is an answer. */
  request(request: HttpRequest): Promise<HttpAnswer>;
  close(): void;
}

/**
 * A socket of this machine behind which one origin answers. Its folder is closed to other users. A
 * port is not: after its server is gone, it is anybody's who takes it, and so would a key be.
 */
export interface Door {
  readonly origin: string;
  readonly socketPath: string;
}

export interface HttpOptions {
  readonly patience?: Patience | undefined;
  readonly door?: Door | undefined;
  readonly objectFolder?: ObjectFolder | undefined;
  readonly proxies?: Proxies | undefined;
}

export function createHttp(
  maxConnections: number,
  { patience = new Patience(BRIEF), door, objectFolder, proxies }: HttpOptions = {},
): Http {
  const options = { keepAlive: true, maxSockets: maxConnections, scheduling: 'lifo' } as const;
  const garbage = new BufferGarbage();
  let socket: SocketPath | undefined;
  const socketPath = ({ socketPath: path }: Door): string => {
    try {
      socket ??= openSocketPath(path);
    } catch {
      return path; // which connecting then says is gone
    }
    return socket.path;
  };
  const direct = { plain: new http.Agent(options), secure: new https.Agent(options) };
  // An origin has one way, so the bound of connections holds for each.
  const proxied = proxies && {
    plain: new http.Agent({ ...options, proxyEnv: proxies }),
    secure: new https.Agent({ ...options, proxyEnv: proxies }),
  };
  const agentsFor = (url: string) => (proxied === undefined || isLoopback(url) ? direct : proxied);
  return {
    patience,
    objectFolder,
    request: (request) => exchange(request, { agents: agentsFor(request.url), door, socketPath }, garbage),
    close: () => {
      for (const { plain, secure } of [direct, ...(proxied ? [proxied] : [])]) {
        plain.destroy();
        secure.destroy();
      }
      socket?.close();
    },
  };
}

interface Ways {
  readonly agents: { readonly plain: http.Agent; readonly secure: https.Agent };
  readonly door: Door | undefined;
  /** Of the door, as it can be connected to. */
  readonly socketPath: (door: Door) => string;
}

function exchange(
  { url, method, headers, body, into, signal }: HttpRequest,
  { agents, door, socketPath }: Ways,
  garbage: BufferGarbage,
): Promise<HttpAnswer> {
  const { isSecure, origin, target } = addressOf(url);
  const isBehind = door !== undefined && door.origin === origin;
  return new Promise((resolve, reject) => {
    let answer: Promise<HttpAnswer> | undefined;
    let failure: unknown;
    const length = typeof body === 'string' ? Buffer.byteLength(body) : body?.length;
    const request = (isSecure ? https : http).request({
      ...(isBehind ? { socketPath: socketPath(door), path: target.path } : target),
      method,
      agent: isSecure ? agents.secure : agents.plain,
      headers: {
        ...headers,
        ...(isBehind && { host: new URL(origin).host }),
        ...(length === undefined ? {} : { 'content-length': String(length) }),
      },
      timeout: IDLE_LIMIT_MS,
      signal,
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${IDLE_LIMIT_MS / 1000} s`)));
    request.on('response', (response) => {
      answer = collect(response, into, garbage).then((bytes) => ({
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: bytes,
      }));
      answer.catch((error: unknown) => request.destroy(error as Error));
    });
    request.on('error', (error) => {
      failure ??= error;
    });
    // Only now does the connection no longer touch `body` or `into`: their memory may be used
    // again.
    request.on('close', () => {
      const fail = (error: unknown) => {
        if (signal.aborted) reject(signal.reason);
        else reject(error instanceof AnswerTooLong ? error : unreachable(origin, error));
      };
      if (answer) answer.then(resolve, fail);
      else fail(failure);
    });
    request.end(body);
  });
}

async function collect(
  response: http.IncomingMessage,
  into: Buffer | undefined,
  garbage: BufferGarbage,
): Promise<Buffer> {
  garbage.made(READ_BYTES);
  const wanted = (response.statusCode ?? 0) < 300 ? into : undefined;
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    if (bytes + part.length > (wanted?.length ?? COLLECTED_LIMIT)) throw new AnswerTooLong('the answer is too long');
    if (wanted) wanted.set(part, bytes);
    else parts.push(part);
    bytes += part.length;
    garbage.made(READ_BYTES);
  }
  return wanted ? wanted.subarray(0, bytes) : Buffer.concat(parts, bytes);
}

function unreachable(origin: string, cause: unknown): ClientError {
  const reason =
    cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : 'the connection was cut';
  return new ClientError('Unreachable', `Cannot reach ${origin}: ${reason}.`, { origin }, cause);
}

/** Waiting changes neither a certificate nor something that does not speak HTTP. */
const FINAL = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_|ERR_TLS|ERR_SSL|EPROTO$|HPE_INVALID_CONSTANT$)/;

/** Whether a request that nobody answered may be answered at another time. */
export function mayPass({ cause }: ClientError): Again | undefined {
  const code = String((cause as NodeJS.ErrnoException | undefined)?.code);
  if (FINAL.test(code)) return undefined;
  return { isRefused: code === 'ECONNREFUSED', isUnknown: code === 'ENOTFOUND' };
}
