import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';
import { LONG } from '../support/bad-values.ts';

let api: TestApi;
let account: TestAccount;

beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

test.each([
  ['first', '{ disks(first: 0) { nodes { id } } }'],
  ['first', '{ snapshots(first: 1001) { nodes { id } } }'],
  ['first', '{ chains(first: 101) { nodes { id } } }'],
  ['first', '{ jobs(first: -1) { nodes { id } } }'],
  ['first', '{ apiKeys(first: 0) { nodes { id } } }'],
  ['after', '{ disks(after: "x") { nodes { id } } }'],
  ['after', '{ disks(after: "") { nodes { id } } }'],
  ['after', `{ jobs(after: "${Buffer.from('[["id","x"]]').toString('base64url')}") { nodes { id } } }`],
  [
    'after',
    `{ disks(after: "${Buffer.from(
      JSON.stringify([
        ['createdAt', LONG.repeat(3)],
        ['id', 'x'],
      ]),
    ).toString('base64url')}") { nodes { id } } }`,
  ],
  ['region', '{ disks(region: "nowhere") { nodes { id } } }'],
  ['region', '{ quotas(region: "nowhere") { kind } }'],
  ['filter.name', `{ disks(filter: { name: "${LONG}" }) { nodes { id } } }`],
  ['filter.namePrefix', `{ disks(filter: { namePrefix: "${LONG}" }) { nodes { id } } }`],
  ['filter.nameContains', `{ snapshots(filter: { nameContains: "${LONG}" }) { nodes { id } } }`],
  ['filter.tags', `{ disks(filter: { tags: [${'{ key: "a" } '.repeat(11)}] }) { nodes { id } } }`],
  [
    'filter.tags.0.values',
    `{ disks(filter: { tags: [{ key: "a", values: [${'"v" '.repeat(51)}] }] }) { nodes { id } } }`,
  ],
  ['first', '{ policies(first: 0) { nodes { id } } }'],
  ['after', '{ policies(after: "x") { nodes { id } } }'],
  ['filter.namePrefix', `{ policies(filter: { namePrefix: "${LONG}" }) { nodes { id } } }`],
  ['ids', `{ nodes(ids: [${'"d-1" '.repeat(101)}]) { id } }`],
])('a query names what is wrong: %s in %s', async (field, query) => {
  expect((await account.refusal(query)).extensions).toMatchObject({ code: 'InvalidParameter', field });
});
