import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { HTTP_LIMITS } from '../../local/http-limits.ts';
import { LOOPBACK } from '../../local/ports.ts';
import { freeBytes, RESERVE_BYTES } from '../../platform/disk-space.ts';
import { completeMultipart, type PartStore } from './multipart.ts';
import { answerChecksums, noSpace, putWhole, type StoredObject } from './put-object.ts';
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
  /** Bytes; left out, of the disk that `directory` is on. */
  readonly free?: () => number;
}

/** The part of s3rver that is used, which comes without types. */
interface S3rver {
  readonly store: Store;
  callback(): RequestListener;
  configureBuckets(): Promise<void>;
}
interface Store extends ReadableStore, PartStore {
  deleteObject(bucket: string, key: string): Promise<void>;
  putObject(object: StoredObject): Promise<{ size: number; md5: string }>;
}
interface AwsAccount {
  createKeyPair(accessKeyId: string, secretAccessKey: string): void;
  revokeAccessKey(accessKeyId: string): void;
}

const require = createRequire(import.meta.url);
/** What deleting writes to the bucket, so that room can be made. */
const MANIFESTS = 'manifests/';
const PUBLIC_KEY = 'S3RVER'; // the key pair that every s3rver knows

/**
 * s3rver as the single machine's object store, stricter than it comes. Requests must be signed with
 * this run's own key. An object appears whole or not at all. An upload whose bytes do not have the
 * signed checksum is refused.
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
  answerChecksums();
  engine.store.deleteObject = (bucket, key) => deleteFiles(engine.store, bucket, key);
  const { free = () => freeBytes(options.directory) } = options;
  engine.store.putObject = async (object) => {
    if (free() < RESERVE_BYTES && !object.key.startsWith(MANIFESTS)) throw noSpace();
    return putWhole(engine.store, options.incoming, object);
  };
  const inParts = completeMultipart(engine.store);
  const others = engine.callback();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!(await inParts(request, response))) others(request, response);
  };
  const server = createServer(HTTP_LIMITS, (request, response) => {
    if (isSigned(request)) answer(request, response).catch(() => response.destroy());
    else response.writeHead(403).end();
  });
  server.listen(options.port, LOOPBACK);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, server };
}

/**
 * Whether s3rver will look for a signature, by what it goes by itself: those who bring none it
 * would let in.
 */
function isSigned({ headers, url = '' }: IncomingMessage): boolean {
  return 'authorization' in headers || URL.parse(url, 'http://s3')?.searchParams.has('X-Amz-Algorithm') === true;
}

/**
 * Leaves the folder: s3rver removes one that it finds empty, and with it what another request has
 * put there meanwhile.
 */
async function deleteFiles(store: Store, bucket: string, key: string): Promise<void> {
  for (const resource of ['object', 'object.md5', 'metadata.json']) {
    await rm(store.getResourcePath(bucket, key, resource), { force: true });
  }
}
