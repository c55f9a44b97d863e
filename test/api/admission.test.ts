import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Catalogue } from '../../src/platform/catalogue/port.ts';
import { createLog } from '../../src/platform/log.ts';
import { API_LIMITS, type ApiLimits } from '../../src/service/api/api-limits.ts';
import { createHandler } from '../../src/service/api/handler.ts';
import type { HttpHandler } from '../../src/service/api/http-event.ts';
import type { Service } from '../../src/service/service.ts';
import { aliases } from '../support/aliases.ts';
import { createTestApi, eventOf, type TestAccount, type TestApi, type Told } from '../support/api.ts';

const TYPENAME = '{ __typename }';
const WRONG = (at: number) => `vk_${at.toString(16).padStart(16, '0')}_${'0'.repeat(64)}`;

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

interface Asked {
  readonly key?: string;
  readonly address?: string;
  readonly query?: string;
}

/** So slow that nothing comes back while a test runs, but for what it moves the clock. */
const SLOW = { perSecond: 0.001 };
const ONE_COMES_BACK_MS = 1_000_000;

/** A process of its own, with its own limits. */
function serve(admission: Partial<ApiLimits['admission']> = {}, service: Service = api.service) {
  const log = createLog({ level: 'error', clock: api.clock, write: () => undefined });
  const own = { ...API_LIMITS, admission: { ...API_LIMITS.admission, ...admission } };
  const handle: HttpHandler = createHandler(service, log, own);
  return async ({ key = account.key, address = '192.0.2.1', query = TYPENAME }: Asked = {}) => {
    const event = eventOf(key, JSON.stringify({ query }));
    const http = { method: 'POST', sourceIp: address };
    const { statusCode, headers, body } = await handle({ ...event, requestContext: { ...event.requestContext, http } });
    const { data, errors } = JSON.parse(body);
    return { status: statusCode, retryAfter: headers['retry-after'], data, ...errors?.[0]?.extensions };
  };
}

/** How many answers have each status. */
function statuses(answers: readonly { readonly status: number }[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe('wrong credentials', () => {
  const FAILURES = { burst: 10, ...SLOW };

  test('1000 in a row from one address: a burst is answered with 401, the rest with 429 and when to come back', async () => {
    const ask = serve();
    const answers: Told[] = [];
    for (let at = 0; at < 1000; at++) answers.push(await ask({ key: WRONG(at) }));
    const { 401: told = 0, 429: slowed = 0 } = statuses(answers);
    expect(told).toBeLessThan(100);
    expect(told + slowed).toBe(1000);
    expect(answers.at(-1)).toMatchObject({
      status: 429,
      code: 'Throttled',
      limit: 'failures',
      retryAfterMs: expect.any(Number),
      retryAfter: '1',
    });
  });

  test('as many at once are no more than as many in a row', async () => {
    const ask = serve({ failures: FAILURES });
    const answers = await Promise.all(Array.from({ length: 200 }, (_, at) => ask({ key: WRONG(at) })));
    expect(statuses(answers)).toEqual({ 401: 10, 429: 190 });
  });

  test('a good secret is not found out among them, nor told from them, once its address is slowed', async () => {
    const ask = serve({ failures: FAILURES });
    for (let at = 0; at < 10; at++) await ask({ key: WRONG(at) });
    expect((await ask()).status).toBe(429);
    api.clock.advance(ONE_COMES_BACK_MS);
    expect((await ask()).status).toBe(200);
  });

  test('do not keep anybody out whose credential was good at this address, nor other addresses', async () => {
    const ask = serve({ failures: FAILURES });
    expect((await ask()).status).toBe(200);
    for (let at = 0; at < 20; at++) await ask({ key: WRONG(at) });
    expect((await ask()).status).toBe(200);
    expect((await ask({ address: '192.0.2.2' })).status).toBe(200);
    expect((await ask({ key: WRONG(99) })).status).toBe(429);
  });

  test('a good credential costs nothing, however many first requests it comes with', async () => {
    const ask = serve({ failures: FAILURES });
    expect(statuses(await Promise.all(Array.from({ length: 50 }, () => ask())))).toEqual({ 200: 50 });
    const keys = await Promise.all(Array.from({ length: 8 }, () => account.createKey('VIEWER')));
    for (let round = 0; round < 3; round++) for (const key of keys) expect((await ask({ key })).status).toBe(200);
    expect(statuses(await Promise.all(Array.from({ length: 12 }, (_, at) => ask({ key: WRONG(at) }))))).toEqual({
      401: 10,
      429: 2,
    });
  });

  test('a key that is revoked is no more than a wrong one', async () => {
    const ask = serve({ failures: FAILURES });
    const { createApiKey } = await account.call(
      'mutation { createApiKey(input: { name: "gone", role: VIEWER }) { secret apiKey { id } } }',
    );
    const key = createApiKey.secret as string;
    expect((await ask({ key })).status).toBe(200);
    await account.call('mutation ($id: ID!) { revokeApiKey(input: { apiKeyId: $id }) { apiKey { id } } }', {
      id: createApiKey.apiKey.id,
    });
    const answers: Told[] = [];
    for (let at = 0; at < 15; at++) answers.push(await ask({ key }));
    expect(statuses(answers)).toEqual({ 401: 10, 429: 5 });
  });
});

describe('rates', () => {
  test('of a key, whatever addresses it comes from; other keys go on', async () => {
    const ask = serve({ ofKey: { burst: 5, ...SLOW } });
    const answers: Told[] = [];
    for (let at = 0; at < 8; at++) answers.push(await ask({ address: `192.0.2.${at}` }));
    expect(statuses(answers)).toEqual({ 200: 5, 429: 3 });
    expect(answers.at(-1)).toMatchObject({ code: 'Throttled', limit: 'key', retryAfterMs: expect.any(Number) });
    expect((await ask({ key: await account.createKey('VIEWER') })).status).toBe(200);
    api.clock.advance(ONE_COMES_BACK_MS);
    expect((await ask()).status).toBe(200);
  });

  test('of an address, whatever keys it sends', async () => {
    const ask = serve({ ofAddress: { burst: 3, ...SLOW } });
    const keys = await Promise.all(Array.from({ length: 5 }, () => account.createKey('VIEWER')));
    const answers: Told[] = [];
    for (const key of keys) answers.push(await ask({ key }));
    expect(statuses(answers)).toEqual({ 200: 3, 429: 2 });
    expect(answers.at(-1)).toMatchObject({ limit: 'address' });
    expect((await ask({ address: '192.0.2.2' })).status).toBe(200);
  });
});

describe('turns', () => {
  const LISTS = '{ a: disks(first: 1000) { nodes { id } } b: disks(first: 1000) { nodes { id } } }';

  /** The service with lists that are answered when they are released. */
  function heldBack() {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const list: Catalogue['list'] = async (entity, query) => {
      await released;
      return api.catalogue.list(entity, query);
    };
    return { service: { ...api.service, catalogue: { ...api.catalogue, list } }, release };
  }
  const arrived = () => new Promise((resolve) => setTimeout(resolve, 300));

  test('more waits than may: Throttled with status 503; the rest is answered', async () => {
    const { service, release } = heldBack();
    const ask = serve(
      { requests: { running: 1, runningOfOne: 1, besideOthers: 1, waiting: 2, waitingOfOne: 2 } },
      service,
    );
    const query = '{ disks { nodes { id } } }';
    const all = Array.from({ length: 10 }, () => ask({ query }));
    const first = await Promise.race(all);
    expect(first).toMatchObject({ status: 503, code: 'Throttled', retryAfterMs: 1000, retryAfter: '1' });
    await arrived();
    release();
    expect(statuses(await Promise.all(all))).toEqual({ 200: 3, 503: 7 });
  });

  test('queries that read much have places of their own, so that the others go on', async () => {
    const { service, release } = heldBack();
    const ask = serve(
      { heavy: { running: 1, runningOfOne: 1, besideOthers: 1, waiting: 1, waitingOfOne: 1 } },
      service,
    );
    const heavy = Array.from({ length: 5 }, () => ask({ query: LISTS }));
    await arrived();
    expect(statuses(await Promise.all(Array.from({ length: 20 }, () => ask())))).toEqual({ 200: 20 });
    release();
    const answers = await Promise.all(heavy);
    expect(statuses(answers)).toEqual({ 200: 2, 503: 3 });
    expect(answers.filter(({ data }) => data?.a !== undefined)).toHaveLength(2);
  });

  test('queries that read much begin after what other accounts have under way, if that is soon done', async () => {
    const { service, release } = heldBack();
    const other = await api.createAccount();
    const ask = serve({ giveWayMs: 60_000 }, service);
    const ended: string[] = [];
    const before = ask({ key: other.key, query: '{ disks { nodes { id } } }' }).then(() => ended.push('other'));
    await arrived();
    const schema = ask({ query: `{ ${aliases(4, '__schema { types { name fields { name } } }')} }` }).then(() =>
      ended.push('heavy'),
    );
    await arrived();
    expect(ended).toEqual([]);
    release();
    await Promise.all([before, schema]);
    expect(ended).toEqual(['other', 'heavy']);
  });

  test('a text that is costly to validate comes in turn with them', async () => {
    const { service, release } = heldBack();
    const ask = serve({}, service);
    const text = `{ disks(first: 1) { nodes { ${'chain { id } '.repeat(80)} } } }`;
    const heavy = ask({ query: text });
    await arrived();
    const second = ask({ query: `${text} # other` });
    const told: string[] = [];
    void second.then(() => told.push('second'));
    expect((await ask()).status).toBe(200);
    expect(told).toEqual([]);
    release();
    expect(statuses(await Promise.all([heavy, second]))).toEqual({ 200: 2 });
  });

  test('queries that read much do not wait long for others', async () => {
    const { service, release } = heldBack();
    const other = await api.createAccount();
    const ask = serve({ giveWayMs: 10 }, service);
    const before = ask({ key: other.key, query: '{ disks { nodes { id } } }' });
    await arrived();
    expect(await ask({ query: `{ ${aliases(4, '__schema { types { name fields { name } } }')} }` })).toMatchObject({
      status: 200,
    });
    release();
    await before;
  });

  test('a request that waits too long is told so', async () => {
    const { service, release } = heldBack();
    const requests = { running: 1, runningOfOne: 1, besideOthers: 1, waiting: 9, waitingOfOne: 9 };
    const ask = serve({ requests, patienceMs: 100 }, service);
    const first = ask({ query: '{ disks { nodes { id } } }' });
    await arrived();
    expect(await ask()).toMatchObject({ status: 503, code: 'Throttled', retryAfterMs: expect.any(Number) });
    release();
    expect((await first).status).toBe(200);
    expect((await ask()).status).toBe(200);
  });
});
