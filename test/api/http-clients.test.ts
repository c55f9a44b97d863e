import { ApolloClient, gql as apolloGql, HttpLink, InMemoryCache } from '@apollo/client/core';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { cacheExchange, createClient, fetchExchange, gql as urqlGql } from '@urql/core';
import { ClientError, GraphQLClient } from 'graphql-request';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';
import type { HttpServer } from '../support/http.ts';
import { createDisk } from '../support/operations.ts';

/** Clients that people use, with their default settings, over real HTTP. */

const QUERY = 'query Disk($id: ID!) { disk(id: $id) { id name } }';
const MUTATION = `mutation Rename($id: ID!, $name: String!) {
  updateDisk(input: { diskId: $id, name: $name }) { disk { id name } }
}`;
const NO_DISK = 'd-00000000000000000000';

let api: TestApi;
let account: TestAccount;
let server: HttpServer;
let id: string;
/** Method and status of each exchange. */
const exchanges: string[] = [];

beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
  server = await api.startHttp();
  id = (await createDisk(account, { name: 'original' })).id;
});
afterAll(async () => {
  await server.close();
  await api.close();
});

const recorded: typeof fetch = async (input, options) => {
  const response = await fetch(input, options);
  exchanges.push(`${options?.method ?? 'GET'} ${response.status}`);
  return response;
};
const headers = () => ({ authorization: `Bearer ${account.key}` });

describe('urql', () => {
  const client = () =>
    createClient({
      url: server.url,
      exchanges: [cacheExchange, fetchExchange],
      fetch: recorded,
      fetchOptions: { headers: headers() },
    });

  test('reads by GET, changes by POST, and is told why something is refused', async () => {
    exchanges.length = 0;
    const urql = client();
    expect((await urql.query(urqlGql(QUERY), { id })).data.disk).toMatchObject({ id, name: 'original' });
    expect((await urql.mutation(urqlGql(MUTATION), { id, name: 'by-urql' })).data.updateDisk.disk.name).toBe('by-urql');
    const { error } = await urql.query(urqlGql(QUERY), { id: NO_DISK });
    expect(error?.graphQLErrors[0]?.extensions.code).toBe('NotFound');
    expect(exchanges).toEqual(['GET 200', 'POST 200', 'GET 200']);
  });

  test('reads by POST what is too long for a URL', async () => {
    exchanges.length = 0;
    const padded = `${QUERY} # ${'x'.repeat(3000)}`;
    const long = 'query Nodes($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const ids = Array.from({ length: 100 }, () => id);
    expect((await client().query(urqlGql(long), { ids })).data.nodes).toHaveLength(100);
    expect((await client().query(padded, { id })).data.disk.id).toBe(id);
    expect(exchanges[0]).toBe('POST 200');
  });
});

describe('Apollo Client', () => {
  const client = (useGETForQueries: boolean) =>
    new ApolloClient({
      cache: new InMemoryCache(),
      link: new HttpLink({ uri: server.url, fetch: recorded, headers: headers(), useGETForQueries }),
    });

  test.each([
    ['by POST', false, 'POST 200'],
    ['by GET', true, 'GET 200'],
  ])('reads %s, changes by POST, and is told why something is refused', async (_, useGet, read) => {
    exchanges.length = 0;
    const apollo = client(useGet);
    const query = apolloGql(QUERY);
    expect((await apollo.query({ query, variables: { id } })).data).toMatchObject({ disk: { id } });
    const renamed = await apollo.mutate({ mutation: apolloGql(MUTATION), variables: { id, name: 'by-apollo' } });
    expect(renamed.data).toMatchObject({ updateDisk: { disk: { name: 'by-apollo' } } });
    const refusal = await apollo.query({ query, variables: { id: NO_DISK } }).catch((error: unknown) => error);
    if (!CombinedGraphQLErrors.is(refusal)) throw new Error(`no refusal, but ${JSON.stringify(refusal)}`);
    expect(refusal.errors[0]?.extensions?.code).toBe('NotFound');
    expect(exchanges).toEqual([read, 'POST 200', read]);
    apollo.stop();
  });
});

describe('graphql-request', () => {
  test('reads and changes by POST, and is told why something is refused', async () => {
    exchanges.length = 0;
    const client = new GraphQLClient(server.url, { headers, fetch: recorded });
    expect(await client.request(QUERY, { id })).toMatchObject({ disk: { id } });
    expect(await client.request(MUTATION, { id, name: 'by-request' })).toMatchObject({
      updateDisk: { disk: { name: 'by-request' } },
    });
    const refusal = await client.request(QUERY, { id: NO_DISK }).catch((error: unknown) => error);
    if (!(refusal instanceof ClientError)) throw new Error(`no refusal, but ${JSON.stringify(refusal)}`);
    expect(refusal.response.errors?.[0]?.extensions.code).toBe('NotFound');
    const broken = await client.request('{ nonsense }').catch((error: unknown) => error);
    if (!(broken instanceof ClientError)) throw new Error(`no refusal, but ${JSON.stringify(broken)}`);
    expect(broken.response.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect(exchanges).toEqual(['POST 200', 'POST 200', 'POST 200', 'POST 400']);
  });

  test('reads by GET where it is told to', async () => {
    exchanges.length = 0;
    const client = new GraphQLClient(server.url, { headers, fetch: recorded, method: 'GET' });
    expect(await client.request(QUERY, { id })).toMatchObject({ disk: { id } });
    expect(exchanges).toEqual(['GET 200']);
  });
});
