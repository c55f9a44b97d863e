import { buildSchema, isNonNullType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sdl } from '../../src/generated/sdl.ts';
import { createTestApi, post, type TestAccount, type TestApi } from '../support/api.ts';
import { createDisk } from '../support/operations.ts';

/** Several changes in one request: one that is refused does not hide that the others were made. */

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

test('every mutation can be null in an answer', () => {
  const fields = Object.values(buildSchema(sdl).getMutationType()?.getFields() ?? {});
  expect(fields.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
  expect(fields.length).toBeGreaterThan(40);
});

test('a refused change is null with its error; those before and after it are made and answered', async () => {
  const { id } = await createDisk(account);
  const query = `mutation ($id: ID!) {
    first: updateDisk(input: { diskId: $id, name: "one" }) { disk { name } }
    refused: updateDisk(input: { diskId: "d-none", name: "none" }) { disk { name } }
    last: updateDisk(input: { diskId: $id, name: "two" }) { disk { name } }
  }`;
  const { status, data, errors } = await post(api.invoke, account.key, query, { id });
  expect(status).toBe(200);
  expect(data).toEqual({ first: { disk: { name: 'one' } }, refused: null, last: { disk: { name: 'two' } } });
  expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([[['refused'], 'NotFound']]);
});
