import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { lockFolder } from '../../src/local/folder/lock.ts';
import { freePort } from '../../src/local/ports.ts';
import { eventually, killNow, temporaryFolder } from '../local/running.ts';
import { cliBuilt, LAUNCHER } from '../support/launcher.ts';
import { copyProject } from '../support/project-copy.ts';

const OF_THE_PROJECT = ['functions', 'schema', 'src', 'package.json', 'serverless.yml', 'tsconfig.json'];

beforeAll(cliBuilt);

/** As a developer starts it, with a debugger: its processes end with the scope. */
async function startOffline(project: string, words: readonly string[]) {
  const port = await freePort();
  const serverless = join(project, 'node_modules/serverless/bin/serverless.js');
  const args = ['--inspect=127.0.0.1:0', serverless, ...words, '--noSponsor', '--httpPort', `${port}`];
  const env = { ...process.env, AWS_PROFILE: 'none-of-ours', VARVE_KMS: 'none of ours' };
  const child = spawn(process.execPath, args, { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const ended = once(child, 'exit');
  return {
    said: () => said,
    endpoint: `http://127.0.0.1:${port}/graphql`,
    ready: () =>
      eventually(() => {
        if (child.exitCode !== null) throw new Error(`ended: ${said}`);
        return existsSync(join(project, '.offline/endpoint.json'));
      }),
    end: async () => {
      child.kill('SIGINT');
      await ended;
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) killNow(child.pid ?? 0);
      await ended;
    },
  };
}

async function ask(endpoint: string, apiKey: string, query: string): Promise<string> {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const answer = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return answer.text();
}

function replaceIn(file: string, before: string, after: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(before);
  writeFileSync(file, text.replace(before, after));
}

describe('the emulated cloud of developers', { timeout: 300_000 }, () => {
  it.each([[['offline', 'start']], [['offline']]])('%j answers a change of a source, and ends', async (words) => {
    using folder = temporaryFolder();
    copyProject(folder.path, OF_THE_PROJECT);
    await using offline = await startOffline(folder.path, words);
    await offline.ready();
    await eventually(() => offline.said().includes('VARVE_API_KEY='));
    expect(offline.said()).toContain('no place for data');
    expect(offline.said()).toContain('Debugger listening on');
    const [, apiKey = ''] = /VARVE_API_KEY=(\S+)/.exec(offline.said()) ?? [];

    // The CLI gets there by what was printed, and the function of the operator by its secret.
    const env = { ...process.env, VARVE_ENDPOINT: offline.endpoint, VARVE_API_KEY: apiKey };
    const varve = (...line: string[]) =>
      execFileSync(process.execPath, [LAUNCHER, ...line, '--json'], { env, encoding: 'utf8' });
    varve('disk', 'create', 'first', '--size', '1GiB');
    expect(varve('disk', 'list')).toContain('"first"');
    expect(varve('account', 'create', 'team-b', '--data', join(folder.path, '.offline'))).toContain('"apiKey"');

    const source = join(folder.path, 'src/platform/errors.ts');
    const query = '{ disk(id: "d-00000000000000000000000000") { id } }';
    const asked = () => ask(offline.endpoint, apiKey, query);
    const before = await asked();
    expect(before).toContain('does not exist');
    replaceIn(source, 'does not exist', 'was changed just now');
    await eventually(async () => (await asked()).includes('was changed just now'));
    expect(offline.said()).toContain('The functions are built again.');

    // What does not compile is told, and changes nothing.
    writeFileSync(source, `${readFileSync(source, 'utf8')}\nthis is no TypeScript`);
    await eventually(() => offline.said().includes('The last build stays.'));
    expect(offline.said()).toContain('src/platform/errors.ts:');
    expect(await asked()).toContain('was changed just now');

    await offline.end();
    expect(existsSync(join(folder.path, '.offline/endpoint.json'))).toBe(false);
    await eventually(() => !isLocked(join(folder.path, '.offline')));
  });

  it('refuses a data folder of varve server and a folder in use in one sentence', async () => {
    using folder = temporaryFolder();
    copyProject(folder.path, OF_THE_PROJECT);
    const run = async () => {
      await using offline = await startOffline(folder.path, ['offline']);
      await offline.ready().catch(() => undefined);
      return offline.said();
    };
    mkdirSync(join(folder.path, '.offline'));
    const lock = lockFolder(join(folder.path, '.offline'));
    expect(await run()).toContain('is in use by another running Varve');
    lock.release();
    writeFileSync(join(folder.path, '.offline/varve.json'), '{"format":2,"complete":true}');
    expect(await run()).toContain('is a data folder of varve server');
  });
});

function isLocked(folder: string): boolean {
  try {
    lockFolder(folder).release();
    return false;
  } catch {
    return true;
  }
}
