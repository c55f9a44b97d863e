import { expect, test, vi } from 'vitest';
import { compose } from '../../src/composition.ts';
import { parseConfig } from '../../src/platform/config.ts';

/** On AWS itself: the object stores are at no endpoint of the environment's. */
function composed(regions: readonly object[]) {
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
