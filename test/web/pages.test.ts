import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { webFolder } from '../../src/platform/program/web-files.ts';
import { pagesOnLambda } from '../../src/web/lambda.ts';
import { createPages } from '../../src/web/pages.ts';
import { temporaryFolder } from '../local/running.ts';
import { webFixture } from '../support/web-fixture.ts';

const pages = createPages(webFixture(), { graphiql: true });

type Headers = Readonly<Record<string, string>>;

async function ask(path: string, headers: Headers = {}, method = 'GET', of = pages) {
  const answer = await of({ method, path, header: (name) => headers[name] });
  return answer && { ...answer, text: Buffer.from(answer.body).toString('utf8') };
}

const headersAt = async (path: string): Promise<Headers> => (await ask(path))?.headers ?? {};

describe('11.1: the files of the console', () => {
  test.each(['/', '/r/here/disks/d-1/overview', '/r', '/go/s-1'])('%s is the page', async (path) => {
    const answer = await ask(path);
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining('<title>Varve') });
    expect(answer?.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
  });

  test('what has a hash in its name is kept for ever, in the type that it is', async () => {
    const script = await ask('/assets/index-AbCdEfG1.js');
    expect(script?.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
    });
    expect((await ask('/favicon.svg'))?.headers).toMatchObject({
      'cache-control': 'no-cache',
      'content-type': 'image/svg+xml',
    });
  });

  test('who has the page is told that it is still the same', async () => {
    const headers = await headersAt('/');
    const again = await ask('/', { 'if-none-match': `"other", W/${headers.etag}` });
    expect(again).toMatchObject({ status: 304, text: '', headers: { etag: headers.etag } });
    expect((await ask('/', { 'if-none-match': '"other"' }))?.status).toBe(200);
  });

  test('HEAD has the headers alone, and nothing else is taken', async () => {
    const [head, whole] = [await ask('/', {}, 'HEAD'), await ask('/')];
    expect(head).toMatchObject({ status: 200, text: '', headers: whole?.headers });
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect(await ask('/', {}, method)).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  test.each([
    '/missing.js',
    '/assets/',
    '/assets/../index.html',
    '/../console/index.html',
    '/%2e%2e/secret',
    '/rest',
    '/console/index.html',
    '/index.html.br',
    '//evil.example/',
  ])('there is nothing at %s', async (path) => {
    expect(await ask(path)).toBeUndefined();
  });

  test('every answer keeps scripts, frames and other origins away', async () => {
    for (const path of ['/', '/assets/index-AbCdEfG1.js', '/graphiql/']) {
      const headers = await headersAt(path);
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
          "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
          "require-trusted-types-for 'script'",
      );
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
  });

  test('a compressed form is sent to those that take it, from a folder', async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, 'console'));
    const write = (name: string, bytes: string | Buffer) => writeFileSync(join(folder.path, 'console', name), bytes);
    write('index.html', 'page');
    write('index.html.gz', gzipSync('page'));
    write('index.html.br', 'packed');
    const own = createPages(webFolder(folder.path), { graphiql: false });
    const forms = (accepted: string) => ask('/', { 'accept-encoding': accepted }, 'GET', own);
    expect(await forms('gzip, br')).toMatchObject({ text: 'packed', headers: { 'content-encoding': 'br' } });
    const zipped = await forms('gzip, br;q=0');
    expect(zipped?.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
    expect(gunzipSync(zipped?.body ?? '').toString()).toBe('page');
    const plain = await forms('');
    expect(plain?.headers['content-encoding']).toBeUndefined();
    expect(new Set([plain?.headers.etag, zipped?.headers.etag]).size).toBe(2);
    expect(await ask('/index.html.gz', {}, 'GET', own)).toBeUndefined();
  });

  test('nothing that was not built is there', async () => {
    const own = createPages(webFolder('/nowhere/at/all'), { graphiql: true });
    expect(await ask('/', {}, 'GET', own)).toBeUndefined();
  });
});

test('GraphiQL is there where it is switched on', async () => {
  const off = createPages(webFixture(), { graphiql: false });
  for (const path of ['/graphiql', '/graphiql/']) {
    expect((await ask(path))?.text).toContain('<title>GraphiQL');
    expect(await ask(path, {}, 'GET', off)).toBeUndefined();
  }
  expect(await ask('/graphiql/../console/index.html')).toBeUndefined();
});

test('on Lambda bytes travel as base64, and what is not there is 404', async () => {
  const handle = pagesOnLambda(pages);
  const event = {
    headers: {},
    rawQueryString: '',
    isBase64Encoded: false,
    requestContext: { http: { method: 'GET' } },
  };
  const found = await handle({ ...event, rawPath: '/r/here' });
  expect(found).toMatchObject({ statusCode: 200, isBase64Encoded: true });
  expect(Buffer.from(found.body, 'base64').toString()).toContain('<title>Varve');
  const missing = await handle({ ...event, rawPath: '/missing' });
  expect(missing).toMatchObject({ statusCode: 404, isBase64Encoded: false });
  expect(missing.headers['content-security-policy']).toContain("default-src 'none'");
});
