import { beforeAll, describe, expect, inject, it } from 'vitest';
import { handler } from '../../functions/worker.ts';
import { createTestTable, TEST_CREDENTIALS, TEST_REGION, testBucket } from '../support/engines.ts';

const context = { getRemainingTimeInMillis: () => 60_000 };

describe('the worker function', () => {
  beforeAll(async () => {
    const { tableName } = await createTestTable();
    Object.assign(process.env, {
      AWS_REGION: TEST_REGION,
      AWS_ACCESS_KEY_ID: TEST_CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: TEST_CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB: inject('dynamoEndpoint'),
      AWS_ENDPOINT_URL_S3: inject('s3Endpoint'),
      VARVE_TABLE: tableName,
      VARVE_REGIONS: JSON.stringify([{ id: 'here', bucket: testBucket() }]),
      VARVE_QUEUE_URL: 'http://127.0.0.1:9/000000000000/work',
      VARVE_KEY_FILE: '/nowhere/keys.json',
      VARVE_S3_PATH_STYLE: '1',
      VARVE_LOG: 'error',
    });
  });

  it('gives back only the messages that failed', async () => {
    const result = await handler(
      {
        Records: [
          { messageId: 'no JSON', body: 'entry 5' },
          { messageId: 'long done', body: '{"kind":"entry","shard":3,"id":"e-0"}' },
          { messageId: 'a snapshot that is gone', body: '{"kind":"snapshot","accountId":"acc","id":"s-0"}' },
          { messageId: 'no snapshot', body: '{"kind":"snapshot","accountId":"acc"}' },
          { messageId: 'unknown kind', body: '{"kind":"dance","shard":3,"id":"e-0"}' },
          { messageId: 'no shard', body: '{"kind":"entry","id":"e-0"}' },
        ],
      },
      context,
    );
    expect(result.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual([
      'no JSON',
      'no snapshot',
      'unknown kind',
      'no shard',
    ]);
  });

  it('has nothing to do for an empty batch', async () => {
    expect(await handler({ Records: [] }, context)).toEqual({ batchItemFailures: [] });
  });
});
