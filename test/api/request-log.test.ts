import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HttpEvent } from '../../src/service/api/http-event.ts';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

type Line = Readonly<Record<string, unknown>>;

interface Sent {
  readonly query?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly operationName?: string;
}

/** A request, and the lines that it left. */
async function send({ query = '{ quotas { kind } }', key = account.key, headers = {}, operationName }: Sent) {
  const before = api.log.length;
  const event: HttpEvent = {
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    rawPath: '/graphql',
    rawQueryString: '',
    body: JSON.stringify({ query, operationName }),
    isBase64Encoded: false,
    requestContext: { requestId: undefined, http: { method: 'POST', sourceIp: '192.0.2.7' } },
  };
  const answer = await api.invoke(event);
  const lines = api.log.slice(before).map((line) => JSON.parse(line) as Line);
  return { answer, lines: lines.filter(({ message }) => message === 'request') };
}

describe('each request is one line of the log', () => {
  test('with its id, which the answer has too, its account, operation, time and outcome', async () => {
    const { answer, lines } = await send({});
    expect(lines).toEqual([
      {
        time: expect.any(String),
        level: 'info',
        message: 'request',
        requestId: answer.headers['x-request-id'],
        account: account.id,
        key: expect.any(String),
        operation: 'quotas',
        ms: expect.any(Number),
        status: 200,
        outcome: 'ok',
      },
    ]);
  });

  test.each<[string, Sent, object]>([
    ['what is refused', { query: 'mutation { releaseDisk(id: "disk-1") { id } }' }, { outcome: 'refused' }],
    ['what is no query', { query: '{ nothing }' }, { operation: 'none', outcome: 'refused' }],
    ['what is no GraphQL', { query: '{' }, { operation: 'none', code: 'GRAPHQL_PARSE_FAILED' }],
    ['a stranger', { key: 'vk_0_0' }, { account: null, key: null, code: 'Unauthenticated', outcome: 'refused' }],
    ['a body of another type', { headers: { 'content-type': 'text/plain' } }, { code: 'BAD_REQUEST', status: 415 }],
  ])('%s too', async (_, sent, expected) => {
    const { answer, lines } = await send(sent);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ ...expected, requestId: answer.headers['x-request-id'] });
    const { errors } = JSON.parse(answer.body) as { readonly errors: readonly { readonly extensions: Line }[] };
    expect(errors[0]?.extensions).toMatchObject({ requestId: answer.headers['x-request-id'] });
  });

  test('without a secret, and without what the caller wrote', async () => {
    const query = 'query Payroll($s: String) { payroll: quotas { kind } }';
    const { lines } = await send({ query, operationName: 'Payroll' });
    expect(lines).toHaveLength(1);
    for (const text of ['Payroll', 'payroll', account.key]) expect(JSON.stringify(lines)).not.toContain(text);
  });
});

describe('an id that the caller gives', () => {
  test('is noted beside our own', async () => {
    const { answer, lines } = await send({ headers: { 'X-Request-Id': 'trace/01:ab-CD.9' } });
    expect(lines[0]).toMatchObject({ clientRequestId: 'trace/01:ab-CD.9' });
    expect(answer.headers['x-request-id']).not.toBe('trace/01:ab-CD.9');
  });

  test.each(['', 'two words', 'line\nbreak', 'quote"', 'ümlaut', '\u202e', 'x'.repeat(129)])(
    'is not repeated if it is %j',
    async (id) => {
      const { answer, lines } = await send({ headers: { 'x-request-id': id } });
      expect(lines[0]).not.toHaveProperty('clientRequestId');
      expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});

test('strangers fill no log', async () => {
  const sent: Awaited<ReturnType<typeof send>>[] = [];
  for (let at = 0; at < 200; at++) sent.push(await send({ key: `vk_${at}_0` }));
  const lines = sent.flatMap(({ lines }) => lines);
  expect(lines.length).toBeLessThanOrEqual(60);
  expect((await send({})).lines).toHaveLength(1);
});
