import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { buildApp } from 'fauxqs';
import { TEST_CREDENTIALS, TEST_REGION } from './engines.ts';

export interface SecondS3 extends AsyncDisposable {
  readonly endpoint: string;
  createBucket(): Promise<string>;
}

/**
 * The S3 of fauxqs, which the offline emulation has as its queue already. It knows no conditional
 * writes, and checks neither checksums nor signatures: a `moodyStore` before it does.
 */
export async function startSecondS3(): Promise<SecondS3> {
  const app = buildApp({ logger: false });
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  const client = new S3Client({ endpoint, region: TEST_REGION, credentials: TEST_CREDENTIALS, forcePathStyle: true });
  return {
    endpoint,
    createBucket: async () => {
      const Bucket = `varve-${randomUUID()}`;
      await client.send(new CreateBucketCommand({ Bucket }));
      return Bucket;
    },
    [Symbol.asyncDispose]: async () => {
      client.destroy();
      app.server.closeAllConnections();
      await app.close();
    },
  };
}
