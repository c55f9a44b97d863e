import { expect, test, vi } from 'vitest';
import { compose } from '../../src/composition.ts';
import { type Environment, parseConfig } from '../../src/platform/config.ts';

/** On AWS itself: the object stores are at no endpoint of the environment's. */
function composed(regions: readonly object[], more: Environment = {}) {
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'TESTS');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'any');
  vi.stubEnv('AWS_ENDPOINT_URL_S3', undefined);
  return compose(
    parseConfig({
      VARVE_TABLE: 'varve',
      VARVE_QUEUE_URL: 'https://sqs.example/1/work',
      VARVE_KMS: 'alias/varve',
      VARVE_REGIONS: JSON.stringify(regions),
      ...more,
    }),
  ).service;
}

test('1.1 each region of AWS has its bucket signed for its own endpoint', async () => {
  const { objects } = composed([
    { id: 'here', bucket: 'blocks-here' },
    { id: 'north', bucket: 'blocks-north', awsRegion: 'eu-north-1' },
  ]);
  const urls = await Promise.all(['here', 'north'].map((region) => objects(region).signGet('key', 60)));
  const [here, north] = urls.map((url) => new URL(url));
  expect(here?.host).toBe('blocks-here.s3.eu-central-1.amazonaws.com');
  expect(here?.searchParams.get('X-Amz-Credential')).toContain('/eu-central-1/s3/');
  expect(north?.host).toBe('blocks-north.s3.eu-north-1.amazonaws.com');
  expect(north?.searchParams.get('X-Amz-Credential')).toContain('/eu-north-1/s3/');
});

test('6.3 files of other buckets have URLs at the public endpoint too', async () => {
  const { exportBuckets, files } = composed([{ id: 'here', bucket: 'blocks-here' }], {
    VARVE_PUBLIC_S3_ENDPOINT: 'https://s3.example',
    VARVE_EXPORT_BUCKETS: JSON.stringify([{ bucket: 'ours', accounts: ['acme'] }]),
  });
  const stores = [files('here'), ...exportBuckets.map((bucket) => bucket.files)];
  const urls = await Promise.all(stores.map((store) => store.signGet('key', 60)));
  expect(urls.map((url) => new URL(url).host)).toEqual(['blocks-here.s3.example', 'ours.s3.example']);
});
