import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { ObjectStore, PutContent } from '../port.ts';

/** What the holder of a signed URL may do. */
export interface Grant {
  readonly method: 'GET' | 'PUT';
  readonly key: string;
  /** Until when, epoch second. */
  readonly until: number;
  /** What a PUT is bound to. */
  readonly content?: PutContent;
}

/** Signed URLs of the process that keeps the objects: `<base>/<key>?until=…&signature=…`. */
export interface GrantUrls {
  sign(grant: Grant): string;
  /** The grant of a request's path and query, or nothing where it has none that this secret made. */
  read(method: string, path: string, query: URLSearchParams): Grant | undefined;
}

/** `base` has no slash at its end. */
export function createGrantUrls(base: string, secret: Uint8Array): GrantUrls {
  const basePath = new URL(base).pathname.replace(/\/$/, '');
  const signatureOf = ({ method, key, until, content }: Grant): Buffer => {
    const bound = content === undefined ? '' : `${content.sizeBytes}\n${content.sha256}`;
    return createHmac('sha256', secret).update(`${method}\n${until}\n${bound}\n${key}`).digest();
  };
  return {
    sign: (grant) => {
      const { key, until, content } = grant;
      const bound = content === undefined ? '' : `&size=${content.sizeBytes}&sha256=${content.sha256}`;
      const path = key.split('/').map(encodeURIComponent).join('/');
      return `${base}/${path}?until=${until}${bound}&signature=${signatureOf(grant).toString('base64url')}`;
    },
    read: (method, path, query) => {
      if ((method !== 'GET' && method !== 'PUT') || !path.startsWith(`${basePath}/`)) return undefined;
      const key = decoded(path.slice(basePath.length + 1));
      const until = Number(query.get('until'));
      const content = method === 'PUT' ? contentIn(query) : undefined;
      if (key === undefined || !Number.isSafeInteger(until)) return undefined;
      const grant: Grant = { method, key, until, ...(content && { content }) };
      const given = Buffer.from(query.get('signature') ?? '', 'base64url');
      const expected = signatureOf(grant);
      return given.length === expected.length && timingSafeEqual(given, expected) ? grant : undefined;
    },
  };
}

/** The part of the object store's port that gives such URLs away. */
export function signedBy(urls: GrantUrls, clock: Clock): Pick<ObjectStore, 'signGet' | 'signPut'> {
  const untilOf = (ttlSeconds: number) => Math.floor(clock.now() / 1000) + ttlSeconds;
  return {
    signGet: async (key, ttlSeconds) => urls.sign({ method: 'GET', key, until: untilOf(ttlSeconds) }),
    signPut: async (key, content, ttlSeconds) => ({
      url: urls.sign({ method: 'PUT', key, until: untilOf(ttlSeconds), content }),
      headers: {
        'content-length': `${content.sizeBytes}`,
        'x-amz-checksum-sha256': Buffer.from(content.sha256, 'hex').toString('base64'),
      },
    }),
  };
}

function contentIn(query: URLSearchParams): PutContent | undefined {
  const [sizeBytes, sha256] = [Number(query.get('size')), query.get('sha256') ?? ''];
  return Number.isSafeInteger(sizeBytes) && /^[0-9a-f]{64}$/.test(sha256) ? { sizeBytes, sha256 } : undefined;
}

function decoded(path: string): string | undefined {
  try {
    return path.split('/').map(decodeURIComponent).join('/');
  } catch {
    return undefined;
  }
}
