import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

/** The part of s3rver's file store that uploads in parts use, which comes without types. */
export interface PartStore {
  getResourcePath(bucket: string, key: string, resource: string): string;
  putPart(bucket: string, uploadId: string, number: number, content: Readable): Promise<object>;
  putObjectMultipart(bucket: string, uploadId: string, parts: unknown): Promise<object>;
}

const require = createRequire(import.meta.url);
const ID = /^[0-9a-f]{32}$/;

/**
 * What s3rver lacks of uploads in parts: to list them and their parts, and to abort one. Parts of
 * one that is gone are refused, as S3 does. It is for developers: of these requests, only that they
 * are signed is looked at, and not by whom.
 */
export function completeMultipart(store: PartStore) {
  const S3Error = require('@20minutes/s3rver/lib/models/error.js') as new (code: string, message: string) => Error;
  const folderOf = (bucket: string, id = '') => join(store.getResourcePath(bucket, '', 'uploads'), id);
  const isThere = (bucket: string, id: string) => ID.test(id) && existsSync(join(folderOf(bucket, id), 'key'));
  const requireUpload = (bucket: string, id: string) => {
    if (isThere(bucket, id)) return;
    throw new S3Error('NoSuchUpload', 'The specified multipart upload does not exist.');
  };
  const { putPart, putObjectMultipart } = {
    putPart: store.putPart.bind(store),
    putObjectMultipart: store.putObjectMultipart.bind(store),
  };
  store.putPart = async (bucket, id, number, content) => {
    // Read to its end: a sender that is still writing would not hear the refusal.
    if (!isThere(bucket, id)) await finished(content.resume());
    requireUpload(bucket, id);
    return putPart(bucket, id, number, content);
  };
  store.putObjectMultipart = async (bucket, id, parts) => {
    requireUpload(bucket, id);
    return putObjectMultipart(bucket, id, parts);
  };

  /** Whether it was such a request. */
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://s3');
    const [, bucket = '', ...rest] = pathname.split('/').map(decodeURIComponent);
    const [key, id] = [rest.join('/'), searchParams.get('uploadId')];
    if (request.method === 'GET' && key === '' && searchParams.has('uploads')) {
      tell(response, await uploadsIn(folderOf(bucket), searchParams.get('prefix') ?? ''));
    } else if (request.method === 'GET' && id !== null) {
      const parts = ID.test(id) ? await partsIn(folderOf(bucket, id)) : undefined;
      if (parts === undefined) response.writeHead(404, XML).end(GONE);
      else tell(response, parts);
    } else if (request.method === 'DELETE' && id !== null) {
      if (ID.test(id)) await rm(folderOf(bucket, id), { recursive: true, force: true });
      response.writeHead(204).end();
    } else return false;
    return true;
  };
}

const GONE = '<?xml version="1.0"?><Error><Code>NoSuchUpload</Code></Error>';
const XML = { 'content-type': 'application/xml' };

function tell(response: ServerResponse, body: string): void {
  response.writeHead(200, XML).end(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
}

async function uploadsIn(folder: string, prefix: string): Promise<string> {
  const ids = await readdir(folder).catch(() => []);
  const known = await Promise.all(
    ids.map(async (id) => ({ id, key: await readFile(join(folder, id, 'key'), 'utf8').catch(() => undefined) })),
  );
  const uploads = known
    .filter(({ key }) => key?.startsWith(prefix))
    .map(({ id, key = '' }) => `<Upload><Key>${escaped(key)}</Key><UploadId>${id}</UploadId></Upload>`);
  return `<ListMultipartUploadsResult>${uploads.join('')}</ListMultipartUploadsResult>`;
}

/** All at once, as tests and developers have few. */
async function partsIn(folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => undefined);
  const numbers = names?.filter((name) => /^\d+$/.test(name) && names.includes(`${name}.md5`)).map(Number);
  if (numbers === undefined) return undefined;
  const parts = await Promise.all(
    numbers
      .sort((a, b) => a - b)
      .map(async (number) => {
        const [{ size }, md5] = await Promise.all([
          stat(join(folder, `${number}`)),
          readFile(join(folder, `${number}.md5`), 'utf8'),
        ]);
        const etag = `&quot;${md5}&quot;`;
        return `<Part><PartNumber>${number}</PartNumber><Size>${size}</Size><ETag>${etag}</ETag></Part>`;
      }),
  );
  return `<ListPartsResult><IsTruncated>false</IsTruncated>${parts.join('')}</ListPartsResult>`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
