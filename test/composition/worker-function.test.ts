import { beforeAll, describe, expect, it } from 'vitest';
import { handler } from '../../functions/worker.ts';
import { createTestBucket, createTestTable } from '../support/engines.ts';
import { setFunctionEnvironment } from '../support/function-environment.ts';

const context = { getRemainingTimeInMillis: () => 60_000 };

describe('the worker function', () => {
  beforeAll(async () => {
    const { tableName } = await createTestTable();
    await setFunctionEnvironment(tableName, await createTestBucket());
  });

  it('gives back only the messages that failed', async () => {
    const result = await handler(
      {
        Records: [
          { messageId: 'no JSON', body: 'entry 5' },
          { messageId: 'long done', body: '{"kind":"entry","shard":3,"id":"e-0"}' },
          { messageId: 'a snapshot that is gone', body: '{"kind":"snapshot","accountId":"acc","id":"s-0"}' },
          { messageId: 'an export that is gone', body: '{"kind":"export","accountId":"acc","id":"x-0"}' },
          { messageId: 'no snapshot', body: '{"kind":"snapshot","accountId":"acc"}' },
          {
            messageId: 'a policy’s copy',
            body: '{"kind":"policyCopy","accountId":"a","snapshotId":"s-0","region":"r"}',
          },
          { messageId: 'no region', body: '{"kind":"policyCopy","accountId":"a","snapshotId":"s-0"}' },
          { messageId: 'unknown kind', body: '{"kind":"dance","shard":3,"id":"e-0"}' },
          { messageId: 'no shard', body: '{"kind":"entry","id":"e-0"}' },
        ],
      },
      context,
    );
    expect(result.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual([
      'no JSON',
      'no snapshot',
      'no region',
      'unknown kind',
      'no shard',
    ]);
  });

  it('has nothing to do for an empty batch', async () => {
    expect(await handler({ Records: [] }, context)).toEqual({ batchItemFailures: [] });
  });
});
