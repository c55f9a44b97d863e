import type { Operation } from '../../generated/operations.ts';
import { isPassingStatus } from '../../platform/passing-trouble.ts';
import { ClientError, isClientErrorCode } from '../errors.ts';
import type { Again } from '../flow/patience.ts';
import { type Door, type Http, mayPass } from './http.ts';
import type { ObjectFolder } from './object-folder.ts';
import type { Proxies } from './proxies.ts';
import { misfitOf } from './shape.ts';

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
  /** Where the service of this machine answers for that URL, and for the URLs that it signs. */
  readonly door?: Door | undefined;
  /** Where this program may read and stage objects by itself. */
  readonly objectFolder?: ObjectFolder | undefined;
  /** On the way to other machines, for calls and objects. */
  readonly proxies?: Proxies | undefined;
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
  /** Sees each operation before it is sent, and may throw. */
  readonly before?: ((text: string, variables: unknown) => void) | undefined;
}

/** Of the service itself, beside the object stores that its answers name. */
const SERVICE = 'service';
const FAULT_TRIES = 4;

export function createGraphql({ http, endpoint, before }: GraphqlParts): Graphql {
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
    async ({ text, shape }, variables, signal) => {
      before?.(text, variables);
      const body = JSON.stringify({ query: text, variables });
      const attempt = () => once(body, signal);
      const again = (error: unknown) => triedAgain(error, repeatable);
      const data = await http.patience.run({ whom: SERVICE, attempt, again, signal });
      const misfit = misfitOf(data, shape);
      if (misfit !== undefined) throw otherAnswer(endpoint.url, misfit);
      return data as never;
    };
  return { call: calling(true), callOnce: calling(false) };
}

/** Whether and how the same is sent again. Refusals are not: they are answers. */
function triedAgain(error: unknown, repeatable: boolean): Again | undefined {
  if (!(error instanceof ClientError)) return undefined;
  const { code, extra } = error;
  switch (code) {
    case 'Throttled': {
      if (extra.mayBeDone === true && !repeatable) return undefined;
      return typeof extra.retryAfterMs === 'number' ? { atLeastMs: extra.retryAfterMs } : {};
    }
    case 'Unreachable': {
      const again = mayPass(error);
      const isUndone = again?.isRefused === true || again?.isUnknown === true; // certainly
      return repeatable || isUndone ? again : undefined;
    }
    case 'Internal':
      if (!repeatable) return undefined;
      return isPassingStatus(Number(extra.status)) ? {} : { tries: FAULT_TRIES };
    default:
      return undefined;
  }
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
    throw otherAnswer(url, `HTTP ${status}`, { status });
  }
  return answer.data;
}

function otherAnswer(url: string, how: string, extra: Readonly<Record<string, unknown>> = {}): ClientError {
  return new ClientError('BadAnswer', `${url} does not answer like Varve's API (${how}).`, extra);
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
