import { afterAll } from 'vitest';
import { createS3Objects } from '../../src/platform/objects/s3.ts';
import { createS3Client, createTestBucket } from '../support/engines.ts';
import type { SignedRequest } from '../support/memory-objects.ts';
import { objectsSuite } from './objects-suite.ts';

const client = await createS3Client();
const bucket = await createTestBucket();
afterAll(() => client.destroy());

const request: SignedRequest = async (method, url, { headers = {}, body } = {}) => {
  const answer = await fetch(url, { method, headers, ...(body ? { body: new Uint8Array(body) } : {}) });
  return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
};

objectsSuite({
  create: (clock) => ({
    objects: createS3Objects({ client, bucket, clock, random: Math.random }),
    request,
  }),
});
