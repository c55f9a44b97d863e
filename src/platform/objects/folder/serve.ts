import { webcrypto } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../clock.ts';
import { NoSpaceError } from '../../errors.ts';
import { NO_SPACE } from '../../passing-trouble.ts';
import type { FolderObjects, Staging } from '../folder.ts';
import { EXPORTS } from '../port.ts';
import { type GrantUrls, headersOf, type Upload } from './url.ts';

export interface ObjectRequests {
  readonly objects: Pick<FolderObjects, 'get' | 'stage'>;
  readonly urls: GrantUrls;
  readonly files: LargeFiles;
  readonly clock: Clock;
  /** False: what is left on the disk is kept for the service itself. Asked for each upload. */
  readonly hasRoom: () => boolean;
}

/** Where large files lie that are no objects; see ../../files/folder.ts. */
export interface LargeFiles {
  /** Where a file lies, and its length. */
  find(key: string): Promise<{ readonly path: string; readonly sizeBytes: number } | undefined>;
}

/** No object is larger, and more is not taken into memory. */
const LARGEST_BYTES = 16 * 1024 * 1024;

/**
 * Answers a holder of a signed URL, in the words of S3 as far as clients read them. Answers nothing
 * about a request without a good signature.
 */
export async function serveObject(
  { objects, files, urls, clock, hasRoom }: ObjectRequests,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  const grant = urls.read(request.method ?? '', pathname, searchParams);
  if (grant === undefined || grant.until * 1000 < clock.now()) return refuse(request, response, 403, 'AccessDenied');
  if (grant.upload !== undefined && !hasRoom()) return refuse(request, response, NO_SPACE, 'StorageFull');
  if (grant.upload !== undefined) return receive(objects, grant.key, grant.upload, request, response);
  if (grant.method === 'PUT') return refuse(request, response, 403, 'AccessDenied');
  if (grant.key.startsWith(EXPORTS)) return sendFile(files, grant.key, request, response);
  const bytes = await objects.get(grant.key);
  if (bytes === undefined) return refuse(request, response, 404, 'NoSuchKey');
  response.writeHead(200, { 'content-length': bytes.length, 'content-type': 'application/octet-stream' });
  response.end(bytes);
}

const RANGE = /^bytes=(\d+)-(\d*)$/;

/** With the range that a download which goes on asks for. */
async function sendFile(
  files: LargeFiles,
  key: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = await files.find(key);
  if (found === undefined) return refuse(request, response, 404, 'NoSuchKey');
  const { path, sizeBytes } = found;
  const [wanted, first = '0', last = ''] = RANGE.exec(request.headers.range ?? '') ?? [];
  const start = Number(first);
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (wanted !== undefined && (start > end || start >= sizeBytes))
    return refuse(request, response, 416, 'InvalidRange');
  response.writeHead(wanted === undefined ? 200 : 206, {
    'content-length': end - start + 1,
    'content-type': 'application/octet-stream',
    'accept-ranges': 'bytes',
    ...(wanted !== undefined && { 'content-range': `bytes ${start}-${end}/${sizeBytes}` }),
  });
  // One whose reader goes away is over; there is nobody to tell.
  await pipeline(createReadStream(path, { start, end }), response).catch(() => response.destroy());
}

async function receive(
  objects: Pick<FolderObjects, 'stage'>,
  key: string,
  upload: Upload,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isBound = Object.entries(headersOf(upload)).every(([name, value]) => request.headers[name] === value);
  if (!isBound || upload.sizeBytes > LARGEST_BYTES) return refuse(request, response, 403, 'SignatureDoesNotMatch');
  const bytes = await bodyOf(request, upload.sizeBytes);
  // In a thread of the pool: half a millisecond that other requests need not wait.
  const sum = Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes));
  if (sum.toString('hex') !== upload.sha256) return refuse(request, response, 400, 'BadDigest');
  try {
    const outcome = await objects.stage(key, bytes, upload);
    if (outcome !== 'STORED') return refuse(request, response, ...REFUSALS[outcome]);
  } catch (error) {
    if (error instanceof NoSpaceError) return refuse(request, response, NO_SPACE, 'StorageFull');
    throw error;
  }
  response.writeHead(200, { 'content-length': 0 });
  response.end();
}

const REFUSALS: Readonly<Record<Exclude<Staging, 'STORED'>, readonly [number, string]>> = {
  OTHERWISE: [412, 'PreconditionFailed'],
  MISSING: [404, 'NoSuchKey'],
  UNDER_WAY: [409, 'ConditionalRequestConflict'],
};

/** Node itself ends a request whose body has another length than its header says. */
async function bodyOf(request: IncomingMessage, sizeBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(sizeBytes);
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes.set(chunk, length);
    length += chunk.length;
  }
  return bytes;
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number, code: string): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`;
  // What is still to come of the request is not read: the connection ends with the answer.
  const headers = { 'content-type': 'application/xml', 'content-length': body.length };
  response.writeHead(status, request.complete ? headers : { ...headers, connection: 'close' });
  response.end(body);
}
