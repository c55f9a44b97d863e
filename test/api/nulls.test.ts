import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApi, post, type TestAccount, type TestApi } from '../support/api.ts';
import { createDisk } from '../support/operations.ts';

/**
 * Null where the schema lets a variable through, though its place takes no null: the variable or
 * the place has a default.
 */

let api: TestApi;
let account: TestAccount;
let diskId: string;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
  diskId = (await createDisk(account)).id;
});
afterAll(() => api.close());

async function ask(query: string, variables: object = {}) {
  const { data, errors } = await post(api.invoke, account.key, query, variables);
  return { data, codes: (errors ?? []).map(({ extensions: { code, field } }) => ({ code, field })) };
}

describe('null is refused, and named by argument', () => {
  test.each<[string, string, string]>([
    ['an argument with a default', 'query ($v: Int) { disks(first: $v) { nodes { id } } }', 'first'],
    ['an argument, by a variable with a default', 'query ($v: ID = "x") { disk(id: $v) { id } }', 'id'],
    ['a list', 'query ($v: [ID!] = []) { nodes(ids: $v) { id } }', 'ids'],
    ['a member of a list', 'query ($v: ID = "x") { nodes(ids: [$v]) { id } }', 'ids'],
    ['an input with a default', 'query ($v: DiskOrder) { disks(orderBy: $v) { nodes { id } } }', 'orderBy'],
    [
      'an enum in an input',
      'query ($v: SortDirection) { disks(orderBy: { field: NAME, direction: $v }) { nodes { id } } }',
      'orderBy',
    ],
    [
      'a field of an input in a list of an input',
      'query ($v: String = "k") { disks(filter: { tags: [{ key: $v }] }) { nodes { id } } }',
      'filter',
    ],
    [
      'an argument below the first field',
      'query ($v: Int) { disks { nodes { chain { nodes(first: $v) { totalCount } } } } }',
      'first',
    ],
    [
      'an argument in a fragment',
      'query ($v: Int) { ...f } fragment f on Query { disks(first: $v) { nodes { id } } }',
      'first',
    ],
    ['a flag', 'query ($v: Boolean) { damagedObjects(healed: $v) { nodes { objectId } } }', 'healed'],
    ['a condition', 'query ($v: Boolean = true) { disks @include(if: $v) { nodes { id } } }', 'if'],
    ['a condition of a fragment', 'query ($v: Boolean = true) { ... @skip(if: $v) { viewer { role } } }', 'if'],
    ['an argument of the introspection', 'query ($v: String = "x") { __type(name: $v) { name } }', 'name'],
  ])('%s', async (_, query, field) => {
    expect(await ask(query, { v: null })).toEqual({ data: undefined, codes: [{ code: 'InvalidParameter', field }] });
  });

  test('before anything of a mutation is done', async () => {
    const query = `mutation ($id: ID!, $v: Boolean) {
      good: updateDisk(input: { diskId: $id, name: "changed" }) { disk { name } }
      bad: releaseDisk(input: { diskId: $id, breakLease: $v }) { diskId }
    }`;
    expect((await ask(query, { id: diskId, v: null })).codes).toEqual([{ code: 'InvalidParameter', field: 'input' }]);
    expect((await ask('query ($id: ID!) { disk(id: $id) { name } }', { id: diskId })).data.disk.name).not.toBe(
      'changed',
    );
  });
});

describe('null is as good as nothing', () => {
  test.each([
    ['an argument that may be left out', 'query ($v: String) { disks(region: $v) { nodes { id } } }'],
    ['an input that may be left out', 'query ($v: DiskFilter) { disks(filter: $v) { nodes { id } } }'],
    ['a field that may be left out', 'query ($v: String) { disks(filter: { namePrefix: $v }) { nodes { id } } }'],
    ['a list that may be left out', 'query ($v: [TagFilter!]) { disks(filter: { tags: $v }) { nodes { id } } }'],
    [
      'a part that is left out',
      'query ($v: Int) { disks { nodes { id } } x: disks(first: $v) @skip(if: true) { nodes { id } } }',
    ],
  ])('%s', async (_, query) => {
    expect(await ask(query, { v: null })).toEqual({ data: { disks: { nodes: [{ id: diskId }] } }, codes: [] });
    expect((await ask(query)).codes).toEqual([]);
  });

  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'a variable named %s that is not sent',
    async (name) => {
      const query = `query ($${name}: Int) { disks(first: $${name}) { nodes { id } } }`;
      expect((await ask(query)).data.disks.nodes).toHaveLength(1);
    },
  );
});

test('nothing of this is a fault of the service', () => {
  expect(api.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});
