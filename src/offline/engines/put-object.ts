import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writevSync,
} from 'node:fs';
import { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

/** The parts of s3rver that storing an object needs, which come without types. */
export interface WritableStore {
  getResourcePath(bucket: string, key: string, resource: string): string;
}
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly content: Readable;
  readonly metadata: Readonly<Record<string, unknown>>;
}

const require = createRequire(import.meta.url);
const WRITE_BYTES = 1024 * 1024; // one write for any object that Varve stores
/** The header with an object's SHA-256, base64; S3 keeps it and answers it to HEAD. */
const CHECKSUM = 'x-amz-checksum-sha256';

/**
 * Stores an object that appears whole or not at all, and refuses one whose bytes do not have the
 * signed checksum. Files are written synchronously: that takes the processor half as much as five
 * trips through the thread pool for each object, and on a single machine the processor is what all
 * parts share.
 */
export async function putWhole(
  store: WritableStore,
  incoming: string,
  object: StoredObject,
): Promise<{ size: number; md5: string }> {
  const beside = join(incoming, randomUUID());
  const small = `${beside}.small`;
  try {
    const written = await write(beside, object.content);
    const expected = checksum(object.content);
    if (expected !== undefined && expected !== written.sha256) throw badDigest();
    const pathOf = (resource: string) => store.getResourcePath(object.bucket, object.key, resource);
    const place = () => {
      requireCondition(object.content, pathOf);
      // Of an object that is there, no part may be cut short, as a full disk would do.
      const put = existsSync(pathOf('object')) ? replace : writeFileSync;
      put(pathOf('object.md5'), written.md5);
      const kept = { ...keptMetadata(object.metadata), [CHECKSUM]: written.sha256 };
      put(pathOf('metadata.json'), JSON.stringify(kept));
      renameSync(beside, pathOf('object'));
    };
    const replace = (file: string, text: string) => {
      writeFileSync(small, text);
      renameSync(small, file);
    };
    inFolder(dirname(pathOf('object')), place);
    return { size: written.size, md5: written.md5 };
  } catch (error) {
    for (const file of [beside, small]) rmSync(file, { force: true });
    throw isFullDisk(error) ? noSpace() : error;
  }
}

/** Nearly always the folder is there. */
function inFolder(folder: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(folder, { recursive: true });
    work();
  }
}

async function write(file: string, content: Readable): Promise<{ size: number; md5: string; sha256: string }> {
  const md5 = createHash('md5'); // S3's ETag
  const sha256 = createHash('sha256');
  let size = 0;
  let parts: Buffer[] = [];
  let bytes = 0;
  const target = openSync(file, 'wx');
  const flush = () => {
    // it took what it had room for
    if (bytes > 0 && writevSync(target, parts) !== bytes) throw noSpace();
    parts = [];
    bytes = 0;
  };
  try {
    for await (const part of content as AsyncIterable<Buffer>) {
      md5.update(part);
      sha256.update(part);
      parts.push(part);
      size += part.length;
      bytes += part.length;
      if (bytes >= WRITE_BYTES) flush();
    }
    flush();
  } finally {
    closeSync(target);
  }
  return { size, md5: md5.digest('hex'), sha256: sha256.digest('base64') };
}

/** s3rver answers only headers of its own list. */
export function answerChecksums(): void {
  const { ALLOWED_METADATA } = metadataNames();
  if (!ALLOWED_METADATA.includes(CHECKSUM)) ALLOWED_METADATA.push(CHECKSUM);
}

const metadataNames = () => require('@20minutes/s3rver/lib/models/object.js') as { ALLOWED_METADATA: string[] };

/** What s3rver itself keeps of the headers of an upload. */
function keptMetadata(metadata: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { ALLOWED_METADATA } = metadataNames();
  const kept = Object.entries(metadata).filter(
    ([name]) => ALLOWED_METADATA.includes(name) || name.startsWith('x-amz-meta-'),
  );
  return Object.fromEntries(kept);
}

/**
 * S3's conditional writes, which s3rver does not know. Nothing waits between this and the object's
 * appearance, so of two uploads that may not replace anything one is refused.
 */
function requireCondition(content: Readable, pathOf: (resource: string) => string): void {
  if (!(content instanceof IncomingMessage)) return;
  const { 'if-none-match': absent, 'if-match': etag } = content.headers;
  if (absent === '*' && existsSync(pathOf('object'))) throw preconditionFailed();
  if (etag === undefined) return;
  if (!existsSync(pathOf('object'))) throw s3Error('NoSuchKey', 'The specified key does not exist.');
  if (etag !== JSON.stringify(readFileSync(pathOf('object.md5'), 'utf8'))) throw preconditionFailed();
}

function preconditionFailed(): Error {
  return s3Error('PreconditionFailed', 'At least one of the preconditions you specified did not hold.');
}

function checksum(content: Readable): string | undefined {
  if (!(content instanceof IncomingMessage)) return undefined;
  const { searchParams } = URL.parse(content.url ?? '', 'http://s3') ?? {};
  return searchParams?.get(CHECKSUM) ?? content.headers[CHECKSUM]?.toString();
}

function badDigest(): Error {
  return s3Error('BadDigest', 'The SHA-256 you specified did not match the calculated checksum.');
}

/** With the status that HTTP has for it: S3 itself never lacks room. */
export function noSpace(): Error {
  const error = s3Error('InsufficientStorage', 'No space is left on the disk of the data folder.');
  return Object.assign(error, { status: 507 });
}

function isFullDisk(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function s3Error(code: string, message: string): Error {
  const S3Error = require('@20minutes/s3rver/lib/models/error.js') as new (code: string, message: string) => Error;
  return new S3Error(code, message);
}
