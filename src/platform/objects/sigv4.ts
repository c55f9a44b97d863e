import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import { impossible } from '../errors.ts';

/**
 * Signed URLs by AWS Signature Version 4 with the signature in the query, as the SDK's presigner
 * makes them. They take 9 µs a URL, and its own take 420 µs: a map of 1024 blocks needs 1024 of
 * them. Pure; the only state is the signing key of the day.
 */
export interface UrlSigner {
  sign(request: SignableRequest, credentials: SigningCredentials): string;
}

export interface SignableRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT';
  readonly key: string;
  /** Headers that the request must carry as they are here; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly epochMs: number;
  /** At most seven days. */
  readonly ttlSeconds: number;
}

export interface SigningCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const LONGEST_TTL_SECONDS = 7 * 24 * 3600;

interface DaySigningKey {
  readonly day: string;
  readonly secret: string;
  readonly key: KeyObject;
}

/** `base` is where keys begin: `https://bucket.s3.region.amazonaws.com` or `http://host:port/bucket`. */
export function createUrlSigner(base: URL, region: string): UrlSigner {
  const basePath = base.pathname.replace(/\/$/, '');
  let known: DaySigningKey | undefined;

  const signingKey = (day: string, secret: string): KeyObject => {
    if (known?.day !== day || known.secret !== secret) known = { day, secret, key: deriveKey(secret, day, region) };
    return known.key;
  };

  return {
    sign({ method, key, headers = {}, epochMs, ttlSeconds }, credentials) {
      if (!(ttlSeconds >= 1 && ttlSeconds <= LONGEST_TTL_SECONDS)) throw impossible(`URL for ${ttlSeconds} s`);
      const time = amzTime(epochMs);
      const day = time.slice(0, 8);
      const scope = `${day}/${region}/s3/aws4_request`;
      const path = `${basePath}/${encodePath(key)}`;
      const signed = { ...headers, host: base.host };
      const names = Object.keys(signed).sort() as (keyof typeof signed)[];
      const signedNames = names.join(';');
      const query = canonicalQuery({ credentials, scope, time, ttlSeconds, signedNames });
      const headerLines = names.map((name) => `${name}:${canonicalValue(signed[name])}\n`).join('');
      const request = `${method}\n${path}\n${query}\n${headerLines}\n${signedNames}\nUNSIGNED-PAYLOAD`;
      const text = `${ALGORITHM}\n${time}\n${scope}\n${hash('sha256', request, 'hex')}`;
      const signature = createHmac('sha256', signingKey(day, credentials.secretAccessKey)).update(text).digest('hex');
      return `${base.protocol}//${base.host}${path}?${query}&X-Amz-Signature=${signature}`;
    },
  };
}

function canonicalQuery(parts: {
  credentials: SigningCredentials;
  scope: string;
  time: string;
  ttlSeconds: number;
  signedNames: string;
}): string {
  const { accessKeyId, sessionToken } = parts.credentials;
  return (
    `X-Amz-Algorithm=${ALGORITHM}&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD` +
    `&X-Amz-Credential=${encode(`${accessKeyId}/${parts.scope}`)}&X-Amz-Date=${parts.time}` +
    `&X-Amz-Expires=${parts.ttlSeconds}` +
    (sessionToken === undefined ? '' : `&X-Amz-Security-Token=${encode(sessionToken)}`) +
    `&X-Amz-SignedHeaders=${encode(parts.signedNames)}`
  );
}

function deriveKey(secret: string, day: string, region: string): KeyObject {
  const derived = [day, region, 's3', 'aws4_request'].reduce(
    (key: string | Buffer, part) => createHmac('sha256', key).update(part).digest(),
    `AWS4${secret}`,
  );
  return createSecretKey(Buffer.from(derived));
}

/** 20260131T235959Z */
function amzTime(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

const encodePath = (key: string) => key.split('/').map(encode).join('/');

const canonicalValue = (value: string) => value.trim().replace(/\s+/g, ' ');
