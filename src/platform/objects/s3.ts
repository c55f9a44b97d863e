import {
  DeleteObjectsCommand,
  ListObjectsCommand,
  type ListObjectsCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { REQUEST_MS } from '../aws-settings.ts';
import type { Clock } from '../clock.ts';
import { VarveError } from '../errors.ts';
import { isPassingName, PassingTrouble } from '../passing-trouble.ts';
import { type RetryLimits, withRetries } from '../retry.ts';
import { copyThrough, requireSame } from './copy-through.ts';
import type { ObjectStore, SignedPut } from './port.ts';
import { conditionHeader, contentHeaders } from './put-headers.ts';
import { createObjectRequests } from './s3-requests.ts';
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

/**
 * Objects in S3. Reads and writes of single objects go over URLs signed here; listing and removing
 * through the SDK.
 *
 * S3 answers a missing key with 404 only to those who may list the bucket, so the role needs
 * `s3:ListBucket`.
 */
export function createS3Objects(options: S3ObjectsOptions): ObjectStore {
  const { client, bucket, clock, publicEndpoint } = options;
  const retry = { ...RETRY, ...options.retry, what: 'The object store', random: options.random };
  const own = once(() => createSigner(client, bucket));
  const shared = publicEndpoint === undefined ? own : once(() => createSigner(client, bucket, publicEndpoint));
  const sign = async (signer: () => Promise<UrlSigner>, request: Omit<SignableRequest, 'epochMs'>): Promise<string> =>
    (await signer()).sign({ ...request, epochMs: clock.now() }, await client.config.credentials());
  const realm = once(() => realmOf(client));

  const { read, put, putNew, head, copy } = createObjectRequests({ retry, sign: (request) => sign(own, request) });

  return {
    read,
    put,
    putNew,
    head,
    get: async (key) => (await read(key))?.bytes,
    copySource: async () => ({ realm: await realm(), bucket }),
    copyFrom: async (source, from, to) => {
      const through = () => copyThrough(source, from, (bytes) => put(to, bytes));
      const other = await source.copySource?.();
      if (other?.realm !== (await realm())) return through();
      const original = await source.head(from);
      const sha256 = original && (await copy({ bucket: other.bucket, key: from }, to));
      if (sha256 === undefined) return undefined;
      requireSame(from, original?.sha256, sha256 ?? undefined);
      // A store that tells no checksum of what it has copied proves nothing.
      return original?.sha256 === sha256 ? original : through();
    },

    persist: async () => {
      // S3 acknowledges an upload when it is durable.
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

/** Regions of AWS copy from each other, and buckets behind one endpoint. */
async function realmOf({ config }: S3Client): Promise<string> {
  const own = await config.endpoint?.();
  return own === undefined ? 'aws' : `${own.protocol}//${own.hostname}:${own.port ?? ''}`;
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

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
