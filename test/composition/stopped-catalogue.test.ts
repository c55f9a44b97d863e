import { afterAll, beforeAll, expect, test } from 'vitest';
import { handler } from '../../functions/graphql.ts';
import { eventOf } from '../support/api.ts';
import { createTestBucket, createTestTable, dynamoSettings } from '../support/engines.ts';
import { type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';
import { setFunctionEnvironment } from '../support/function-environment.ts';

const GATEWAY_MS = 29_000;
const KEY = `vk_${'0'.repeat(16)}_${'0'.repeat(64)}`;
let proxy: FaultyProxy;

beforeAll(async () => {
  proxy = await startFaultyProxy((await dynamoSettings()).endpoint);
  const { client, tableName } = await createTestTable();
  client.destroy();
  await setFunctionEnvironment(tableName, await createTestBucket());
  process.env.AWS_ENDPOINT_URL_DYNAMODB = proxy.url;
});
afterAll(() => proxy.close());

test.each(['hang', 'reset'] as const)(
  'C8: the API answers Throttled while the catalogue is stopped (%s), well before the gateway gives up',
  async (trouble) => {
    proxy.always(trouble);
    const began = performance.now();
    const { statusCode, body } = await handler(
      eventOf(KEY, JSON.stringify({ query: '{ disks(first: 1) { nodes { id } } }' })),
    );
    expect(performance.now() - began).toBeLessThan(GATEWAY_MS);
    expect(proxy.requests()).toBeGreaterThan(0);
    expect({ statusCode, errors: JSON.parse(body).errors }).toMatchObject({
      statusCode: 503,
      errors: [{ extensions: { code: 'Throttled', retryAfterMs: 1000 } }],
    });
  },
);
