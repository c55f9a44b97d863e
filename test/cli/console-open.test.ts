import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserOpener, openBrowser } from '../../src/cli/open-browser.ts';
import { temporaryFolder } from '../local/running.ts';
import { openPage } from '../support/browser-page.ts';
import { type CliHarness, createCliHarness } from './harness.ts';

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
});
afterAll(() => cli.close());

test('11.1: varve console prints a link that signs in once, by the key of the profile', async () => {
  const { url, expiresAt, opened } = await cli.json('console', '--no-browser');
  const home = new URL(cli.environment.VARVE_ENDPOINT ?? '').origin;
  expect({ opened, begins: url.startsWith(`${home}/#link=vl_`) }).toEqual({ opened: false, begins: true });
  expect(Date.parse(expiresAt) - cli.api.clock.now()).toBeLessThanOrEqual(60_000);
  const link = url.split('#link=')[1];
  const page = openPage(cli.api);
  expect((await page.session('POST', { link })).status).toBe(204);
  const { body } = await page.ask('{ viewer { apiKey { id } } }');
  expect(body.data.viewer.apiKey.id).toBe(cli.account.key.split('_')[1]);
  expect((await openPage(cli.api).session('POST', { link })).status).toBe(401);
});

test('11.1: a key that is not valid opens nothing', async () => {
  const outcome = await cli.run(['console', '--no-browser'], { environment: { VARVE_API_KEY: 'vk_wrong' } });
  expect(outcome).toMatchObject({ code: 7, stdout: '', stderr: expect.stringContaining('API key') });
});

test('the browser is given a file of this user alone, and the link stands in no argument', async () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, 'bin'));
  const opener = join(folder.path, 'bin/opener');
  const seen = join(folder.path, 'seen');
  writeFileSync(
    opener,
    `#!/bin/sh\nfile=\${1#file://}\necho "$1" > ${seen}\nstat -c %a "$file" "$(dirname "$file")" >> ${seen}\ncat "$file" >> ${seen}\n`,
  );
  chmodSync(opener, 0o700);
  const url = 'http://127.0.0.1:4100/#link=vl_secret';
  const { signal } = new AbortController();
  expect(await openBrowser({ url, opener, signal, readMs: 0 })).toBe(true);
  const [argument, fileMode, folderMode, ...text] = readFileSync(seen, 'utf8').split('\n');
  expect(argument).not.toContain('vl_secret');
  expect([fileMode, folderMode]).toEqual(['600', '700']);
  expect(text.join('\n')).toContain(`content="0;url=${url}"`);
  expect(() => readFileSync(new URL(argument ?? ''))).toThrow(/ENOENT/);
});

test('where there is no such program, that is told', async () => {
  const { signal } = new AbortController();
  const url = 'http://127.0.0.1:4100/#link=vl_secret';
  expect(await openBrowser({ url, opener: '/nowhere/opener', signal, readMs: 0 })).toBe(false);
  expect(browserOpener('linux')).toBe('xdg-open');
  expect(browserOpener('sunos')).toBeUndefined();
});
