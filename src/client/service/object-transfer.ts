import { addressOf } from '../../platform/http-address.ts';
import type { Staging } from '../../platform/objects/folder/direct.ts';
import { isPassingStatus, NO_SPACE } from '../../platform/passing-trouble.ts';
import { ClientError } from '../errors.ts';
import { Limit } from '../flow/limit.ts';
import type { Again } from '../flow/patience.ts';
import { AnswerTooLong, type Http, type HttpAnswer, type HttpRequest, mayPass } from './http.ts';
import { fileOf, type SignedPlace, stagingOf } from './object-folder.ts';

/**
 * Requests to the object store under way at a time: enough for its latency, few enough for one
 * connection each.
 */
export const OBJECT_REQUESTS = 32;

/** The signature of a URL is no longer accepted: a new one is needed. */
export class SignatureEnded extends Error {}

/**
 * What became of a PUT. `OTHERWISE`: nothing was replaced, as the store has other bytes under this
 * id than the service knew of. They may be the same block, of an earlier try or of another client.
 * The service says whether they are.
 */
export type Put = 'STORED' | 'OTHERWISE';

export interface RenewablePlace extends SignedPlace {
  /** Asks the service for another one: a store that was started again may have another address. */
  readonly renew?: () => Promise<SignedPlace>;
}

/** Moves stored forms between slots and the object store, by signed URL. */
export interface ObjectTransfer {
  put(to: RenewablePlace, bytes: Buffer): Promise<Put>;
  /** The number of bytes received into `slot`. */
  get(from: RenewablePlace, slot: Buffer): Promise<number | 'MISSING' | 'TOO_LONG'>;
  /** A file with the object, where this program may read it. It may be gone when it is read. */
  fileOf(from: SignedPlace): string | undefined;
  /** Where this program may stage the object instead. */
  stagingOf(to: SignedPlace, sha256: string): Staging | undefined;
}

/** A store that nobody has reached for so long is asked for at a new address. */
const RENEW_AFTER_MS = 2_000;

export function createObjectTransfer(http: Http, signal: AbortSignal): ObjectTransfer {
  const limit = new Limit(OBJECT_REQUESTS);

  const patient = (
    { renew, ...first }: RenewablePlace,
    what: Pick<HttpRequest, 'method' | 'body' | 'into'>,
  ): Promise<HttpAnswer> => {
    let place: SignedPlace = first;
    let unreachedSince: number | undefined;
    const attempt = async () => {
      if (renew !== undefined && unreachedSince !== undefined && performance.now() - unreachedSince > RENEW_AFTER_MS) {
        place = await renew();
        unreachedSince = undefined;
      }
      const answer = await http.request({ ...place, ...what, signal }).catch((error: unknown) => {
        unreachedSince ??= performance.now();
        throw error;
      });
      if (isPassing(answer.status)) throw refused({ ...place, ...what }, answer);
      return answer;
    };
    const { origin } = addressOf(first.url);
    return http.patience.run({ whom: origin, attempt, again: triedAgain, signal });
  };

  const { objectFolder } = http;
  return {
    fileOf: (from) => objectFolder && fileOf(objectFolder, from),
    stagingOf: (to, sha256) => objectFolder && stagingOf(objectFolder, to, sha256),
    put: (to, bytes) =>
      limit.run(async () => {
        const what = { method: 'PUT', body: bytes } as const;
        const answer = await patient(to, what);
        if (answer.status < 300) return 'STORED';
        if (answer.status === 412 || (answer.status === 404 && codeOf(answer) === 'NoSuchKey')) return 'OTHERWISE';
        throw refused({ ...to, ...what }, answer);
      }),
    get: (from, slot) =>
      limit.run(async () => {
        const what = { method: 'GET', into: slot } as const;
        const answer = await patient(from, what).catch((error: unknown) => {
          if (error instanceof AnswerTooLong) return undefined;
          throw error;
        });
        if (!answer) return 'TOO_LONG';
        if (answer.status === 404) return 'MISSING';
        if (answer.status >= 300) throw refused({ ...from, ...what }, answer);
        return answer.body.length;
      }),
  };
}

/** Whether and how the same is sent again: both requests do nothing the second time. */
function triedAgain(error: unknown): Again | undefined {
  if (!(error instanceof ClientError)) return undefined;
  if (error.code === 'BadAnswer') return {}; // only what may pass is an error here, see `patient`
  return error.code === 'Unreachable' ? mayPass(error) : undefined;
}

/** 409: another upload of the same object is under way. */
function isPassing(status: number): boolean {
  return isPassingStatus(status) || status === 409;
}

function codeOf({ body }: Pick<HttpAnswer, 'body'>): string | undefined {
  return /<Code>([^<]*)<\/Code>/.exec(body.toString('utf8'))?.[1];
}

function refused({ url, method }: { url: string; method: string }, { status, body }: HttpAnswer): Error {
  const text = body.toString('utf8');
  const code = codeOf({ body }) ?? `HTTP ${status}`;
  if (status === 403 || code === 'ExpiredToken')
    return new SignatureEnded(`the object store refused ${method}: ${code}`);
  const { origin } = addressOf(url);
  if (status === NO_SPACE) {
    const message = /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? `The object store at ${origin} has no space left.`;
    return new ClientError('StorageFull', message, { origin });
  }
  return new ClientError('BadAnswer', `The object store at ${origin} refused a ${method}: ${code}.`, { status, code });
}
