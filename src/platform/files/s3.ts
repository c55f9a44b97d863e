import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { invalid } from '../errors.ts';
import { PassingTrouble } from '../passing-trouble.ts';
import { type RetryLimits, withRetries } from '../retry.ts';
import { type FileStore, type FileUpload, MOST_PARTS, type UploadedPart } from './port.ts';

export interface S3FilesOptions {
  /** Its requests have time for a whole part: {@link PART_MS}. */
  readonly client: S3Client;
  readonly bucket: string;
  /** Signs a GET, as the store of the objects does. */
  readonly signGet: FileStore['signGet'];
  /** In [0, 1): spreads retries. */
  readonly random: () => number;
  readonly retry?: Partial<RetryLimits>;
}

/** For a part of 64 MiB over 1 MB/s, which is slow. */
export const PART_MS = 70_000;

/** A worker hands over before its own time is up: two parts, each of them tried again, fit in. */
const RETRY: RetryLimits = {
  attempts: 5,
  attemptMs: PART_MS,
  totalMs: 100_000,
  firstWaitMs: 100,
  longestWaitMs: 5_000,
};
const MOST_UPLOADS = 100;
const GONE = new Set(['NoSuchUpload', 'NoSuchKey', 'NotFound', 'PreconditionFailed', 'InvalidRange', '412', '416']);
const REFUSED = new Set([
  'AccessDenied',
  'NoSuchBucket',
  'PermanentRedirect',
  'InvalidAccessKeyId',
  'AllAccessDisabled',
  // A HEAD is answered without a body.
  'Forbidden',
  '403',
]);

/** Files of a bucket, by multipart uploads. */
export function createS3Files({ client, bucket, signGet, random, retry }: S3FilesOptions): FileStore {
  const Bucket = bucket;
  /** Undefined: what is asked for is not there. */
  const send = async <T>(call: (abortSignal: AbortSignal) => Promise<T>): Promise<T | undefined> => {
    try {
      return await withRetries({ ...RETRY, ...retry, what: 'The object store', random }, call);
    } catch (error) {
      const { name = '' } = error as { readonly name?: string };
      if (REFUSED.has(name)) throw invalid('bucket', `the store refuses ${bucket} (${name})`);
      if (GONE.has(name)) return undefined;
      throw error;
    }
  };
  const place = ({ key, id }: FileUpload) => ({ Bucket, Key: key, UploadId: id });

  return {
    async begin(Key) {
      const command = new CreateMultipartUploadCommand({ Bucket, Key, ContentType: 'application/octet-stream' });
      const begun = await send((abortSignal) => client.send(command, { abortSignal }));
      if (begun?.UploadId === undefined) throw invalid('bucket', `the store begins no upload in ${bucket}`);
      return begun.UploadId;
    },

    async uploads(key) {
      const command = new ListMultipartUploadsCommand({ Bucket, Prefix: key, MaxUploads: MOST_UPLOADS });
      const { Uploads: all = [] } = (await send((abortSignal) => client.send(command, { abortSignal }))) ?? {};
      return all.flatMap(({ Key, UploadId }) => (Key === key && UploadId !== undefined ? [UploadId] : [])).sort();
    },

    async parts(upload) {
      const found: UploadedPart[] = [];
      for (let marker: string | undefined; ; ) {
        const after = marker === undefined ? {} : { PartNumberMarker: marker };
        const command = new ListPartsCommand({ ...place(upload), ...after });
        const page = await send((abortSignal) => client.send(command, { abortSignal }));
        if (page === undefined) return undefined;
        for (const { PartNumber = 0, Size = 0, ETag = '' } of page.Parts ?? [])
          found.push({ number: PartNumber, sizeBytes: Size, etag: ETag });
        marker = page.NextPartNumberMarker;
        if (page.IsTruncated !== true || marker === undefined || found.length > MOST_PARTS) return found;
      }
    },

    async putPart(upload, number, bytes) {
      const command = new UploadPartCommand({ ...place(upload), PartNumber: number, Body: bytes });
      return (await send((abortSignal) => client.send(command, { abortSignal }))) !== undefined;
    },

    async complete(upload, parts) {
      const Parts = parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag }));
      const command = new CompleteMultipartUploadCommand({ ...place(upload), MultipartUpload: { Parts } });
      return (await send((abortSignal) => client.send(command, { abortSignal }))) !== undefined;
    },

    async abort(upload) {
      const command = new AbortMultipartUploadCommand(place(upload));
      await send((abortSignal) => client.send(command, { abortSignal }));
    },

    async size(Key) {
      const command = new HeadObjectCommand({ Bucket, Key });
      return (await send((abortSignal) => client.send(command, { abortSignal })))?.ContentLength;
    },

    ...readsOf(client, bucket, send),

    async remove(Key) {
      const command = new DeleteObjectCommand({ Bucket, Key });
      await send((abortSignal) => client.send(command, { abortSignal }));
    },

    signGet,
  };
}

type Send = <T>(call: (abortSignal: AbortSignal) => Promise<T>) => Promise<T | undefined>;

function readsOf(client: S3Client, Bucket: string, send: Send): Pick<FileStore, 'look' | 'read'> {
  return {
    async look(key) {
      const command = new HeadObjectCommand({ Bucket, Key: key });
      const found = await send((abortSignal) => client.send(command, { abortSignal }));
      if (found?.ETag === undefined) return undefined;
      return { key, sizeBytes: found.ContentLength ?? 0, etag: found.ETag };
    },

    async read({ key, etag }, offset, length) {
      const Range = `bytes=${offset}-${offset + length - 1}`;
      const command = new GetObjectCommand({ Bucket, Key: key, Range, IfMatch: etag });
      command.middlewareStack.add(withoutSums, { step: 'deserialize', priority: 'low' });
      return send(async (abortSignal) => {
        const { Body, ETag, ContentLength } = await client.send(command, { abortSignal });
        // A store that knows no condition, or no range, answers with another file or all of it.
        if (ETag !== etag || ContentLength !== length || Body === undefined) {
          (Body as { destroy?: () => void } | undefined)?.destroy?.();
          return undefined;
        }
        const bytes = await Body.transformToByteArray();
        if (bytes.length !== length) throw new PassingTrouble(`GET ${key}: the answer has ${bytes.length} bytes`);
        return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      });
    },
  };
}

/**
 * Some stores send the checksum of the whole object with a part of it, and the SDK holds the part
 * against it. Blocks have ids of their own.
 */
const withoutSums =
  <Args extends object, Answer extends { response: unknown }>(next: (args: Args) => Promise<Answer>) =>
  async (args: Args): Promise<Answer> => {
    const answer = await next(args);
    const { headers } = answer.response as { headers: Record<string, string> };
    for (const name of Object.keys(headers)) if (name.startsWith('x-amz-checksum-')) delete headers[name];
    return answer;
  };
