import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_BODY_BYTES } from '../../src/service/api/http-request.ts';
import { createTestApi, eventOf, type TestAccount, type TestApi } from '../support/api.ts';

/**
 * GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/): what becomes of a request
 * before and beside its operation.
 */

const GRAPHQL = 'application/graphql-response+json';
const TYPENAME = '{ __typename }';
/** Comparing each with each overflows the stack of the validation. */
const FRAGMENTS = `{ ...f0 } ${Array.from({ length: 130 }, (_, at) => `fragment f${at} on Query { __typename ...f${(at + 1) % 130} ...f${(at + 2) % 130} }`).join(' ')}`;

/** Validation would compare each two of the fields. */
const SAME_NAMES = `{ disks { nodes { ${'chain { id } '.repeat(300)} } } }`;

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly search?: string;
}

async function send({ method = 'POST', headers, search = '', ...parts }: Sent) {
  const event = eventOf(account.key, JSON.stringify({ query: TYPENAME }));
  const {
    statusCode,
    headers: told,
    body,
  } = await api.invoke({
    ...event,
    ...parts,
    headers: { ...event.headers, ...headers },
    rawQueryString: search,
    requestContext: { ...event.requestContext, http: { method } },
  });
  return { status: statusCode, headers: told, ...JSON.parse(body) };
}

const jsonOf = (body: unknown): Sent => ({ body: JSON.stringify(body) });
const get = (parameters: Record<string, string>): Sent => ({
  method: 'GET',
  headers: { 'content-type': undefined },
  search: new URLSearchParams(parameters).toString(),
});

describe('a request in a form that is refused', () => {
  test.each<[string, Sent, number, string]>([
    ['by PUT', { method: 'PUT' }, 405, 'BAD_REQUEST'],
    ['by DELETE', { method: 'DELETE' }, 405, 'BAD_REQUEST'],
    ['by HEAD', { method: 'HEAD' }, 405, 'BAD_REQUEST'],
    ['by OPTIONS', { method: 'OPTIONS' }, 405, 'BAD_REQUEST'],
    ['without a content type', { headers: { 'content-type': undefined } }, 415, 'BAD_REQUEST'],
    ['as text', { headers: { 'content-type': 'text/plain' } }, 415, 'BAD_REQUEST'],
    ['as a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'BAD_REQUEST'],
    ['as GraphQL', { headers: { 'content-type': 'application/graphql' } }, 415, 'BAD_REQUEST'],
    ['in UTF-16', { headers: { 'content-type': 'application/json; charset=utf-16' } }, 415, 'BAD_REQUEST'],
    ['that takes no JSON', { headers: { accept: 'text/html' } }, 406, 'BAD_REQUEST'],
    ['that is too large', { body: ' '.repeat(MAX_BODY_BYTES + 1) }, 413, 'QueryTooComplex'],
    ['that is too large in UTF-8', { body: 'é'.repeat(MAX_BODY_BYTES / 2 + 1) }, 413, 'QueryTooComplex'],
    ['whose values are too deep', { body: `{"extensions":${'['.repeat(500_000)}` }, 413, 'QueryTooComplex'],
    ['of fragments that name one another', jsonOf({ query: FRAGMENTS }), 413, 'QueryTooComplex'],
    ['by GET of such fragments', get({ query: FRAGMENTS }), 413, 'QueryTooComplex'],
    ['whose fields are costly to compare', jsonOf({ query: SAME_NAMES }), 413, 'QueryTooComplex'],
    ['without a body, as AWS has it', { body: undefined as never }, 400, 'InvalidParameter'],
    ['without a body, as its emulation has it', { body: null }, 400, 'InvalidParameter'],
    ['with an empty body', { body: '' }, 400, 'InvalidParameter'],
    ['with a body that is no JSON', { body: '{' }, 400, 'InvalidParameter'],
    ['with null for a body', { body: 'null' }, 400, 'InvalidParameter'],
    ['with text for a body', { body: '"{ __typename }"' }, 400, 'InvalidParameter'],
    ['with base64 that is not said to be so', { body: 'e30' }, 400, 'InvalidParameter'],
    ['with a batch', jsonOf([{ query: TYPENAME }]), 400, 'UnsupportedOperation'],
    ['with an empty batch', jsonOf([]), 400, 'UnsupportedOperation'],
    ['without a query', { body: 'e30=', isBase64Encoded: true }, 400, 'BAD_REQUEST'],
    ['with an empty query', jsonOf({ query: '' }), 400, 'BAD_REQUEST'],
    ['with a parsed query', jsonOf({ query: { kind: 'Document' } }), 400, 'BAD_REQUEST'],
    ['with variables as text', jsonOf({ query: TYPENAME, variables: '{}' }), 400, 'BAD_REQUEST'],
    ['with a number for an operation', jsonOf({ query: TYPENAME, operationName: 1 }), 400, 'BAD_REQUEST'],
    ['by GET without a query', get({}), 400, 'BAD_REQUEST'],
    ['by GET with variables that are no JSON', get({ query: TYPENAME, variables: '{' }), 400, 'BAD_REQUEST'],
    ['by GET of a mutation', get({ query: 'mutation { __typename }' }), 405, 'BAD_REQUEST'],
    [
      'by GET as a form',
      { ...get({ query: TYPENAME }), headers: { 'content-type': 'text/plain' } },
      415,
      'BAD_REQUEST',
    ],
  ])('%s', async (_, sent, status, code) => {
    const answer = await send(sent);
    expect([answer.status, answer.errors[0].extensions.code]).toEqual([status, code]);
    expect(answer.errors[0].message).toEqual(expect.any(String));
    expect(answer.data).toBeUndefined();
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['x-request-id']).toEqual(expect.any(String));
  });

  test('says which methods there are, and asks for a credential where one is missing', async () => {
    expect((await send({ method: 'PATCH' })).headers.allow).toBe('GET, POST');
    expect((await send(get({ query: 'mutation { __typename }' }))).headers.allow).toBe('POST');
    const anonymous = await send({ headers: { authorization: undefined } });
    expect([anonymous.status, anonymous.headers['www-authenticate']]).toEqual([401, 'Bearer']);
  });

  test('is no fault of the service', () => {
    expect(api.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});

describe('what is asked', () => {
  test.each<[string, Sent]>([
    ['by POST', {}],
    ['by POST with a charset', { headers: { 'content-type': 'application/json; charset="UTF-8"' } }],
    ['by POST in base64', { body: btoa(JSON.stringify({ query: TYPENAME })), isBase64Encoded: true }],
    ['by GET', get({ query: TYPENAME })],
    [
      'by GET with variables',
      get({ query: 'query ($b: Boolean!) { __typename @include(if: $b) }', variables: '{"b":true}' }),
    ],
    ['by GET with a content type', { ...get({ query: TYPENAME }), headers: {} }],
  ])('%s is answered', async (_, sent) => {
    expect(await send(sent)).toMatchObject({ status: 200, data: { __typename: 'Query' } });
  });
});

describe('the status of a request that is well formed', () => {
  const refusals: [string, string, object, string][] = [
    ['is no GraphQL', '{', {}, 'GRAPHQL_PARSE_FAILED'],
    ['is no query of this schema', '{ nonsense }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['defers a part', '{ ... @defer { __typename } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['streams a list', '{ regions @stream { name } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['names no operation of it', 'query a { __typename } query b { __typename }', {}, 'OPERATION_RESOLUTION_FAILURE'],
    ['subscribes', 'subscription { x }', {}, 'UnsupportedOperation'],
    ['has a wrong variable', 'query ($n: Int!) { disks(first: $n) { nodes { id } } }', { n: 'x' }, 'InvalidParameter'],
    [
      'is too deep',
      `{ disks { nodes { ${'chain { disk { '.repeat(8)} id ${'} }'.repeat(8)} } } }`,
      {},
      'QueryTooComplex',
    ],
  ];
  test.each(refusals)('but %s is 200 as application/json, 400 as application/graphql-response+json', async (...row) => {
    const [, query, variables, code] = row;
    const told = async (accept: string) => {
      const { status, headers, errors, data } = await send({ ...jsonOf({ query, variables }), headers: { accept } });
      return [status, headers['content-type'], errors[0].extensions.code, data];
    };
    expect(await told('application/json')).toEqual([200, 'application/json; charset=utf-8', code, undefined]);
    expect(await told('*/*')).toEqual([200, 'application/json; charset=utf-8', code, undefined]);
    expect(await told(GRAPHQL)).toEqual([400, `${GRAPHQL}; charset=utf-8`, code, undefined]);
    expect(await told(`multipart/mixed, ${GRAPHQL}`)).toEqual([400, `${GRAPHQL}; charset=utf-8`, code, undefined]);
  });

  test('of which one field is refused is 200 either way', async () => {
    const asked = jsonOf({ query: '{ disk(id: "d-none") { id } }' });
    for (const accept of ['application/json', GRAPHQL]) {
      const { status, data, errors } = await send({ ...asked, headers: { accept } });
      expect([status, data, errors[0].extensions.code]).toEqual([200, { disk: null }, 'NotFound']);
    }
  });

  test('is told in the log only if it is a fault of the service', () => {
    expect(api.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });
});
