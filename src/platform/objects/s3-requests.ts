import { hash } from 'node:crypto';
import { NoSpaceError, VarveError } from '../errors.ts';
import { isPassingName, NO_SPACE, PassingTrouble } from '../passing-trouble.ts';
import { type RetryOptions, withRetries } from '../retry.ts';
import { createHttpExchange, type HttpAnswer } from './http.ts';
import type { ObjectHead, StoredObject } from './port.ts';
import { conditionHeader, contentHeaders } from './put-headers.ts';
import { isPassingAnswer, s3ErrorCode } from './s3-errors.ts';
import type { SignableRequest } from './sigv4.ts';

const HTTP = { connections: 64, maxBodyBytes: 16 * 1024 * 1024 };
/** Of URLs for our own use: as long as S3 lets clocks differ. */
const OWN_TTL_SECONDS = 900;

export interface ObjectRequestsDeps {
  readonly retry: RetryOptions;
  readonly sign: (request: Omit<SignableRequest, 'epochMs'>) => Promise<string>;
}

/** Requests for single objects of one bucket, over URLs that are signed here. */
export interface ObjectRequests {
  read(key: string): Promise<StoredObject | undefined>;
  put(key: string, bytes: Uint8Array): Promise<void>;
  putNew(key: string, bytes: Uint8Array): Promise<boolean>;
  head(key: string): Promise<ObjectHead | undefined>;
  /**
   * The store copies an object itself. Answers the SHA-256 of the copy, or null where it tells
   * none; undefined if there is no such object.
   */
  copy(from: BucketKey, to: string): Promise<string | null | undefined>;
}

interface BucketKey {
  readonly bucket: string;
  readonly key: string;
}

type Method = SignableRequest['method'];
type Headers = Readonly<Record<string, string>>;

export function createObjectRequests({ retry, sign }: ObjectRequestsDeps): ObjectRequests {
  const exchange = createHttpExchange(HTTP);
  const send = (method: Method, key: string, headers: Headers, body?: Uint8Array): Promise<HttpAnswer> =>
    withRetries(retry, async (signal) => {
      const url = await sign({ method, key, headers, ttlSeconds: OWN_TTL_SECONDS });
      const answer = await exchange({ method, url, headers, signal, ...(body ? { body } : {}) });
      if (isPassingAnswer(answer) || isPassingName(copyFailure(answer)))
        throw new PassingTrouble(describe(method, key, answer));
      return answer;
    });

  const head: ObjectRequests['head'] = async (key) => {
    const answer = await send('HEAD', key, CHECKSUM_TOO);
    if (answer.status === 200) return headOf(answer);
    if (answer.status === 404) return undefined;
    throw refused('HEAD', key, answer);
  };

  return {
    head,

    async read(key) {
      const answer = await send('GET', key, CHECKSUM_TOO);
      if (answer.status === 200)
        return { bytes: answer.body, etag: answer.headers.etag ?? '', ...checksumOf(answer.headers) };
      if (answer.status === 404 && s3ErrorCode(answer) === 'NoSuchKey') return undefined;
      throw refused('GET', key, answer);
    },

    async put(key, bytes) {
      const answer = await send('PUT', key, headersFor(bytes), bytes);
      if (answer.status !== 200) throw refused('PUT', key, answer);
    },

    async putNew(key, bytes) {
      const answer = await send('PUT', key, { ...headersFor(bytes), ...conditionHeader('absent') }, bytes);
      if (answer.status === 412) return false;
      if (answer.status !== 200) throw refused('PUT', key, answer);
      return true;
    },

    async copy(from, to) {
      const answer = await send('PUT', to, copyHeaders(from));
      if (answer.status === 404 && s3ErrorCode(answer) === 'NoSuchKey') return undefined;
      if (answer.status !== 200 || copyFailure(answer) !== undefined) throw refused('PUT', to, answer);
      return copiedChecksum(answer) ?? (await head(to))?.sha256 ?? null;
    },
  };
}

const headersFor = (bytes: Uint8Array) =>
  contentHeaders({ sizeBytes: bytes.length, sha256: hash('sha256', bytes, 'hex') });

const CHECKSUM_TOO = { 'x-amz-checksum-mode': 'ENABLED' };

/** Asks S3 to copy an object, and to check it by its SHA-256. */
function copyHeaders({ bucket, key }: BucketKey): Headers {
  const source = [bucket, ...key.split('/')].map(encodeURIComponent).join('/');
  return { 'x-amz-copy-source': source, 'x-amz-checksum-algorithm': 'SHA256' };
}

const MOST_XML = 4096;

function copiedChecksum({ body }: HttpAnswer): string | undefined {
  const [, base64] = /<ChecksumSHA256>([^<]+)</.exec(body.toString('utf8', 0, MOST_XML)) ?? [];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('hex');
}

/** S3 begins the answer to a copy before it is made, and may end it with an error. */
function copyFailure({ status, headers, body }: HttpAnswer): string | undefined {
  if (status !== 200 || headers['content-type']?.includes('xml') !== true) return undefined;
  return /<Error>.*<Code>([A-Za-z]+)<\/Code>/s.exec(body.toString('utf8', 0, MOST_XML))?.[1];
}

function headOf({ headers }: HttpAnswer): ObjectHead {
  return { sizeBytes: Number(headers['content-length']), ...checksumOf(headers) };
}

function checksumOf(headers: HttpAnswer['headers']): { readonly sha256?: string } {
  const checksum = headers['x-amz-checksum-sha256'];
  return typeof checksum === 'string' ? { sha256: Buffer.from(checksum, 'base64').toString('hex') } : {};
}

function describe(method: string, key: string, answer: HttpAnswer): string {
  const code = s3ErrorCode(answer) ?? '';
  return `The object store answered ${method} ${key} with ${answer.status} ${code}`.trimEnd();
}

function refused(method: string, key: string, answer: HttpAnswer): Error {
  if (answer.status === NO_SPACE) return new NoSpaceError(`${describe(method, key, answer)}.`);
  return new VarveError('Internal', `${describe(method, key, answer)}.`);
}
