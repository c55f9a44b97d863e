import { createTestBucket, s3Settings, TEST_REGION } from '../../support/engines.ts';
import { type MoodyStore, moodyStore } from '../../support/moody-store.ts';
import { startSecondS3 } from '../../support/second-s3.ts';

/** A store behind moods, with what opens it. */
export interface Store extends AsyncDisposable {
  readonly moody: MoodyStore;
  /** What a process is given to reach it. */
  readonly environment: Readonly<Record<string, string>>;
  /** A new bucket, as `--objects` takes it. */
  bucket(): Promise<string>;
}

export const STORES = ['s3rver', 'fauxqs'] as const;
export type StoreName = (typeof STORES)[number];

/** Each of the two S3 servers that npm has, as strict as AWS's. */
export async function startStore(name: StoreName): Promise<Store> {
  const { endpoint, region, credentials } = await s3Settings();
  const second = name === 'fauxqs' ? await startSecondS3() : undefined;
  const moody = await moodyStore(second?.endpoint ?? endpoint, { strict: second !== undefined });
  return {
    moody,
    environment: {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: region,
    },
    bucket: async () => {
      const bucket = await (second === undefined ? createTestBucket() : second.createBucket());
      return `s3://${bucket}?endpoint=${moody.url}&region=${TEST_REGION}`;
    },
    [Symbol.asyncDispose]: async () => {
      await moody[Symbol.asyncDispose]();
      await second?.[Symbol.asyncDispose]();
    },
  };
}
