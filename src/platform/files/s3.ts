import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { invalid } from '../errors.ts';
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
const GONE = new Set(['NoSuchUpload', 'NoSuchKey', 'NotFound']);
const REFUSED = new Set([
  'AccessDenied',
  'NoSuchBucket',
  'PermanentRedirect',
  'InvalidAccessKeyId',
  'AllAccessDisabled',
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

    async remove(Key) {
      const command = new DeleteObjectCommand({ Bucket, Key });
      await send((abortSignal) => client.send(command, { abortSignal }));
    },

    signGet,
  };
}
