import { afterAll } from 'vitest';
import { createS3Objects } from '../../src/platform/objects/s3.ts';
import { createS3Client, createTestBucket } from '../support/engines.ts';
import { fetchSigned } from '../support/http.ts';
import { objectsSuite } from './objects-suite.ts';

const client = await createS3Client();
const bucket = await createTestBucket();
afterAll(() => client.destroy());

objectsSuite({
  create: (clock) => ({
    objects: createS3Objects({ client, bucket, clock, random: Math.random }),
    request: fetchSigned,
  }),
});
