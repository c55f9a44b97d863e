import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';

/** The part of s3rver's file store that is used here, which comes without types. */
export interface ReadableStore {
  getResourcePath(bucket: string, key: string, resource: string): string;
  getBucket(bucket: string): Promise<object | null>;
  getSubresource(bucket: string, key: string | undefined, type: string): Promise<object | null>;
  getMetadata(bucket: string, key: string): Promise<Metadata>;
  getObject(bucket: string, key: string, range?: ByteRange): Promise<object | null>;
}
type Metadata = Readonly<Record<string, string | number>>;
type ByteRange = { readonly start?: number; readonly end?: number };

const require = createRequire(import.meta.url);
/** One read for any object that Varve stores. */
const READ_BYTES = 1024 * 1024;

/**
 * For each request s3rver asks the file system a dozen times, each time through the thread pool,
 * which costs more than what it does: a HEAD alone opens six files. The answers are the same here
 * with less work. Buckets of the single machine do not change and have no rules of their own. Small
 * files are read at once, and a body is opened when it is wanted.
 */
export function takeShortCuts(store: ReadableStore): void {
  rememberSigningKeys();
  const S3Object = require('@20minutes/s3rver/lib/models/object.js') as new (
    bucket: string,
    key: string,
    content: Readable | null,
    metadata: Metadata,
  ) => object;
  const { getBucket, getMetadata, getObject, getSubresource } = {
    getBucket: store.getBucket.bind(store),
    getMetadata: store.getMetadata.bind(store),
    getObject: store.getObject.bind(store),
    getSubresource: store.getSubresource.bind(store),
  };
  const buckets = new Map<string, object>();

  store.getBucket = async (name) => {
    const bucket = buckets.get(name) ?? (await getBucket(name));
    if (bucket !== null) buckets.set(name, bucket);
    return bucket;
  };
  store.getSubresource = async (bucket, key, type) =>
    type === 'cors' || type === 'website' ? null : getSubresource(bucket, key, type);
  store.getMetadata = async (bucket, key) =>
    readMetadata((resource) => store.getResourcePath(bucket, key, resource)) ?? getMetadata(bucket, key);
  store.getObject = async (bucket, key, range) => {
    if (range?.start !== undefined || range?.end !== undefined) return getObject(bucket, key, range);
    const path = store.getResourcePath(bucket, key, 'object');
    const metadata = readMetadata((resource) => store.getResourcePath(bucket, key, resource));
    return metadata === undefined ? getObject(bucket, key, range) : new S3Object(bucket, key, bodyOf(path), metadata);
  };
}

/** A signing key holds for a day, and takes four of the five HMACs of a request's signature. */
function rememberSigningKeys(): void {
  type Scope = readonly [secretKey: string, date: string, region: string, service: string];
  const v4 = require('@20minutes/s3rver/lib/signature/v4.js') as { getSigningKey(...scope: Scope): Buffer };
  const derive = v4.getSigningKey;
  let last: { readonly scope: string; readonly key: Buffer } | undefined;
  v4.getSigningKey = (...scope) => {
    const name = JSON.stringify(scope);
    if (last?.scope !== name) last = { scope: name, key: derive(...scope) };
    return last.key;
  };
}

/** Undefined where a part is missing, of which s3rver knows what to make. */
function readMetadata(pathOf: (resource: string) => string): Metadata | undefined {
  const stat = statSync(pathOf('object'), { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  try {
    const stored = JSON.parse(readFileSync(pathOf('metadata.json'), 'utf8')) as Metadata;
    const etag = JSON.stringify(readFileSync(pathOf('object.md5'), 'utf8'));
    return { ...stored, etag, 'last-modified': stat.mtime.toUTCString(), 'content-length': stat.size };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function bodyOf(path: string): Readable {
  return Readable.from(readAll(path), { objectMode: false });
}

async function* readAll(path: string): AsyncGenerator<Buffer> {
  yield* createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>;
}
