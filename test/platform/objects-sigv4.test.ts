import { createHash, createHmac } from 'node:crypto';
import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createUrlSigner, type SigningCredentials } from '../../src/platform/objects/sigv4.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';

/** The hash as the SDK wants it injected. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | Uint8Array) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(bytes: string | Uint8Array): void {
    this.#hash.update(bytes);
  }
  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest());
  }
  reset(): void {}
}

interface Input {
  readonly base: URL;
  readonly region: string;
  readonly credentials: SigningCredentials;
  readonly method: 'GET' | 'HEAD' | 'PUT';
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly epochMs: number;
  readonly ttlSeconds: number;
}

const encodeKey = (key: string) =>
  key
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/');

async function signedBySdk({ base, region, credentials, method, key, headers, epochMs, ttlSeconds }: Input) {
  const presigner = new S3RequestPresigner({ credentials: credentials as never, region, sha256: Sha256 as never });
  const request = {
    method,
    protocol: base.protocol,
    hostname: base.hostname,
    ...(base.port === '' ? {} : { port: Number(base.port) }),
    path: `${base.pathname.replace(/\/$/, '')}/${encodeKey(key)}`,
    query: {},
    headers: { ...headers },
  };
  const signed = await presigner.presign(request as never, {
    signingDate: new Date(epochMs),
    expiresIn: ttlSeconds,
    unhoistableHeaders: new Set(Object.keys(headers)),
  });
  return signed.query as Record<string, string>;
}

/** URLs have no such segments, so S3 cannot be asked for such keys. */
const isNoDotPath = (key: string) => !key.split('/').some((part) => part === '.' || part === '..');

const text = (pattern: RegExp) => fc.stringMatching(pattern);
const inputs: fc.Arbitrary<Input> = fc.record({
  base: fc
    .constantFrom('http://127.0.0.1:4568/bucket', 'https://bucket.s3.eu-central-1.amazonaws.com', 'http://[::1]:80/b/')
    .map((url) => new URL(url)),
  region: text(/^[a-z]{2}-[a-z]{4,9}-[1-4]$/),
  credentials: fc.record(
    {
      accessKeyId: text(/^[A-Z0-9]{16,20}$/),
      secretAccessKey: text(/^[A-Za-z0-9/+]{40}$/),
      sessionToken: text(/^[A-Za-z0-9/+=]{1,200}$/),
    },
    { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
  ),
  method: fc.constantFrom('GET', 'HEAD', 'PUT'),
  key: fc.oneof(
    text(/^objects\/[a-z0-9]{8}\/[0-9a-f]{64}$/),
    fc.string({ unit: 'grapheme', minLength: 1 }).filter(isNoDotPath),
  ),
  headers: fc.record(
    {
      'content-length': fc.nat().map(String),
      'x-amz-checksum-sha256': text(/^[A-Za-z0-9+/]{43}=$/),
      'x-amz-meta-note': text(/^[ -~]{0,30}$/),
    },
    { requiredKeys: [] },
  ),
  epochMs: fc.date({ min: new Date('2020-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }).map(Number),
  ttlSeconds: fc.integer({ min: 1, max: 604_800 }),
});

test("every URL has the signature that the SDK's presigner gives", async () => {
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      const { base, region, credentials, ...request } = input;
      const url = new URL(createUrlSigner(base, region).sign(request, credentials));
      expect(Object.fromEntries(url.searchParams)).toEqual(await signedBySdk(input));
      expect(url.host).toBe(base.host);
      expect(decodeURIComponent(url.pathname)).toBe(`${base.pathname.replace(/\/$/, '')}/${request.key}`);
    }),
    { numRuns: 300, ...FUZZ_SEED },
  );
});

test('one signer follows the day and the credentials', async () => {
  const base = new URL('http://127.0.0.1:4568/bucket');
  const signer = createUrlSigner(base, 'us-east-1');
  const days = ['2026-01-31T23:59:59.999Z', '2026-02-01T00:00:00Z', '2026-01-31T12:00:00Z'];
  for (const day of days) {
    for (const secretAccessKey of ['one', 'two']) {
      const credentials = { accessKeyId: 'ID', secretAccessKey };
      const request = { method: 'GET' as const, key: 'k', headers: {}, epochMs: Date.parse(day), ttlSeconds: 60 };
      const expected = await signedBySdk({ base, region: 'us-east-1', credentials, ...request });
      const url = new URL(signer.sign(request, credentials));
      expect(url.searchParams.get('X-Amz-Signature')).toBe(expected['X-Amz-Signature']);
    }
  }
});

test.each([0, 604_801, Number.NaN])('a URL for %d seconds is a bug', (ttlSeconds) => {
  const signer = createUrlSigner(new URL('http://127.0.0.1/b'), 'us-east-1');
  const request = { method: 'GET' as const, key: 'k', epochMs: 0, ttlSeconds };
  expect(() => signer.sign(request, { accessKeyId: 'ID', secretAccessKey: 'S' })).toThrow(/invariant/);
});
