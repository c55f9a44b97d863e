import { type AuditResult, serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';
import type { HttpServer } from '../support/http.ts';

/**
 * The audits of GraphQL over HTTP by its own working group, against the handler behind a real HTTP
 * server.
 */

let api: TestApi;
let account: TestAccount;
let server: HttpServer;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
  server = await api.startHttp();
});
afterAll(async () => {
  await server.close();
  await api.close();
});

/** Adds the credential. */
const authorized: typeof fetch = (input, options = {}) =>
  fetch(input, { ...options, headers: { ...options.headers, authorization: `Bearer ${account.key}` } });

const audits = serverAudits({ url: () => server.url, fetchFn: authorized });

test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (_, __, audit) => {
  const result: AuditResult = await audit.fn();
  expect(result).toMatchObject({ status: 'ok' });
});

test('are as many as they should be', () => {
  expect(audits.length).toBeGreaterThan(60);
});
