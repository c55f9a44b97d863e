import * as http from 'node:http';
import * as https from 'node:https';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Ends the exchange, also while the answer's body comes in. */
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface HttpLimits {
  readonly connections: number;
  /** A longer answer is an error. */
  readonly maxBodyBytes: number;
}

/**
 * Whole small bodies over kept connections. A PUT of 512 KiB and a HEAD take 0.8 ms and 0.3 ms of
 * CPU with node:http. They take 3.4 ms and 1.8 ms with the SDK's client, and about as much with
 * `fetch`.
 */
export type HttpExchange = (request: HttpRequest) => Promise<HttpAnswer>;

export function createHttpExchange({ connections, maxBodyBytes }: HttpLimits): HttpExchange {
  const options = { keepAlive: true, maxSockets: connections, scheduling: 'lifo' } as const;
  const plain = new http.Agent(options);
  const secure = new https.Agent(options);

  return ({ method, url, headers = {}, body, signal }) =>
    new Promise((resolve, reject) => {
      const target = new URL(url);
      const { request, agent } =
        target.protocol === 'https:'
          ? { request: https.request, agent: secure }
          : { request: http.request, agent: plain };
      const length = body === undefined ? {} : { 'content-length': `${body.length}` };
      const outgoing = request(target, { method, agent, signal, headers: { ...headers, ...length } }, (incoming) => {
        // The answer to a HEAD has the length of a body that does not come.
        collect(incoming, method === 'HEAD' ? Number.POSITIVE_INFINITY : maxBodyBytes).then(
          (bytes) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: bytes }),
          reject,
        );
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
}

async function collect(incoming: http.IncomingMessage, maxBodyBytes: number): Promise<Buffer> {
  const tooLong = () => new Error(`the answer is longer than ${maxBodyBytes} bytes`);
  if (Number(incoming.headers['content-length'] ?? 0) > maxBodyBytes) {
    incoming.destroy();
    throw tooLong();
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBodyBytes) throw tooLong();
    chunks.push(chunk);
  }
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks, length);
}
