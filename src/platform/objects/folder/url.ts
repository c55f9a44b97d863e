import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { ObjectStore, PutCondition, PutContent } from '../port.ts';
import { conditionHeader, contentHeaders } from '../put-headers.ts';

/** What the holder of a signed URL may do. */
export interface Grant {
  readonly method: 'GET' | 'PUT';
  readonly key: string;
  /** Until when, epoch second. */
  readonly until: number;
  /** What a PUT is bound to. */
  readonly upload?: Upload;
}

export interface Upload extends PutContent {
  readonly when: PutCondition;
}

/** Signed URLs of the process that keeps the objects: `<base>/<key>?until=…&signature=…`. */
export interface GrantUrls {
  sign(grant: Grant): string;
  /** The grant in a request's path and query, if it is one that this secret signed. */
  read(method: string, path: string, query: URLSearchParams): Grant | undefined;
}

/** `base` has no slash at its end. */
export function createGrantUrls(base: string, secret: Uint8Array): GrantUrls {
  const basePath = new URL(base).pathname.replace(/\/$/, '');
  const signatureOf = ({ method, key, until, upload }: Grant): Buffer => {
    const bound = upload === undefined ? '' : `${upload.sizeBytes}\n${upload.sha256}\n${matchOf(upload.when)}`;
    return createHmac('sha256', secret).update(`${method}\n${until}\n${bound}\n${key}`).digest();
  };
  return {
    sign: (grant) => {
      const { key, until, upload } = grant;
      const bound =
        upload === undefined
          ? ''
          : `&size=${upload.sizeBytes}&sha256=${upload.sha256}&match=${encodeURIComponent(matchOf(upload.when))}`;
      const path = key.split('/').map(encodeURIComponent).join('/');
      return `${base}/${path}?until=${until}${bound}&signature=${signatureOf(grant).toString('base64url')}`;
    },
    read: (method, path, query) => {
      if ((method !== 'GET' && method !== 'PUT') || !path.startsWith(`${basePath}/`)) return undefined;
      const key = decoded(path.slice(basePath.length + 1));
      const until = Number(query.get('until'));
      const upload = method === 'PUT' ? uploadIn(query) : undefined;
      if (key === undefined || !Number.isSafeInteger(until)) return undefined;
      const grant: Grant = { method, key, until, ...(upload && { upload }) };
      const given = Buffer.from(query.get('signature') ?? '', 'base64url');
      const expected = signatureOf(grant);
      return given.length === expected.length && timingSafeEqual(given, expected) ? grant : undefined;
    },
  };
}

const ABSENT = '-';
const matchOf = (when: PutCondition): string => (when === 'absent' ? ABSENT : when.etag);

/** What the request has to say too, so that a store of AWS would hold the condition. */
export function headersOf(upload: Upload): Record<string, string> {
  return { ...contentHeaders(upload), ...conditionHeader(upload.when) };
}

/** The part of the object store's port that gives such URLs away. */
export function signedBy(urls: GrantUrls, clock: Clock): Pick<ObjectStore, 'signGet' | 'signPut'> {
  const untilOf = (ttlSeconds: number) => Math.floor(clock.now() / 1000) + ttlSeconds;
  return {
    signGet: async (key, ttlSeconds) => urls.sign({ method: 'GET', key, until: untilOf(ttlSeconds) }),
    signPut: async (key, content, { ttlSeconds, when }) => {
      const upload = { ...content, when };
      return { url: urls.sign({ method: 'PUT', key, until: untilOf(ttlSeconds), upload }), headers: headersOf(upload) };
    },
  };
}

function uploadIn(query: URLSearchParams): Upload | undefined {
  const [sizeBytes, sha256, match] = [Number(query.get('size')), query.get('sha256') ?? '', query.get('match') ?? ''];
  if (!Number.isSafeInteger(sizeBytes) || !/^[0-9a-f]{64}$/.test(sha256) || match === '') return undefined;
  return { sizeBytes, sha256, when: match === ABSENT ? 'absent' : { etag: match } };
}

function decoded(path: string): string | undefined {
  try {
    return path.split('/').map(decodeURIComponent).join('/');
  } catch {
    return undefined;
  }
}
