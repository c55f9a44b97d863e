import { VarveError } from '../../platform/errors.ts';
import { createHttpExchange, type HttpAnswer } from '../../platform/objects/http.ts';
import { OWNER_KEY, type Owner, readOwner } from '../../platform/objects/owner.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';
import type { S3Address } from '../../platform/objects/s3-address.ts';
import { isPassingAnswer, s3ErrorCode } from '../../platform/objects/s3-errors.ts';
import { PassingTrouble } from '../../platform/passing-trouble.ts';
import { type RetryLimits, withRetries } from '../../platform/retry.ts';
import { StartError } from '../start-error.ts';

/** What a bucket says of itself. */
export interface Look {
  /** `unreadable`: the owner's object is there, and says nothing. */
  readonly owner: Owner | 'unreadable' | undefined;
  /** But for the owner's object. */
  readonly isEmpty: boolean;
  /** How far the clock of this machine is ahead of the store's; absent where that does not say. */
  readonly aheadMs?: number;
}

const LIMITS: RetryLimits = { attempts: 6, attemptMs: 6_000, totalMs: 15_000, firstWaitMs: 100, longestWaitMs: 3_000 };
const TTL_SECONDS = 300;
const exchangeOf = () => createHttpExchange({ connections: 1, maxBodyBytes: 64 * 1024 });

/**
 * Asks for the owner's object by a signed URL, as clients ask for theirs. Throws `StartError` with
 * one sentence if the bucket cannot be used like this.
 */
export async function lookAtBucket(objects: ObjectStore, address: S3Address, now: () => number): Promise<Look> {
  try {
    const url = await objects.signGet(OWNER_KEY, TTL_SECONDS);
    const answer = await asked('GET', url);
    const isThere = answer.status === 200;
    if (!isThere && !(answer.status === 404 && s3ErrorCode(answer) === 'NoSuchKey'))
      throw new StartError(whyRefused(answer, address, now()));
    const { keys } = await objects.list('', { limit: 2 });
    const ahead = aheadOf(answer, now());
    return {
      owner: isThere ? (readOwner(answer.body) ?? 'unreadable') : undefined,
      isEmpty: keys.every(({ key }) => key === OWNER_KEY),
      ...(ahead !== undefined && { aheadMs: ahead }),
    };
  } catch (error) {
    throw asStartError(error, address);
  }
}

/** Tried again as often as any call of the store. The answer may be a refusal. */
export function asked(
  method: 'GET' | 'PUT',
  url: string,
  { headers, body }: { readonly headers?: Readonly<Record<string, string>>; readonly body?: Uint8Array } = {},
): Promise<HttpAnswer> {
  const exchange = exchangeOf();
  return withRetries({ ...LIMITS, what: 'The object store', random: Math.random }, async (signal) => {
    const answer = await exchange({ method, url, signal, ...(headers && { headers }), ...(body && { body }) });
    if (isPassingAnswer(answer))
      throw new PassingTrouble(`status ${answer.status} ${s3ErrorCode(answer) ?? ''}`.trim());
    return answer;
  });
}

function aheadOf({ headers }: HttpAnswer, now: number): number | undefined {
  const at = Date.parse(headers.date ?? '');
  return Number.isNaN(at) ? undefined : now - at;
}

export const placeName = ({ bucket, endpoint }: S3Address): string =>
  endpoint === undefined ? `bucket ${bucket}` : `bucket ${bucket} at ${endpoint}`;

const OTHER_REGION: ReadonlySet<string> = new Set([
  'AuthorizationHeaderMalformed',
  'AuthorizationQueryParametersError',
  'IllegalLocationConstraintException',
  'PermanentRedirect',
  'TemporaryRedirect',
]);

/** Pure: one sentence for a refusal of the store. */
export function whyRefused(answer: HttpAnswer, address: S3Address, now: number): string {
  const code = s3ErrorCode(answer) ?? `status ${answer.status}`;
  const place = placeName(address);
  if (code === 'NoSuchBucket') return `There is no ${place}.`;
  const region = regionIn(answer);
  if (OTHER_REGION.has(code) || [301, 307].includes(answer.status))
    return region === undefined || region === address.region
      ? `The object store does not take region ${address.region} for the ${place} (${code}): give the right one by region=.`
      : `The region of the ${place} is ${region}, and not ${address.region}: give region=${region}.`;
  if (code === 'RequestTimeTooSkewed') {
    const ahead = aheadOf(answer, now);
    const by = ahead === undefined ? '' : ` by ${Math.round(Math.abs(ahead) / 1000)} s`;
    return `The clock of this machine differs${by} from that of the object store, which refuses it: set it right.`;
  }
  if ([400, 401, 403].includes(answer.status))
    return (
      `The object store refuses the credentials that the environment gives (${code}) for the ${place}: ` +
      'they have to read, write, list and delete there.'
    );
  return `The object store cannot be used: it answered ${code} for the ${place}.`;
}

function regionIn({ headers, body }: HttpAnswer): string | undefined {
  const told = headers['x-amz-bucket-region'];
  if (typeof told === 'string') return told;
  return /<Region>([a-z0-9-]+)<\/Region>/.exec(body.toString('utf8', 0, 4096))?.[1];
}

interface Trouble {
  readonly name?: string;
  readonly code?: string;
  readonly message: string;
}

/** What the network, the SDK and the retries throw, in one sentence. */
export function asStartError(error: unknown, address: S3Address): unknown {
  if (error instanceof StartError) return error;
  const { name, message } = error as Trouble;
  if (name === 'CredentialsProviderError')
    return new StartError(
      'There are no credentials for the object store: the environment gives them (AWS_ACCESS_KEY_ID and ' +
        'AWS_SECRET_ACCESS_KEY, AWS_PROFILE and the like).',
    );
  const cause = (error instanceof VarveError && error.code === 'Throttled' ? error.cause : undefined) as
    | Trouble
    | undefined;
  if (cause !== undefined)
    return new StartError(
      `The object store does not answer for the ${placeName(address)} (${cause.code ?? cause.message}): see whether it ` +
        'can be reached, and start again.',
    );
  return new StartError(`The object store cannot be used for the ${placeName(address)} (${message}).`);
}
