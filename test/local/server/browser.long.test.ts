import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type LocalServer, startServer } from '../../../src/local/server/server.ts';
import { parseUpkeep } from '../../../src/platform/config.ts';
import { makeFolder } from '../../../src/platform/make-folder.ts';
import { startBrowser } from '../../support/browser.ts';
import { describeWith } from '../../support/programs.ts';
import { temporaryFolder } from '../running.ts';

/**
 * What a page tries that has found the port: whatever a browser lets it send. Each ends with a line
 * that says what the page could read.
 */
const page = (target: string) => `<!doctype html><pre id="read"></pre><script>
const read = document.getElementById('read');
const tell = (what, outcome) => { read.textContent += what + ': ' + outcome + '\\n'; };
const mutation = 'mutation { createDisk(input: { name: "evil", sizeBytes: 1048576, category: STANDARD }) { disk { id } } }';
const body = JSON.stringify({ query: mutation });
const tries = {
  'simple request': [ '/graphql', { method: 'POST', mode: 'no-cors', body } ],
  'text': [ '/graphql', { method: 'POST', body, headers: { 'content-type': 'text/plain' } } ],
  'JSON': [ '/graphql', { method: 'POST', body, headers: { 'content-type': 'application/json' } } ],
  'a key': [ '/graphql', { method: 'POST', body, headers: { authorization: 'Bearer vk_a_b' } } ],
  'a query by GET': [ '/graphql?query={viewer{role}}', {} ],
  'the operator': [ '/operator/account/invocations', { method: 'POST', mode: 'no-cors', body: '{"account":"evil"}' } ],
  'an upload': [ '/objects/objects/a/b?until=9999999999&signature=x', { method: 'PUT', body: 'evil' } ],
  'an object': [ '/objects/objects/a/b?until=9999999999&signature=x', { mode: 'no-cors' } ],
  'its health': [ '/healthz', {} ],
  'if it is ready': [ '/readyz', { mode: 'no-cors' } ],
  'its figures': [ '/metrics', { headers: { authorization: 'Bearer the-token-of-metrics' } } ],
};
(async () => {
  for (const [what, [path, options]] of Object.entries(tries))
    await fetch('${target}' + path, options).then(
      async (answer) => tell(what, answer.type + ' ' + answer.status + ' ' + (await answer.text())),
      () => tell(what, 'nothing'),
    );
  await new Promise((resolve) => {
    const image = new Image();
    image.onload = image.onerror = ({ type }) => { tell('an image', type); resolve(); };
    image.src = '${target}/healthz';
  });
  await new Promise((resolve) => {
    const socket = new WebSocket('${target.replace('http', 'ws')}/graphql');
    socket.onopen = socket.onerror = ({ type }) => { tell('a socket', type); resolve(); };
  });
  const form = Object.assign(document.createElement('form'), { method: 'POST', action: '${target}/graphql', target: 'frame' });
  form.enctype = 'text/plain';
  form.append(Object.assign(document.createElement('input'), { name: body, value: '' }));
  document.body.append(Object.assign(document.createElement('iframe'), { name: 'frame' }), form);
  form.submit();
  await new Promise((resolve) => setTimeout(resolve, 500));
  tell('all', 'done');
})();
</script>`;

/** What a page shows once `done` stands in it, in a browser of its own. */
async function shown(url: string, done: string, ...args: string[]): Promise<string> {
  const browser = await startBrowser(...args);
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(`document.body.textContent.includes(${JSON.stringify(done)})`, undefined, {
      timeout: 120_000,
    });
    return await page.evaluate('(document.getElementById("read") ?? document.body).textContent');
  } finally {
    await browser.close();
  }
}

describeWith(['chromium'], 'A1–A4: a page in a browser of this machine', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let server: LocalServer;
  /** Method, path and status of everything that the server has answered. */
  const answered: { what: string; status: number }[] = [];
  const note = (message: unknown) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (`http://127.0.0.1:${request.socket.localPort}` === server.origin)
      answered.push({ what: `${request.method} ${request.url}`, status: response.statusCode });
  };

  beforeEach(async () => {
    folder = temporaryFolder();
    makeFolder(join(folder.path, 'data'));
    server = await startServer({
      folder: join(folder.path, 'data'),
      listening: { kind: 'loopback', port: 0 },
      settings: parseUpkeep({}),
      timeZone: 'UTC',
      operatorSecret: 'secret',
      metricsToken: { token: 'the-token-of-metrics' },
      writeLog: () => undefined,
    });
    answered.length = 0;
    subscribe('http.server.response.finish', note);
  });
  afterEach(async () => {
    unsubscribe('http.server.response.finish', note);
    await server.stop();
    folder[Symbol.dispose]();
  });

  it('that has found the port reads nothing, and nothing that it sends gets past the door', async () => {
    const elsewhere = createServer((_, response) => response.end(page(server.origin)));
    await once(elsewhere.listen(0, '127.0.0.1'), 'listening');
    const { port } = elsewhere.address() as AddressInfo;
    const read = await shown(`http://localhost:${port}/`, 'all: done');
    elsewhere.closeAllConnections();
    elsewhere.close();
    expect(read.trim().split('\n')).toEqual([
      'simple request: opaque 0 ',
      'text: nothing',
      'JSON: nothing',
      'a key: nothing',
      'a query by GET: nothing',
      'the operator: opaque 0 ',
      'an upload: nothing',
      'an object: opaque 0 ',
      'its health: nothing',
      'if it is ready: opaque 0 ',
      'its figures: nothing',
      'an image: error',
      'a socket: error',
      'all: done',
    ]);
    expect(answered.length).toBeGreaterThanOrEqual(10);
    expect(answered.filter(({ status }) => status !== 403)).toEqual([]);
  });

  it('whose name was pointed to this machine is no page of this server', async () => {
    const { port } = new URL(server.origin);
    const mapped = '--host-resolver-rules=MAP evil.example 127.0.0.1';
    const refusal = 'The host is not one of this server.';
    expect(await shown(`http://evil.example:${port}/healthz`, refusal, mapped)).toContain(refusal);
    expect(answered.filter(({ status }) => status !== 403)).toEqual([]);
  });
});
