import type { Operation } from '../../generated/operations.ts';
import { ClientError, isClientErrorCode } from '../errors.ts';
import { backoffMs, DEFAULT_BACKOFF } from '../flow/backoff.ts';
import { sleep } from '../flow/sleep.ts';
import type { Http } from './http.ts';

/** What is undefined is left out of what is sent, as if it had not been named. */
export type Sendable<T> = T extends readonly (infer Item)[]
  ? readonly Sendable<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Sendable<T[K]> | (object extends Pick<T, K> ? undefined : never) }
    : T;

export interface Endpoint {
  /** Of the GraphQL endpoint itself. */
  readonly url: string;
  readonly apiKey: string;
}

type Call = <Variables, Data>(
  operation: Operation<Variables, Data>,
  variables: Sendable<Variables>,
  signal: AbortSignal,
) => Promise<Data>;

export interface Graphql {
  /**
   * Sends the operation again if it is unknown what became of it. For reads, calls with a
   * `clientToken` and calls that do nothing the second time.
   */
  readonly call: Call;
  /** Sends it again only if it certainly was not carried out. */
  readonly callOnce: Call;
}

interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
}

export interface GraphqlParts {
  readonly http: Http;
  readonly endpoint: Endpoint;
  readonly random?: () => number;
}

export function createGraphql({ http, endpoint, random = Math.random }: GraphqlParts): Graphql {
  const once = async (body: string, signal: AbortSignal): Promise<unknown> => {
    const answer = await http.request({
      url: endpoint.url,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${endpoint.apiKey}`,
      },
      body,
      signal,
    });
    return readAnswer(answer.status, answer.body, endpoint.url);
  };

  const calling =
    (repeatable: boolean): Call =>
    async ({ text }, variables, signal) => {
      const body = JSON.stringify({ query: text, variables });
      for (let attempt = 1; ; attempt++) {
        try {
          return (await once(body, signal)) as never;
        } catch (error) {
          const wait = repetitionMs(error, repeatable, attempt, random);
          if (wait === undefined) throw error;
          await sleep(wait, signal);
        }
      }
    };
  return { call: calling(true), callOnce: calling(false) };
}

/** How long to wait before the same is sent again; undefined if it shall not be. */
function repetitionMs(error: unknown, repeatable: boolean, attempt: number, random: () => number): number | undefined {
  if (!(error instanceof ClientError) || attempt >= DEFAULT_BACKOFF.attempts) return undefined;
  const own = backoffMs(attempt, DEFAULT_BACKOFF, random);
  switch (error.code) {
    case 'Throttled': {
      if (error.extra.mayBeDone === true && !repeatable) return undefined;
      const asked = error.extra.retryAfterMs;
      return Math.max(own, typeof asked === 'number' ? asked : 0);
    }
    case 'Unreachable':
      // Nothing listens there: nothing was done. The user of a local service that is down should
      // hear soon.
      if (isRefused(error)) return attempt < 4 ? own : undefined;
      return repeatable ? own : undefined;
    case 'Internal':
      return repeatable && attempt < 4 ? own : undefined;
    default:
      return undefined;
  }
}

function isRefused(error: ClientError): boolean {
  return (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED';
}

function readAnswer(status: number, body: Buffer, url: string): unknown {
  const answer = parse(body);
  const first = answer?.errors?.[0];
  if (first) throw serviceError(first);
  if (status === 429) throw new ClientError('Throttled', 'The service is busy.');
  if (status >= 500) throw new ClientError('Internal', `The service failed with HTTP ${status}.`, { status });
  if (status === 401) throw new ClientError('Unauthenticated', 'The service does not accept the API key.');
  if (status === 403) throw new ClientError('Forbidden', 'The API key does not allow this.');
  if (answer?.data === undefined || answer.data === null) {
    throw new ClientError('BadAnswer', `${url} does not answer like Varve's API (HTTP ${status}).`, { status });
  }
  return answer.data;
}

function parse(body: Buffer): GraphqlAnswer | undefined {
  try {
    return JSON.parse(body.toString('utf8')) as GraphqlAnswer;
  } catch {
    return undefined;
  }
}

function serviceError({ message, extensions = {} }: NonNullable<GraphqlAnswer['errors']>[number]): ClientError {
  const { code, stacktrace: _, ...extra } = extensions;
  return isClientErrorCode(code)
    ? new ClientError(code, message, extra)
    : new ClientError('BadAnswer', message, { code });
}
