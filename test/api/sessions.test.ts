import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';
import { openPage, type Page, type Sent } from '../support/browser-page.ts';

const VIEWER = '{ viewer { role apiKey { id } } }';
const CREATE_LINK = 'mutation { createConsoleLink(input: {}) { secret expiresAt } }';
const HOUR_MS = 3_600_000;
const TLS_HOST = 'varve.example.com';

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

async function signedIn(from: Sent = {}, key = account.key): Promise<Page> {
  const page = openPage(api, from);
  expect(await page.session('POST', { key })).toMatchObject({ status: 204 });
  return page;
}

const idOf = (key: string) => key.split('_')[1];
const newLink = async (): Promise<string> => (await account.call(CREATE_LINK)).createConsoleLink.secret;
/** The latest first. */
const recordsOf = async (action: string) =>
  (
    await account.call(
      'query ($action: String) { audit(action: $action) { nodes { actor action outcome code session subjects address } } }',
      { action },
    )
  ).audit.nodes;

describe('11.1: sign-in by API key', () => {
  test('the key becomes a cookie that scripts and other sites do not get', async () => {
    const page = openPage(api);
    expect((await page.session('GET')).body).toEqual({ signedIn: false });

    const { status, body, cookies, headers } = await page.session('POST', { key: account.key });

    expect({ status, body }).toEqual({ status: 204, body: undefined });
    expect(cookies).toEqual([
      expect.stringMatching(
        /^varve-session-4100=vs_\w{16}_\w{64}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=604800$/,
      ),
    ]);
    expect(headers['cache-control']).toBe('no-store');
    expect((await page.session('GET')).body).toEqual({ signedIn: true });
    expect((await page.ask(VIEWER)).body.data.viewer).toEqual({ role: 'ADMIN', apiKey: { id: idOf(account.key) } });
  });

  test('behind TLS the cookie is kept for this host alone, and no other name is taken', async () => {
    const from = { host: TLS_HOST, origin: `https://${TLS_HOST}` };
    const page = openPage(api, from);
    const [cookie = ''] = (await page.session('POST', { key: account.key })).cookies;
    expect(cookie).toMatch(/^__Host-varve-session=vs_\w+; .*; Secure$/);
    expect((await page.ask(VIEWER)).status).toBe(200);
    const planted = (page.cookie() ?? '').replace('__Host-', '');
    const victim = openPage(api, { ...from, headers: { cookie: planted } });
    expect((await victim.ask(VIEWER)).status).toBe(401);
  });

  test('a key that is not valid is refused with code and message, and often is too often', async () => {
    const page = openPage(api, { address: '192.0.2.66' });
    const wrong = `vk_${'0'.repeat(16)}_${'1'.repeat(64)}`;
    const first = await page.session('POST', { key: wrong });
    expect(first).toMatchObject({ status: 401, body: { code: 'Unauthenticated', message: expect.any(String) } });
    expect(first.cookies).toEqual([]);
    for (let at = 0; at < 40; at++) await page.session('POST', { key: wrong });
    const last = await page.session('POST', { key: wrong });
    expect(last).toMatchObject({ status: 429, body: { code: 'Throttled' } });
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
    expect((await page.ask(VIEWER, { headers: { authorization: `Bearer ${wrong}` } })).status).toBe(429);
  });

  test.each<[string, object | undefined, Sent, number]>([
    ['no body', undefined, {}, 400],
    ['a key that is no text', { key: 1 }, {}, 400],
    ['a key and a link', { key: 'a', link: 'b' }, {}, 400],
    ['a form', { key: 'a' }, { headers: { 'content-type': 'text/plain' } }, 415],
    ['another origin', { key: 'a' }, { origin: 'http://evil.example' }, 403],
    ['an origin at another port', { key: 'a' }, { origin: 'http://127.0.0.1:9999', site: 'same-site' }, 403],
    ['no origin at all', { key: 'a' }, { origin: null, site: 'none' }, 403],
    ['a page without TLS from afar', { key: 'a' }, { host: TLS_HOST }, 403],
  ])('%s signs nobody in', async (_, body, sent, status) => {
    const answer = await openPage(api).session('POST', body, sent);
    expect(answer).toMatchObject({ status, cookies: [], body: { code: expect.any(String) } });
  });
});

describe('11.1: a request with the cookie', () => {
  test.each<[string, Sent]>([
    ['of another origin', { origin: 'http://evil.example', site: 'cross-site' }],
    ['of another port of this machine', { origin: 'http://127.0.0.1:9999', site: 'same-site' }],
    ['of a sandboxed frame', { origin: 'null' }],
    ['without the header of the console', { headers: { 'x-varve-console': '' } }],
    ['that says nothing of where it comes from', { origin: null, site: 'none' }],
    ['at another name of this machine', { host: 'evil.example:4100', origin: 'http://evil.example:4100' }],
  ])('%s is not answered', async (_, sent) => {
    const page = await signedIn();
    expect((await page.ask(VIEWER)).status).toBe(200);
    expect(await page.ask(VIEWER, sent)).toMatchObject({
      status: 401,
      body: { errors: [{ extensions: { code: 'Unauthenticated' } }] },
    });
  });

  test('of another origin is not answered either while the first one of a page is', async () => {
    const page = await signedIn();
    const foreign = { origin: 'http://evil.example', site: 'cross-site' };
    const answers = await Promise.all([page.ask(VIEWER), page.ask(VIEWER, foreign)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 401]);
  });

  test('and with Authorization is one of that key', async () => {
    const page = await signedIn();
    const viewer = await account.createKey('VIEWER');
    const authorization = `Bearer ${viewer}`;
    const { body } = await page.ask(VIEWER, { headers: { authorization, 'x-varve-console': '' } });
    expect(body.data.viewer).toEqual({ role: 'VIEWER', apiKey: { id: idOf(viewer) } });
    expect((await page.ask(VIEWER, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
  });

  test('twice the cookie: somebody else has set one, so none counts', async () => {
    const [page, other] = [await signedIn(), await signedIn()];
    const cookie = `${page.cookie()}; ${other.cookie()}`;
    expect((await page.ask(VIEWER, { headers: { cookie } })).status).toBe(401);
  });

  test('of a program of somebody else, who has read it off a port of the machine', async () => {
    const page = await signedIn({ peer: 'uid 1000' });
    expect((await page.ask(VIEWER)).status).toBe(200);
    for (const peer of ['uid 1001', undefined])
      expect(
        (await openPage(api, { headers: { cookie: page.cookie() ?? '' }, ...(peer && { peer }) }).ask(VIEWER)).status,
      ).toBe(401);
  });
});

describe('11.1: the end of a session', () => {
  test('after 12 hours without use, and after 7 days in any case', async () => {
    const [idle, busy] = [await signedIn(), await signedIn()];
    for (let hours = 0; hours < 7 * 24 - 6; hours += 6) {
      api.clock.advance(6 * HOUR_MS);
      expect((await busy.ask(VIEWER)).status).toBe(200);
    }
    expect((await idle.ask(VIEWER)).status).toBe(401);
    api.clock.advance(6 * HOUR_MS);
    expect((await busy.ask(VIEWER)).status).toBe(401);
    expect((await busy.session('GET')).body).toEqual({ signedIn: false });
  });

  test('at once when the key is revoked or has expired', async () => {
    const key = await account.createKey('OPERATOR');
    const page = await signedIn({}, key);
    await account.call('mutation ($id: ID!) { revokeApiKey(input: { apiKeyId: $id }) { apiKey { id } } }', {
      id: idOf(key),
    });
    expect((await page.ask(VIEWER)).status).toBe(401);
  });

  test('by signing out: the cookie is gone, and worth nothing', async () => {
    const page = await signedIn();
    const cookie = page.cookie() ?? '';
    expect((await page.session('DELETE', undefined, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await page.ask(VIEWER)).status).toBe(200);
    expect(await page.session('DELETE')).toMatchObject({
      status: 204,
      cookies: [expect.stringContaining('Max-Age=0')],
    });
    expect((await page.ask(VIEWER, { headers: { cookie } })).status).toBe(401);
    expect((await page.session('DELETE')).status).toBe(204);
  });

  test('when another begins in its place', async () => {
    const page = await signedIn();
    const cookie = page.cookie() ?? '';
    await page.session('POST', { key: account.key });
    expect((await page.ask(VIEWER)).status).toBe(200);
    expect((await page.ask(VIEWER, { headers: { cookie } })).status).toBe(401);
  });
});

describe('11.1: a link', () => {
  test('signs in once. The second use is refused, recorded, logged, and ends what the first began', async () => {
    const link = await newLink();
    const [first, second] = [openPage(api), openPage(api, { address: '192.0.2.99' })];
    expect((await first.session('POST', { link })).status).toBe(204);
    expect((await first.ask(VIEWER)).body.data.viewer.apiKey.id).toBe(idOf(account.key));

    expect(await second.session('POST', { link })).toMatchObject({ status: 401, cookies: [] });

    expect((await first.ask(VIEWER)).status).toBe(401);
    const [record] = await recordsOf('console.signIn');
    expect(record).toMatchObject({ outcome: 'REFUSED', code: 'Unauthenticated', address: '192.0.2.99' });
    expect(record.subjects).toContain(link.split('_')[1]);
    expect(api.log.filter((line) => line.includes('a sign-in link was used a second time'))).toHaveLength(1);
  });

  test('that comes twice at the same time opens one session, and that ends', async () => {
    const link = await newLink();
    const pages = [openPage(api), openPage(api)];
    const answers = await Promise.all(pages.map((page) => page.session('POST', { link })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 401]);
    for (const page of pages) expect((await page.ask(VIEWER)).status).toBe(401);
  });

  test('ends after a minute. A late second use does not end the session', async () => {
    const [used, unused] = [await newLink(), await newLink()];
    const page = openPage(api);
    await page.session('POST', { link: used });
    api.clock.advance(61_000);
    expect((await openPage(api).session('POST', { link: unused })).status).toBe(401);
    expect((await openPage(api).session('POST', { link: used })).status).toBe(401);
    expect((await page.ask(VIEWER)).status).toBe(200);
  });

  test('is made by a key of any role, for a minute at most, not too often, and by no session', async () => {
    const viewer = await account.createKey('VIEWER');
    expect(await account.call(CREATE_LINK, {}, viewer)).toMatchObject({
      createConsoleLink: { secret: expect.any(String) },
    });
    const long = 'mutation { createConsoleLink(input: { seconds: 61 }) { secret } }';
    expect((await account.refusal(long)).extensions).toMatchObject({ code: 'InvalidParameter', field: 'seconds' });
    const page = await signedIn();
    expect((await page.ask(CREATE_LINK)).body.errors[0].extensions.code).toBe('Forbidden');
    const codes: string[] = [];
    for (let at = 0; at < 31; at++)
      codes.push(
        await account.call(CREATE_LINK, {}, viewer).then(
          () => 'made',
          () => 'refused',
        ),
      );
    expect(codes.at(-1)).toBe('refused');
  });
});

test('8.6: what a key does by the console is told apart', async () => {
  const page = await signedIn();
  await page.ask('mutation { createDisk(input: { sizeBytes: 1048576 }) { disk { id } } }');
  await account.call('mutation { createDisk(input: { sizeBytes: 1048576 }) { disk { id } } }');
  const [signIn] = await recordsOf('console.signIn');
  const [byKey, bySession] = await recordsOf('createDisk');
  expect(signIn).toMatchObject({ actor: idOf(account.key), outcome: 'ALLOWED' });
  expect(byKey).toMatchObject({ actor: idOf(account.key), session: null });
  expect(bySession).toMatchObject({ actor: idOf(account.key), session: signIn.subjects[0] });
});

test('no secret is in the log, in an answer or in the catalogue', async () => {
  const link = await newLink();
  const page = openPage(api);
  const { body } = await page.session('POST', { link });
  await page.session('POST', { key: account.key });
  await openPage(api).session('POST', { link });
  const audit = await recordsOf('console.signIn');
  const told = JSON.stringify([api.log, audit, body]);
  for (const secret of [link, page.cookie() ?? '', account.key]) expect(told).not.toContain(secret.split('_').at(-1));
});
