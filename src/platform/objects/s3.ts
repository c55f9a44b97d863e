import { hash } from 'node:crypto';
import {
  DeleteObjectsCommand,
  ListObjectsCommand,
  type ListObjectsCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { REQUEST_MS } from '../aws-settings.ts';
import type { Clock } from '../clock.ts';
import { NoSpaceError, VarveError } from '../errors.ts';
import { isPassingName, NO_SPACE, PassingTrouble } from '../passing-trouble.ts';
import { type RetryLimits, withRetries } from '../retry.ts';
import { createHttpExchange, type HttpAnswer } from './http.ts';
import type { ObjectHead, ObjectStore, SignedPut, StoredObject } from './port.ts';
import { conditionHeader, contentHeaders } from './put-headers.ts';
import { isPassingAnswer, s3ErrorCode } from './s3-errors.ts';
import { createUrlSigner, type SignableRequest, type UrlSigner } from './sigv4.ts';

export interface S3ObjectsOptions {
  /**
   * Where the bucket is, path style or not, and with which credentials, is this client's
   * configuration.
   */
  readonly client: S3Client;
  readonly bucket: string;
  /**
   * Where holders of signed URLs reach the store, if they do so in another way than this process.
   */
  readonly publicEndpoint?: string;
  readonly clock: Clock;
  /** In [0, 1): spreads retries. */
  readonly random: () => number;
  readonly retry?: Partial<RetryLimits>;
}

/** Ends well before the 29 s that the gateway in front of the API gives a request. */
const RETRY: RetryLimits = {
  attempts: 6,
  attemptMs: REQUEST_MS,
  totalMs: 12_000,
  firstWaitMs: 50,
  longestWaitMs: 2_000,
};
const HTTP = { connections: 64, maxBodyBytes: 16 * 1024 * 1024 };
/** Of URLs for our own use: as long as S3 lets clocks differ. */
const OWN_TTL_SECONDS = 900;

/**
 * Objects in S3. Reads and writes of single objects go over URLs signed here; listing and removing
 * through the SDK.
 *
 * S3 answers a missing key with 404 only to those who may list the bucket, so the role needs
 * `s3:ListBucket`.
 */
export function createS3Objects(options: S3ObjectsOptions): ObjectStore {
  const { client, bucket, clock } = options;
  const exchange = createHttpExchange(HTTP);
  const retry = { ...RETRY, ...options.retry, what: 'The object store', random: options.random };
  const own = once(() => createSigner(client, bucket));
  const { publicEndpoint } = options;
  const shared = publicEndpoint === undefined ? own : once(() => createSigner(client, bucket, publicEndpoint));

  const sign = async (signer: () => Promise<UrlSigner>, request: Omit<SignableRequest, 'epochMs'>): Promise<string> =>
    (await signer()).sign({ ...request, epochMs: clock.now() }, await client.config.credentials());

  const send = (method: 'GET' | 'HEAD' | 'PUT', key: string, body?: Uint8Array): Promise<HttpAnswer> =>
    withRetries(retry, async (signal) => {
      const headers = headersOf(method, body);
      const url = await sign(own, { method, key, headers, ttlSeconds: OWN_TTL_SECONDS });
      const answer = await exchange({ method, url, headers, signal, ...(body ? { body } : {}) });
      if (isPassingAnswer(answer)) throw new PassingTrouble(describe(method, key, answer));
      return answer;
    });

  const read = async (key: string): Promise<StoredObject | undefined> => {
    const answer = await send('GET', key);
    if (answer.status === 200) return { bytes: answer.body, etag: answer.headers.etag ?? '' };
    if (answer.status === 404 && s3ErrorCode(answer) === 'NoSuchKey') return undefined;
    throw refused('GET', key, answer);
  };

  return {
    read,
    get: async (key) => (await read(key))?.bytes,

    async put(key, bytes) {
      const answer = await send('PUT', key, bytes);
      if (answer.status !== 200) throw refused('PUT', key, answer);
    },

    persist: async () => {
      // S3 acknowledges an upload when it is durable.
    },

    async head(key) {
      const answer = await send('HEAD', key);
      if (answer.status === 200) return headOf(answer);
      if (answer.status === 404) return undefined;
      throw refused('HEAD', key, answer);
    },

    async remove(keys) {
      if (keys.length === 0) return;
      await withRetries(retry, (signal) => removeOnce(options, keys, signal));
    },

    async list(prefix, { after, limit }) {
      const { Contents = [], IsTruncated = false } = await withRetries(retry, (signal) =>
        listOnce(
          options,
          { Prefix: prefix, MaxKeys: limit, ...(after === undefined ? {} : { Marker: after }) },
          signal,
        ),
      );
      const keys = Contents.map(({ Key, Size, LastModified }) => ({
        key: Key ?? '',
        sizeBytes: Size ?? 0,
        modifiedAt: LastModified?.getTime() ?? 0,
      }));
      return { keys, more: IsTruncated };
    },

    signGet: (key, ttlSeconds) => sign(shared, { method: 'GET', key, ttlSeconds }),

    async signPut(key, content, { ttlSeconds, when }): Promise<SignedPut> {
      const headers = { ...contentHeaders(content), ...conditionHeader(when) };
      return { url: await sign(shared, { method: 'PUT', key, headers, ttlSeconds }), headers };
    },
  };
}

async function createSigner(client: S3Client, bucket: string, publicEndpoint?: string): Promise<UrlSigner> {
  const { endpoint, endpointProvider, forcePathStyle, region } = client.config;
  const regionName = await region();
  const own = await endpoint?.();
  const ownUrl = own && `${own.protocol}//${own.hostname}${own.port === undefined ? '' : `:${own.port}`}${own.path}`;
  const { url } = endpointProvider({
    Bucket: bucket,
    Region: regionName,
    ForcePathStyle: forcePathStyle,
    Endpoint: publicEndpoint ?? ownUrl,
  });
  return createUrlSigner(url, regionName);
}

function headersOf(method: string, body: Uint8Array | undefined): Record<string, string> {
  if (body !== undefined) return contentHeaders({ sizeBytes: body.length, sha256: hash('sha256', body, 'hex') });
  return method === 'HEAD' ? { 'x-amz-checksum-mode': 'ENABLED' } : {};
}

function headOf({ headers }: HttpAnswer): ObjectHead {
  const checksum = headers['x-amz-checksum-sha256'];
  return {
    sizeBytes: Number(headers['content-length']),
    ...(typeof checksum === 'string' && { sha256: Buffer.from(checksum, 'base64').toString('hex') }),
  };
}

/**
 * ListObjects, not V2: going on after a key needs no token, and s3rver's tokens need a cipher that
 * OpenSSL 3 lacks.
 */
function listOnce(
  { client, bucket }: S3ObjectsOptions,
  page: Omit<ListObjectsCommandInput, 'Bucket'>,
  abortSignal: AbortSignal,
) {
  const command = new ListObjectsCommand({ Bucket: bucket, ...page });
  command.middlewareStack.add(withoutSlash(bucket), { step: 'build' });
  return client.send(command, { abortSignal });
}

async function removeOnce({ client, bucket }: S3ObjectsOptions, keys: readonly string[], abortSignal: AbortSignal) {
  const command = new DeleteObjectsCommand({
    Bucket: bucket,
    Delete: { Objects: keys.map((key) => ({ Key: key })), Quiet: true },
  });
  command.middlewareStack.add(withoutSlash(bucket), { step: 'build' });
  const { Errors: [failure] = [] } = await client.send(command, { abortSignal });
  if (!failure) return;
  const message = `DELETE ${failure.Key}: ${failure.Code} ${failure.Message ?? ''}`;
  if (isPassingName(failure.Code)) throw new PassingTrouble(message);
  throw new VarveError('Internal', message);
}

/**
 * With path style the SDK asks for `/bucket/`. Without the slash it is the same resource to S3, and
 * the signature is one that s3rver accepts too.
 */
function withoutSlash(bucket: string) {
  return <Args extends { request: unknown }, Result>(next: (args: Args) => Result) =>
    (args: Args): Result => {
      const request = args.request as { path: string };
      if (request.path === `/${bucket}/`) request.path = `/${bucket}`;
      return next(args);
    };
}

function describe(method: string, key: string, answer: HttpAnswer): string {
  return `The object store answered ${method} ${key} with ${answer.status} ${s3ErrorCode(answer) ?? ''}`.trimEnd();
}

function refused(method: string, key: string, answer: HttpAnswer): Error {
  if (answer.status === NO_SPACE) return new NoSpaceError(`${describe(method, key, answer)}.`);
  return new VarveError('Internal', `${describe(method, key, answer)}.`);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
