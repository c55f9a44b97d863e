import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { freePort } from '../../src/local/ports.ts';
import { cliBuilt, LAUNCHER } from '../support/launcher.ts';
import { startVarve, temporaryFolder } from './running.ts';

const DAY_MS = 86_400_000;

type Environment = Readonly<Record<string, string>>;

// biome-ignore lint/suspicious/noExplicitAny: the command's JSON, of which each call looks at a part
type Told = any;

beforeAll(cliBuilt);

it('1.3, 6.2: on one machine the operator makes a second account, which gets an image, falls in arrears and pays', {
  timeout: 300_000,
}, async () => {
  using folder = temporaryFolder();
  const data = join(folder.path, 'data');
  const run = (words: readonly string[], environment: Environment = {}): Told => {
    const args = [LAUNCHER, ...words, '--json', '--quiet', '--data', data];
    const env = { ...process.env, VARVE_ENDPOINT: '', VARVE_API_KEY: '', ...environment };
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
    return status === 0 ? JSON.parse(stdout) : { status, ...JSON.parse(stderr).error };
  };
  const varve = (...words: readonly string[]) => run(words);
  const create = ['account', 'create', 'team-b'] as const;
  const arrears = ['account', 'arrears', 'team-b'] as const;

  expect(varve(...create)).toMatchObject({ status: 6, code: 'Unreachable' });
  let left = '';
  mkdirSync(data);
  chmodSync(data, 0o755);
  {
    await using running = startVarve(['--data', data, '--port', `${await freePort()}`]);
    await running.ready();
    left = readFileSync(join(data, 'endpoint.json'), 'utf8');
    const made = varve(...create, '--name', 'Team B');
    expect(made).toEqual({ accountId: 'team-b', apiKey: expect.stringMatching(/^vk_/) });
    const key = { VARVE_API_KEY: made.apiKey as string };
    const theirs = (...words: readonly string[]) => run(words, key);
    expect(theirs('account', 'show')).toMatchObject({ id: 'team-b', name: 'Team B', status: 'NORMAL' });

    varve('service', 'open', '--accept-terms');
    varve('disk', 'create', 'origin', '--size', '1M');
    varve('snapshot', 'create', 'origin', '--name', 'base');
    varve('image', 'create', 'base', 'golden');
    expect(varve('image', 'share', 'golden', 'team-b').sharedWith).toEqual(['team-b']);
    expect(theirs('image', 'list', '--shared-with-me').images).toMatchObject([{ name: 'golden', owned: false }]);
    expect(theirs('disk', 'list').disks).toEqual([]);

    theirs('service', 'open', '--accept-terms');
    theirs('disk', 'create', 'own', '--size', '1M');
    const since = new Date(Date.now() - 2 * DAY_MS).toISOString();
    expect(varve(...arrears, '--since', since)).toMatchObject({ status: 2, code: 'InvalidParameter' });
    expect(varve(...arrears, '--yes-delete-now')).toMatchObject({ status: 2, code: 'Usage' });
    expect(varve(...arrears, '--since', since, '--yes-delete-now')).toEqual({
      accountId: 'team-b',
      arrearsSince: since,
    });
    expect(theirs('snapshot', 'create', 'own')).toMatchObject({ status: 4, code: 'AccountInArrears' });
    expect(varve(...arrears, '--paid')).toEqual({ accountId: 'team-b', arrearsSince: null });
    expect(theirs('snapshot', 'create', 'own')).toMatchObject({ status: 'ACCOMPLISHED' });

    expect(varve('account', 'arrears', 'nobody')).toMatchObject({ status: 3, code: 'NotFound' });
    expect(varve('account', 'create', 'Team C')).toMatchObject({ status: 2, code: 'InvalidParameter' });
    expect(varve(...arrears, '--since', since, '--paid')).toMatchObject({ status: 2, code: 'Usage' });
    expect(varve(...create, '--endpoint', 'http://127.0.0.1:9')).toMatchObject({ status: 2, code: 'Usage' });

    // A page in a browser, which has found the port.
    const url = `${new URL(JSON.parse(left).url).origin}/operator/account/invocations`;
    const headers = { origin: 'http://evil.example', 'content-type': 'text/plain' };
    for (const method of ['POST', 'OPTIONS']) {
      const body = method === 'POST' ? { body: '{"account":"local"}' } : {};
      const answer = await fetch(url, { method, headers, ...body });
      expect(answer.status).toBe(403);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }

    const open = readdirSync(data).filter((name) => (statSync(join(data, name)).mode & 0o077) !== 0);
    expect([statSync(data).mode & 0o777, open]).toEqual([0o700, []]);
  }
  writeFileSync(join(data, 'endpoint.json'), left); // as a kill leaves it
  expect(varve(...create)).toMatchObject({ status: 6, code: 'Unreachable', message: expect.stringContaining(data) });
});
