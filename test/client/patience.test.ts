import { describe, expect, it } from 'vitest';
import { ClientError } from '../../src/client/errors.ts';
import { type Outage, Patience } from '../../src/client/flow/patience.ts';
import { formatSpan } from '../../src/client/flow/span.ts';
import { createGraphql } from '../../src/client/service/graphql.ts';
import type { Http, HttpRequest } from '../../src/client/service/http.ts';
import { createObjectTransfer } from '../../src/client/service/object-transfer.ts';
import type { Operation } from '../../src/generated/operations.ts';

const MINUTE_MS = 60_000;
const PATIENCE_MS = 5 * MINUTE_MS;
const OPERATION: Operation<object, object> = { text: '{ a }', shape: {} };
const HEADERS = {};

/** An error code of the network, an HTTP status, or a refusal by GraphQL. */
type Trouble = string | number | { readonly code: string; readonly retryAfterMs?: number };

interface Scene {
  /** When the trouble begins and ends; a request within it meets it. */
  readonly from?: number;
  readonly until: number;
  readonly trouble: Trouble;
  /** Another outage of the same kind. */
  readonly later?: { readonly from: number; readonly until: number };
  readonly ms?: number;
}

/** A service that is in trouble for a time, on a clock that only waiting moves. */
function service({ from = 0, until, later, trouble, ms = PATIENCE_MS }: Scene) {
  const at: number[] = [];
  const outages: Outage[] = [];
  let now = 0;
  const outagesOf = [{ from, until }, ...(later ? [later] : [])];
  const inTrouble = () => outagesOf.some((outage) => now >= outage.from && now < outage.until);
  const patience = new Patience({
    ms,
    now: () => now,
    random: () => 0.5,
    sleep: async (wait, signal) => {
      signal.throwIfAborted();
      now += wait;
    },
    onOutage: (outage) => outages.push(outage),
  });
  const http: Http = {
    patience,
    request: async (request) => {
      at.push(now);
      return inTrouble() ? meet(trouble, request) : answer(200, { data: { a: 1 } });
    },
    close: () => undefined,
  };
  const signal = new AbortController().signal;
  const graphql = createGraphql({ http, endpoint: { url: 'http://service.test/graphql', apiKey: 'k' } });
  const transfer = createObjectTransfer(http, signal);
  const ways = {
    call: () => graphql.call(OPERATION, {}, signal),
    callOnce: () => graphql.callOnce(OPERATION, {}, signal),
    get: () => transfer.get({ url: 'http://store.test/object' }, Buffer.alloc(100)),
    put: () => transfer.put({ url: 'http://store.test/object', headers: HEADERS }, Buffer.alloc(1)),
  };
  return {
    ways,
    at,
    outages,
    pass: (elapsed: number) => {
      now += elapsed;
    },
  };
}

function answer(status: number, body: object) {
  return { status, headers: {}, body: Buffer.from(JSON.stringify(body)) };
}

function meet(trouble: Trouble, { url }: HttpRequest) {
  if (typeof trouble === 'number') return answer(trouble, {});
  if (typeof trouble === 'object') return answer(200, { errors: [{ message: 'no', extensions: trouble }] });
  const cause = Object.assign(new Error(trouble), { code: trouble });
  throw new ClientError('Unreachable', `Cannot reach ${new URL(url).origin}: ${trouble}.`, {}, cause);
}

describe('patience: an outage that ends in time', () => {
  it.each([
    { name: 'killed, back after 7 s', trouble: 'ECONNREFUSED', until: 7000, ways: ['call', 'callOnce', 'get', 'put'] },
    { name: 'back after 4 minutes', trouble: 'ECONNREFUSED', until: 240_000, ways: ['call', 'callOnce', 'get', 'put'] },
    { name: 'connections reset', trouble: 'ECONNRESET', until: 7000, ways: ['call', 'get', 'put'] },
    { name: 'no route', trouble: 'EHOSTUNREACH', until: 7000, ways: ['call', 'get', 'put'] },
    { name: 'names not resolved', trouble: 'EAI_AGAIN', until: 7000, ways: ['call', 'get', 'put'] },
    { name: 'one second of 503', trouble: 503, until: 1000, ways: ['call', 'get', 'put'] },
    { name: 'a bad gateway', trouble: 502, until: 20_000, ways: ['call', 'get', 'put'] },
    { name: 'too many requests', trouble: 429, until: 20_000, ways: ['call', 'callOnce', 'get', 'put'] },
    { name: 'throttled', trouble: { code: 'Throttled', retryAfterMs: 100 }, until: 20_000, ways: ['call', 'callOnce'] },
  ] as const)('$name: $ways go on', async ({ trouble, until, ways }) => {
    for (const way of ways) {
      const scene = service({ trouble, until });
      await expect(scene.ways[way](), way).resolves.not.toThrow();
      expect(scene.at.at(-1)).toBeGreaterThanOrEqual(until);
      expect(scene.at.at(-1)).toBeLessThan(until + 5000);
    }
  });

  it.each(['ECONNRESET', 'EHOSTUNREACH', 503] as const)(
    '%s: what may have been done is not sent again',
    async (trouble) => {
      const scene = service({ trouble, until: 7000 });
      await expect(scene.ways.callOnce()).rejects.toThrow(ClientError);
      expect(scene.at).toEqual([0]);
    },
  );

  it('a name that was known before may be lost for a while', async () => {
    const scene = service({ trouble: 'ENOTFOUND', from: 1, until: 7000 });
    await scene.ways.call();
    scene.pass(1);
    expect(await scene.ways.call()).toEqual({ a: 1 });
    expect(scene.at.length).toBeGreaterThan(2);
  });
});

describe('patience: an outage that lasts', () => {
  it.each([
    ['call', 'ECONNREFUSED', 'Unreachable', 'Cannot reach http://service.test: ECONNREFUSED.'],
    ['callOnce', 'ECONNREFUSED', 'Unreachable', 'Cannot reach http://service.test: ECONNREFUSED.'],
    ['call', 503, 'Internal', 'The service failed with HTTP 503.'],
    ['get', 'ECONNREFUSED', 'Unreachable', 'Cannot reach http://store.test: ECONNREFUSED.'],
    ['put', 503, 'BadAnswer', 'The object store at http://store.test refused a PUT: HTTP 503.'],
  ] as const)('%s ends after %s with %s, and says how long it was tried', async (way, trouble, code, message) => {
    const scene = service({ trouble, until: Number.POSITIVE_INFINITY });
    const error = await scene.ways[way]().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code,
      message: `${message} It was tried for 5 min.`,
      extra: { triedMs: PATIENCE_MS },
    });
    const waits = scene.at.slice(1).map((at, before) => at - (scene.at[before] as number));
    expect(Math.max(...waits)).toBeLessThanOrEqual(5000);
    expect(waits.slice(0, 6)).toEqual([...waits.slice(0, 6)].sort((one, other) => one - other));
    expect(scene.at.at(-1)).toBe(PATIENCE_MS);
  });

  it('without any patience is one try and the plain failure', async () => {
    for (const way of ['call', 'callOnce', 'get', 'put'] as const) {
      const scene = service({ trouble: 'ECONNREFUSED', until: Number.POSITIVE_INFINITY, ms: 0 });
      await expect(scene.ways[way]()).rejects.toThrow(/ECONNREFUSED\.$/);
      expect(scene.at).toEqual([0]);
    }
  });
});

describe('patience: answers are not tried again', () => {
  it.each([
    { code: 'NotFound' },
    { code: 'Forbidden' },
    { code: 'VersionConflict' },
    { code: 'StorageFull' },
    401,
    403,
    404,
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'HPE_INVALID_CONSTANT',
    'ENOTFOUND',
  ] as const)('%j by the service', async (trouble) => {
    const scene = service({ trouble, until: Number.POSITIVE_INFINITY });
    await expect(scene.ways.call()).rejects.toThrow(ClientError);
    expect(scene.at).toEqual([0]);
  });

  it.each([403, 404, 400, 501, 507])('HTTP %i by the store', async (trouble) => {
    for (const way of ['get', 'put'] as const) {
      const scene = service({ trouble, until: Number.POSITIVE_INFINITY });
      await scene.ways[way]().catch(() => undefined);
      expect(scene.at).toEqual([0]);
    }
  });
});

describe('patience: what people hear of an outage', () => {
  it('is said once, with the time that is left, for all calls that meet it', async () => {
    const scene = service({ trouble: 'ECONNREFUSED', until: MINUTE_MS });
    await Promise.all([scene.ways.call(), scene.ways.call(), scene.ways.callOnce()]);
    expect(scene.outages).toHaveLength(1);
    expect(scene.outages[0]?.error.message).toContain('ECONNREFUSED');
    expect(formatSpan(scene.outages[0]?.leftMs ?? 0)).toBe('5 min');
  });

  it('is nothing where it is short', async () => {
    const scene = service({ trouble: 'ECONNRESET', until: 300 });
    await scene.ways.call();
    expect(scene.outages).toEqual([]);
  });

  it('is said again of the next outage', async () => {
    const scene = service({ trouble: 503, until: 10_000, later: { from: 20_000, until: 30_000 } });
    await scene.ways.get();
    scene.pass(20_000 - (scene.at.at(-1) ?? 0));
    await scene.ways.get();
    expect(scene.outages).toHaveLength(2);
  });

  it.each([
    [300_000, '5 min'],
    [89_000, '1 min'],
    [45_000, '45 s'],
    [7_200_000, '2 h'],
  ])('%i ms are %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });
});

it('patience: a call that is not tried again, as nobody answered it, does not end an outage', async () => {
  let now = 0;
  const outages: Outage[] = [];
  const { signal } = new AbortController();
  const patience = new Patience({
    ms: PATIENCE_MS,
    now: () => now,
    sleep: async (wait) => {
      now += wait;
    },
    onOutage: (outage) => outages.push(outage),
  });
  const away = new ClientError('Unreachable', 'Away.');
  const once = () =>
    patience.run({ whom: 'service', attempt: () => Promise.reject(away), again: () => undefined, signal });
  const attempt = async () => {
    await expect(once()).rejects.toBe(away);
    if (now < 20_000) throw away;
  };
  await patience.run({ whom: 'service', attempt, again: () => ({}), signal });
  expect(outages).toHaveLength(1);
});

it('patience: an interruption ends the waiting at once', async () => {
  const stopped = new AbortController();
  const patience = new Patience({ ms: PATIENCE_MS });
  const reason = new ClientError('Interrupted', 'Stopped.');
  const attempt = async () => {
    setImmediate(() => stopped.abort(reason));
    throw new Error('away');
  };
  const begun = performance.now();
  const running = patience.run({
    whom: 'service',
    attempt,
    again: () => ({ atLeastMs: 60_000 }),
    signal: stopped.signal,
  });
  await expect(running).rejects.toBe(reason);
  expect(performance.now() - begun).toBeLessThan(10_000);
});
