import { ClientError, isClientErrorCode } from '../errors.ts';
import { backoffMs, DEFAULT_BACKOFF } from '../flow/backoff.ts';
import { sleep } from '../flow/sleep.ts';
import type { Http } from './http.ts';

/** An operation as text, with the types of what goes in and what comes out. */
export interface Operation<Variables, Data> {
  readonly text: string;
  /** Never set: carries the types. */
  readonly types?: (variables: Variables) => Data;
  /**
   * Whether it may be sent again when it is unknown what became of it: reads, calls with a `clientToken` and calls that
   * do nothing the second time.
   */
  readonly repeatable: boolean;
}

export interface Endpoint {
  /** Of the GraphQL endpoint itself. */
  readonly url: string;
  readonly apiKey: string;
}

export interface Graphql {
  call<Variables extends object, Data>(
    operation: Operation<Variables, Data>,
    variables: Variables,
    signal: AbortSignal,
  ): Promise<Data>;
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

  return {
    call: async (operation, variables, signal) => {
      const body = JSON.stringify({ query: operation.text, variables });
      for (let attempt = 1; ; attempt++) {
        try {
          return (await once(body, signal)) as never;
        } catch (error) {
          const wait = repetitionMs(error, operation.repeatable, attempt, random);
          if (wait === undefined) throw error;
          await sleep(wait, signal);
        }
      }
    },
  };
}

/** After how long to send the same again; undefined where it shall not be. */
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
      // Nothing listens there: nothing was done. A local service that is down is better told of soon.
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
