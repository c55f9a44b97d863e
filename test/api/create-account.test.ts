import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccount } from '../../src/service/accounts/create-account.ts';
import { createTestApi, type TestApi } from '../support/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

const viewer = async (apiKey: string) => {
  const { body } = await api.invoke({
    rawPath: '/graphql',
    rawQueryString: '',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ viewer { role account { id name } } }' }),
    isBase64Encoded: false,
    requestContext: { requestId: 'r-1', http: { method: 'POST' } },
  });
  return JSON.parse(body).data?.viewer;
};

test('an operator makes an account, and another key for it when the first is lost', async () => {
  const deps = { catalogue: api.catalogue, clock: api.clock, random: randomBytes };
  const first = await createAccount(deps, { account: 'team-a', name: 'Team A' });
  const second = await createAccount(deps, { account: 'team-a' });
  expect(first.apiKey).not.toBe(second.apiKey);
  for (const { apiKey } of [first, second]) {
    expect(await viewer(apiKey)).toEqual({ role: 'ADMIN', account: { id: 'team-a', name: 'Team A' } });
  }
});

test.each([undefined, '', 'A', 'x', 'has space', 'ends#', 7, 'x'.repeat(64)])(
  'account id %j is refused by name',
  async (account) => {
    const deps = { catalogue: api.catalogue, clock: api.clock, random: randomBytes };
    await expect(createAccount(deps, { account })).rejects.toMatchObject({
      code: 'InvalidParameter',
      extra: { field: 'account' },
    });
  },
);
