import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { createServer, IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { LOOPBACK } from '../ports.ts';
import { type ReadableStore, takeShortCuts } from './short-cuts.ts';

export interface S3Options {
  /** 0 for any that is free. */
  readonly port: number;
  readonly directory: string;
  /** For uploads on their way; on the same file system. */
  readonly incoming: string;
  readonly buckets: readonly string[];
  /** The only ones that are let in. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The part of s3rver that is used, which comes without types. */
interface S3rver {
  readonly store: Store;
  callback(): RequestListener;
  configureBuckets(): Promise<void>;
}
interface Store extends ReadableStore {
  putMetadata(bucket: string, key: string, metadata: object, md5: string): Promise<void>;
  deleteObject(bucket: string, key: string): Promise<void>;
  putObject(object: StoredObject): Promise<{ size: number; md5: string }>;
}
interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly content: Readable;
  readonly metadata: object;
}
interface AwsAccount {
  createKeyPair(accessKeyId: string, secretAccessKey: string): void;
  revokeAccessKey(accessKeyId: string): void;
}

const require = createRequire(import.meta.url);
const WRITE_BYTES = 1024 * 1024;
const PUBLIC_KEY = 'S3RVER'; // the key pair that every s3rver knows

/**
 * s3rver as the single machine's object store, stricter than it comes: requests must be signed with this run's own key, an object
 * appears whole or not at all, and one whose bytes do not have the signed checksum is refused.
 */
export async function startS3(options: S3Options): Promise<{ port: number; server: Server }> {
  const Engine = require('@20minutes/s3rver') as new (settings: object) => S3rver;
  const { DUMMY_ACCOUNT } = require('@20minutes/s3rver/lib/models/account.js') as { DUMMY_ACCOUNT: AwsAccount };
  DUMMY_ACCOUNT.createKeyPair(options.credentials.accessKeyId, options.credentials.secretAccessKey);
  if (options.credentials.accessKeyId !== PUBLIC_KEY) DUMMY_ACCOUNT.revokeAccessKey(PUBLIC_KEY);
  const engine = new Engine({
    directory: options.directory,
    silent: true,
    vhostBuckets: false,
    configureBuckets: options.buckets.map((name) => ({ name })),
  });
  await engine.configureBuckets();
  takeShortCuts(engine.store);
  engine.store.deleteObject = (bucket, key) => deleteFiles(engine.store, bucket, key);
  engine.store.putObject = (object) => putWhole(engine.store, options.incoming, object);
  const answer = engine.callback();
  const server = createServer((request, response) => {
    if (isSigned(request)) return answer(request, response);
    response.writeHead(403).end();
  });
  server.listen(options.port, LOOPBACK);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

/** Whether s3rver will look for a signature, by what it goes by itself: those who bring none it would let in. */
function isSigned({ headers, url = '' }: IncomingMessage): boolean {
  return 'authorization' in headers || URL.parse(url, 'http://s3')?.searchParams.has('X-Amz-Algorithm') === true;
}

/** Leaves the folder: s3rver removes one that it finds empty, and with it what another request has put there meanwhile. */
async function deleteFiles(store: Store, bucket: string, key: string): Promise<void> {
  for (const resource of ['object', 'object.md5', 'metadata.json']) {
    await rm(store.getResourcePath(bucket, key, resource), { force: true });
  }
}

async function putWhole(store: Store, incoming: string, object: StoredObject): Promise<{ size: number; md5: string }> {
  const beside = join(incoming, randomUUID());
  try {
    const written = await write(beside, object.content);
    const expected = checksum(object.content);
    if (expected !== undefined && expected !== written.sha256) throw badDigest();
    const target = store.getResourcePath(object.bucket, object.key, 'object');
    await mkdir(dirname(target), { recursive: true });
    await store.putMetadata(object.bucket, object.key, object.metadata, written.md5);
    await rename(beside, target);
    return { size: written.size, md5: written.md5 };
  } finally {
    await rm(beside, { force: true });
  }
}

async function write(file: string, content: Readable): Promise<{ size: number; md5: string; sha256: string }> {
  const md5 = createHash('md5'); // S3's ETag
  const sha256 = createHash('sha256');
  let size = 0;
  let written = 0;
  const target = await open(file, 'wx');
  try {
    for await (const parts of gathered(content)) {
      for (const part of parts) {
        md5.update(part);
        sha256.update(part);
        size += part.length;
      }
      const { bytesWritten } = await target.writev(parts);
      written += bytesWritten;
      if (written !== size) throw new Error(`the file system took ${written} of ${size} bytes`);
    }
  } finally {
    await target.close();
  }
  return { size, md5: md5.digest('hex'), sha256: sha256.digest('base64') };
}

/** Few large writes instead of one for each part that the network delivers. */
async function* gathered(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer[]> {
  let parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of content) {
    parts.push(part);
    bytes += part.length;
    if (bytes < WRITE_BYTES) continue;
    yield parts;
    parts = [];
    bytes = 0;
  }
  if (bytes > 0) yield parts;
}

function checksum(content: Readable): string | undefined {
  if (!(content instanceof IncomingMessage)) return undefined;
  const { searchParams } = URL.parse(content.url ?? '', 'http://s3') ?? {};
  return searchParams?.get('x-amz-checksum-sha256') ?? content.headers['x-amz-checksum-sha256']?.toString();
}

function badDigest(): Error {
  const S3Error = require('@20minutes/s3rver/lib/models/error.js') as new (code: string, message: string) => Error;
  return new S3Error('BadDigest', 'The SHA-256 you specified did not match the calculated checksum.');
}
