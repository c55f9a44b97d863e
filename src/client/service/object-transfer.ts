import { NO_SPACE } from '../../platform/passing-trouble.ts';
import { ClientError } from '../errors.ts';
import { backoffMs, DEFAULT_BACKOFF } from '../flow/backoff.ts';
import { Limit } from '../flow/limit.ts';
import { sleep } from '../flow/sleep.ts';
import { AnswerTooLong, type Http, type HttpAnswer, type HttpRequest } from './http.ts';

/**
 * Requests to the object store under way at a time: enough for its latency, few enough for one
 * connection each.
 */
export const OBJECT_REQUESTS = 32;

/** The signature of a URL is no longer accepted: a new one is needed. */
export class SignatureEnded extends Error {}

/**
 * What became of a PUT. `OTHERWISE`: nothing was replaced, as the store has other bytes under this
 * id than the service knew of. They may be the same block, of an earlier try or of another client;
 * whether they are, the service tells.
 */
export type Put = 'STORED' | 'OTHERWISE';

/** Moves stored forms between slots and the object store, by signed URL. */
export interface ObjectTransfer {
  put(url: string, headers: Readonly<Record<string, string>>, bytes: Buffer): Promise<Put>;
  /** The number of bytes received into `slot`. */
  get(url: string, slot: Buffer): Promise<number | 'MISSING' | 'TOO_LONG'>;
}

export function createObjectTransfer(http: Http, signal: AbortSignal, random = Math.random): ObjectTransfer {
  const limit = new Limit(OBJECT_REQUESTS);

  const patient = async (request: Omit<HttpRequest, 'signal'>): Promise<HttpAnswer> => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await http.request({ ...request, signal }).catch(unreachableOnly);
      if (!(outcome instanceof ClientError || isPassing(outcome.status))) return outcome;
      signal.throwIfAborted();
      if (attempt >= DEFAULT_BACKOFF.attempts)
        throw outcome instanceof ClientError ? outcome : refused(request, outcome);
      await sleep(backoffMs(attempt, DEFAULT_BACKOFF, random), signal);
    }
  };

  return {
    put: (url, headers, bytes) =>
      limit.run(async () => {
        const request = { url, method: 'PUT', headers, body: bytes } as const;
        const answer = await patient(request);
        if (answer.status < 300) return 'STORED';
        if (answer.status === 412 || (answer.status === 404 && codeOf(answer) === 'NoSuchKey')) return 'OTHERWISE';
        throw refused(request, answer);
      }),
    get: (url, slot) =>
      limit.run(async () => {
        const request = { url, method: 'GET', into: slot } as const;
        const answer = await patient(request).catch((error: unknown) => {
          if (error instanceof AnswerTooLong) return undefined;
          throw error;
        });
        if (!answer) return 'TOO_LONG';
        if (answer.status === 404) return 'MISSING';
        if (answer.status >= 300) throw refused(request, answer);
        return answer.body.length;
      }),
  };
}

/** Hands the failure on if another try may succeed. */
function unreachableOnly(error: unknown): ClientError {
  if (error instanceof ClientError && error.code === 'Unreachable') return error;
  throw error;
}

/** 409: another upload of the same object is under way. */
function isPassing(status: number): boolean {
  return status === 429 || status === 408 || status === 409 || (status >= 500 && status !== NO_SPACE);
}

function codeOf({ body }: Pick<HttpAnswer, 'body'>): string | undefined {
  return /<Code>([^<]*)<\/Code>/.exec(body.toString('utf8'))?.[1];
}

function refused({ url, method }: { url: string; method: string }, { status, body }: HttpAnswer): Error {
  const text = body.toString('utf8');
  const code = codeOf({ body }) ?? `HTTP ${status}`;
  if (status === 403 || code === 'ExpiredToken')
    return new SignatureEnded(`the object store refused ${method}: ${code}`);
  const { origin } = new URL(url);
  if (status === NO_SPACE) {
    const message = /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? `The object store at ${origin} has no space left.`;
    return new ClientError('StorageFull', message, { origin });
  }
  return new ClientError('BadAnswer', `The object store at ${origin} refused a ${method}: ${code}.`, { status, code });
}
