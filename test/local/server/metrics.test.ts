import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metricsTokenOf } from '../../../src/local/metrics-token.ts';
import { METRICS_TOKEN, type MonitoredServer, monitoredServer } from '../../support/monitored-server.ts';

let varve: MonitoredServer;
beforeAll(async () => {
  varve = await monitoredServer();
});
afterAll(() => varve[Symbol.asyncDispose]());

const OPENMETRICS = 'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1';
const namesIn = (body: string) => [...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
const seriesOf = (body: string, name: string) => body.split('\n').filter((line) => line.startsWith(`${name}{`));

describe('the figures of one machine', () => {
  test('are text 0.0.4 for a scraper with the token', async () => {
    const { status, headers, body } = await varve.scrape();
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expect(body.endsWith('\n')).toBe(true);
    expect(body).not.toContain('# EOF');
  });

  test('are OpenMetrics for a scraper that asks for it', async () => {
    const { headers, body } = await varve.scrape({ accept: OPENMETRICS });
    expect(headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(body.endsWith('\n# EOF\n')).toBe(true);
  });

  test('have what an operator looks for', async () => {
    await varve.graphql({ query: '{ quotas { kind } }' });
    await expect
      .poll(async () => namesIn((await varve.scrape()).body))
      .toEqual(
        expect.arrayContaining([
          'varve_api_request_duration_seconds',
          'varve_api_requests_total',
          'varve_build_info',
          'varve_clock_hold',
          'varve_event_loop_delay_seconds',
          'varve_figures_timestamp_seconds',
          'varve_free_bytes',
          'varve_ledger_oldest_entry_age_seconds',
          'varve_policy_runs_total',
          'varve_queue_oldest_message_age_seconds',
          'varve_read_only',
          'varve_rebuilding',
          'process_cpu_seconds_total',
          'process_start_time_seconds',
        ]),
      );
  });

  test('say nothing of accounts, keys and disks', async () => {
    await varve.graphql({ query: '{ disks { nodes { id } } }' });
    const { body } = await varve.scrape();
    const [, keyId = ''] = /^vk_([^_]+)_/.exec(varve.adminKey) ?? [];
    expect(keyId).not.toBe('');
    for (const secret of [varve.adminKey, keyId, varve.folder, METRICS_TOKEN]) expect(body).not.toContain(secret);
  });

  test('come and go with HEAD, without a body', async () => {
    const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
    expect(await varve.ask('/metrics', { method: 'HEAD', headers })).toMatchObject({ status: 200, body: '' });
  });
});

describe('whoever is not meant to scrape', () => {
  const bearer = { authorization: `Bearer ${METRICS_TOKEN}` };
  test.each<[string, number, Readonly<Record<string, string>>]>([
    ['a scraper without a token', 401, {}],
    ['one with another token', 401, { authorization: 'Bearer another-token-of-metrics' }],
    ['one with the token in another scheme', 401, { authorization: METRICS_TOKEN }],
    ['a page of another origin, with the token', 403, { ...bearer, origin: 'http://evil.example' }],
    ['a name that was pointed here', 403, { ...bearer, host: 'evil.example' }],
    ['a page of another site', 403, { ...bearer, 'sec-fetch-site': 'cross-site' }],
  ])('%s is refused with %i', async (_, status, headers) => {
    const answer = await varve.ask('/metrics', { headers });
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain('# TYPE');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('the key of an administrator opens the API, not the figures', async () => {
    const answer = await varve.ask('/metrics', { headers: { authorization: `Bearer ${varve.adminKey}` } });
    expect(answer.status).toBe(401);
  });

  test('only reading is known, and nothing below', async () => {
    expect(await varve.ask('/metrics', { method: 'POST', headers: bearer })).toMatchObject({ status: 405 });
    expect(await varve.ask('/metrics/all', { headers: bearer })).toMatchObject({ status: 404 });
  });
});

describe('what a client says', () => {
  test('names no figure, however many names it gives its operations', async () => {
    const before = seriesOf((await varve.scrape()).body, 'varve_api_requests_total').length;
    for (let at = 0; at < 2_000; at += 100) {
      const names = Array.from({ length: 100 }, (_, more) => `Evil${at + more}`);
      await Promise.all(
        names.map((name) =>
          varve.graphql({ query: `query ${name} { ${name}: quotas { kind } }`, operationName: name }),
        ),
      );
    }
    const { body } = await varve.scrape();
    expect(body).not.toContain('Evil');
    expect(seriesOf(body, 'varve_api_requests_total').length).toBeLessThanOrEqual(before + 2);
    expect(body).toContain('varve_api_requests_total{operation="quotas",outcome=');
  });

  test.each([
    ['several fields', '{ quotas { kind } reclaim { region } }', 'several'],
    ['a look at the schema', '{ __schema { queryType { name } } }', 'introspection'],
    ['no query', '{ nothing }', 'none'],
  ])('%s count under a name of ours', async (_, query, operation) => {
    await varve.graphql({ query });
    expect((await varve.scrape()).body).toContain(`varve_api_requests_total{operation="${operation}",outcome=`);
  });
});

describe('the token of the figures', () => {
  const folder = mkdtempSync(join(tmpdir(), 'varve-token-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is made once, for its owner alone', () => {
    const made = metricsTokenOf(folder, {});
    expect(made).toEqual(metricsTokenOf(folder, {}));
    expect(statSync(join(folder, 'metrics.token')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'metrics.token'), 'utf8')).toBe(`${made.token}\n`);
  });

  test('is made again if its file was cut off', () => {
    writeFileSync(join(folder, 'metrics.token'), '');
    expect(metricsTokenOf(folder, {}).token).toHaveLength(43);
  });

  test('can come from the environment, and is refused if it is weak', () => {
    expect(metricsTokenOf(folder, { VARVE_METRICS_TOKEN: METRICS_TOKEN })).toEqual({ token: METRICS_TOKEN });
    for (const weak of ['short', 'with spaces in the middle', 'ümläute-are-no-ascii'])
      expect(() => metricsTokenOf(folder, { VARVE_METRICS_TOKEN: weak })).toThrow('VARVE_METRICS_TOKEN');
  });
});
