import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openClient } from '../../../src/client/client.ts';
import { type LocalServer, startServer } from '../../../src/local/server/server.ts';
import { parseUpkeep } from '../../../src/platform/config.ts';
import { makeFolder } from '../../../src/platform/make-folder.ts';
import { type WebFiles, webFolder } from '../../../src/platform/program/web-files.ts';
import { describeWith } from '../../support/programs.ts';
import { webFixture } from '../../support/web-fixture.ts';
import { temporaryFolder } from '../running.ts';

/** What it does with a signed-in browser, and what it could read. */
const evil = (target: string) => `<!doctype html><pre id="read"></pre><div id="done"></div>
<iframe src="${target}/" id="frame"></iframe><script>
const tell = (text) => { document.getElementById('read').textContent += text + '\\n'; };
const query = JSON.stringify({ query: '{ viewer { role } }' });
const json = { 'content-type': 'application/json', 'x-varve-console': '1' };
const tries = {
  'with the cookie': ['/graphql', { method: 'POST', credentials: 'include', headers: json, body: query }],
  'as a form': ['/graphql', { method: 'POST', credentials: 'include', mode: 'no-cors', body: query }],
  'whether it is signed in': ['/console/session', { credentials: 'include' }],
  'to sign it out': ['/console/session', { method: 'DELETE', credentials: 'include' }],
  'to sign it in': ['/console/session', { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{"key":"x"}' }],
  'its page': ['/', {}],
};
(async () => {
  for (const [what, [path, options]] of Object.entries(tries))
    await fetch('${target}' + path, options).then(
      async (answer) => tell(what + ': ' + answer.type + ' ' + answer.status + ' ' + (await answer.text())),
      () => tell(what + ': nothing'),
    );
  const tab = window.open('${target}/r/here');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  let seen = 'nothing';
  try { seen = tab.closed ? 'closed' : tab.document.title; } catch { seen = 'refused'; }
  tell('a tab: ' + seen);
  document.getElementById('done').textContent = 'done';
})();
</script>`;

/** GraphiQL as it is built, and a small page in the place of the console. */
function withFixture(built: WebFiles): WebFiles {
  const own = webFixture();
  const isConsole = (name: string) => name.startsWith('console/');
  return {
    names: async () => {
      const others = [...(await built.names())].filter((name) => !isConsole(name));
      return new Set([...(await own.names()), ...others]);
    },
    read: (name) => (isConsole(name) ? own : built).read(name),
  };
}

describeWith(['chromium'], '11.1: the console in a browser', () => {
  let browser: Browser;
  let built: ReturnType<typeof temporaryFolder>;
  let web: WebFiles;
  let folder: ReturnType<typeof temporaryFolder>;
  let server: LocalServer;
  let context: BrowserContext;
  const lines: string[] = [];

  beforeAll(async () => {
    const { buildWeb } = (await import('../../../src/web/build.mjs' as string)) as {
      buildWeb(to: string): Promise<void>;
    };
    built = temporaryFolder();
    await buildWeb(join(built.path, 'web'));
    web = withFixture(webFolder(join(built.path, 'web')));
    const args = ['--no-sandbox', '--host-resolver-rules=MAP evil.example 127.0.0.1'];
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });
  });
  afterAll(async () => {
    await browser.close();
    built[Symbol.dispose]();
  });
  beforeEach(async () => {
    folder = temporaryFolder();
    makeFolder(join(folder.path, 'data'));
    lines.length = 0;
    server = await startServer({
      folder: join(folder.path, 'data'),
      listening: { kind: 'loopback', port: 0 },
      settings: parseUpkeep({}),
      timeZone: 'UTC',
      operatorSecret: 'secret',
      web,
      writeLog: (line) => lines.push(line),
    });
    context = await browser.newContext();
  });
  afterEach(async () => {
    await context.close();
    await server.stop();
    folder[Symbol.dispose]();
  });

  const newLink = async (): Promise<string> => {
    const apiKey = readFileSync(join(folder.path, 'data/admin.key'), 'utf8').trim();
    const signal = AbortSignal.timeout(60_000);
    const client = openClient({ endpoint: { url: `${server.origin}/graphql`, apiKey }, signal });
    try {
      return (await client.apiKeys.createConsoleLink()).secret;
    } finally {
      client.close();
    }
  };
  const shown = async (page: Page, id: string): Promise<string> =>
    (await page.locator(`#${id}:not(:empty)`).textContent()) ?? '';
  const openLink = async (link: string, path = '/') => {
    const page = await context.newPage();
    await page.goto(`${server.origin}${path}#link=${link}`);
    return { page, role: await shown(page, 'role'), signed: await page.textContent('#signed') };
  };
  const elsewhere = async (text: string): Promise<{ readonly origin: string; readonly server: Server }> => {
    const site = createServer((_, response) => response.setHeader('content-type', 'text/html').end(text));
    await once(site.listen(0, '127.0.0.1'), 'listening');
    return { origin: `http://localhost:${(site.address() as AddressInfo).port}`, server: site };
  };

  it('is opened by a link that works once, keeps its session over new tabs, and shows no secret', async () => {
    const link = await newLink();
    expect(await openLink(link, '/r/local/disks')).toMatchObject({ signed: '204', role: '200 ADMIN' });
    const again = await context.newPage();
    await again.goto(`${server.origin}/go/d-1`);
    expect(await shown(again, 'role')).toBe('200 ADMIN');
    expect(await shown(again, 'path')).toBe('/go/d-1');
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    expect(await again.evaluate('document.cookie')).toBe('');

    await context.clearCookies();
    expect(await openLink(link)).toMatchObject({ signed: '401', role: '401 nobody' });

    const told = lines.join('\n');
    expect(told).toContain('a sign-in link was used a second time');
    for (const secret of [link, cookie?.value ?? '']) expect(told).not.toContain(secret.split('_').at(-1));
  });

  it('gives a page of another origin nothing to read, to do, or to put into a frame', async () => {
    await openLink(await newLink());
    const site = await elsewhere(evil(server.origin));
    const page = await context.newPage();
    await page.goto(site.origin);
    expect(await shown(page, 'done')).toBe('done');
    expect((await page.textContent('#read'))?.trim().split('\n')).toEqual([
      'with the cookie: nothing',
      'as a form: opaque 0 ',
      'whether it is signed in: nothing',
      'to sign it out: nothing',
      'to sign it in: opaque 0 ',
      'its page: nothing',
      expect.stringMatching(/^a tab: (closed|refused)$/),
    ]);
    const framed = page.frames().find((frame) => frame !== page.mainFrame());
    expect(await framed?.locator('#role').count()).toBe(0);
    const own = await context.newPage();
    await own.goto(server.origin);
    expect(await shown(own, 'role')).toBe('200 ADMIN');
    site.server.closeAllConnections();
    site.server.close();
  });

  it('is no page of a name that was pointed to this machine', async () => {
    await openLink(await newLink());
    const page = await context.newPage();
    const answer = await page.goto(`http://evil.example:${new URL(server.origin).port}/`);
    expect(answer?.status()).toBe(403);
    expect(await answer?.text()).toContain('The host is not one of this server.');
  });

  it('takes an address with anything in its fragment for what it is: no link, and no script', async () => {
    const page = await context.newPage();
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => void dialogs.push(dialog.message()));
    await page.goto(`${server.origin}/#link=<img src=x onerror=alert(1)>`);
    expect(await shown(page, 'role')).toBe('401 nobody');
    expect(await page.textContent('#signed')).toBe('401');
    const run = `const script = document.createElement('script');
      script.text = 'globalThis.injected = true';
      document.body.append(script);`;
    await expect(page.evaluate(run)).rejects.toThrow(/TrustedScript/);
    expect(await page.evaluate(`'injected' in globalThis`)).toBe(false);
    expect(dialogs).toEqual([]);
  });

  it('is offered GraphiQL at the address of the API, by the same session and policy', async () => {
    await openLink(await newLink());
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') wrong.push(message.text());
    });
    const requests: string[] = [];
    page.on('request', (request) => void requests.push(request.url()));
    await page.goto(`${server.origin}/graphql`);
    expect(page.url()).toBe(`${server.origin}/graphiql/`);
    await page.click('.graphiql-execute-button');
    await page.locator('.result-window', { hasText: 'ADMIN' }).waitFor();
    expect(await page.isHidden('#sign-in')).toBe(true);
    expect(requests.filter((url) => !url.startsWith(server.origin) && !url.startsWith('data:'))).toEqual([]);
    expect(wrong).toEqual([]);
  });
});
