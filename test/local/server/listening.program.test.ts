import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands/all.ts';
import { listeningOf } from '../../../src/cli/commands/server-listening.ts';
import { type Parsed, parseCommandLine } from '../../../src/cli/parse.ts';
import { freePort } from '../../../src/local/ports.ts';
import { hostsOf, runtimeDirOf, socketOf } from '../../../src/local/server/listening.ts';
import { addressOf, isHttpUrl, socketOrigin } from '../../../src/platform/http-address.ts';
import { cliBuilt, LAUNCHER } from '../../support/launcher.ts';
import { createPki } from '../../support/nbd-pki.ts';
import { describeWith } from '../../support/programs.ts';
import { eventually, startVarve, temporaryFolder } from '../running.ts';

beforeAll(cliBuilt);

/** An image goes in and out again by what the data folder says of itself. */
async function takesAnImage(data: string, environment: Readonly<Record<string, string>> = {}): Promise<void> {
  const varve = (...words: string[]) =>
    promisify(execFile)(process.execPath, [LAUNCHER, ...words, '--data', data], {
      env: { ...process.env, VARVE_ENDPOINT: '', VARVE_API_KEY: '', ...environment },
    });
  const [image, out] = [join(data, '../image'), join(data, '../out')];
  writeFileSync(image, randomBytes(1_200_000));
  await varve('disk', 'import', image, '--name', 'data');
  await varve('disk', 'export', 'data', out);
  expect(readFileSync(out).equals(readFileSync(image))).toBe(true);
  await varve('account', 'create', 'team-b');
}

describe('a socket', () => {
  it('takes calls of its owner alone, and is taken over from a server that was killed', async () => {
    using folder = temporaryFolder();
    const data = join(folder.path, 'data');
    for (const end of ['SIGKILL', 'SIGTERM'] as const) {
      await using running = startVarve(['--data', data, '--socket']);
      await running.ready();
      expect(statSync(join(data, 'api.sock')).mode & 0o777).toBe(0o600);
      if (end === 'SIGTERM') await takesAnImage(data);
      process.kill(running.pid, end);
      await running.exit();
    }
  });

  it('lies elsewhere if its path would be too long', async () => {
    using folder = temporaryFolder();
    const data = join(folder.path, 'a'.repeat(100));
    await using running = startVarve(['--data', data, '--socket'], 'server', { XDG_RUNTIME_DIR: folder.path });
    await running.ready();
    await takesAnImage(data);
    expect(running.stdout()).toContain(encodeURIComponent(join(folder.path, 'varve')));
  });

  it.each([
    [{ RUNTIME_DIRECTORY: '/run/varve', XDG_RUNTIME_DIR: '/run/user/1' }, '/run/varve'],
    [{ XDG_RUNTIME_DIR: '/run/user/1' }, '/run/user/1'],
    [{}, '/run'],
  ])('of an environment %j is below %s', (environment, folder) => {
    expect(runtimeDirOf(environment)).toBe(folder);
  });

  it('has a path of 103 bytes at most', () => {
    const folder = `/${'a'.repeat(93)}`;
    expect(socketOf(folder, '/run')).toBe(`${folder}/api.sock`);
    expect(socketOf(`${folder}b`, '/run')).toMatch(/^\/run\/varve\/[0-9a-f]{32}\.sock$/);
  });
});

describe('addresses', () => {
  it.each([
    ['http://127.0.0.1:4100/graphql', false, 'http://127.0.0.1:4100', { hostname: '127.0.0.1', port: '4100' }],
    ['https://[::1]:4100/graphql', true, 'https://[::1]:4100', { hostname: '::1', port: '4100' }],
    [
      'http+unix://%2Frun%2Fa%20b.sock/graphql',
      false,
      'http+unix://%2Frun%2Fa%20b.sock',
      { socketPath: '/run/a b.sock' },
    ],
  ])('%s', (url, isSecure, origin, target) => {
    expect(addressOf(`${url}?a=b`)).toEqual({ isSecure, origin, target: { ...target, path: '/graphql?a=b' } });
  });

  it('of a socket lead to it', () => {
    const { target } = addressOf(`${socketOrigin('/run/a%b c.sock')}/graphql`);
    expect(target).toEqual({ socketPath: '/run/a%b c.sock', path: '/graphql' });
  });

  it.each(['ftp://a', 'http+unix:///graphql', 'a', '', 'file:///a'])('%j is none', (text) => {
    expect(isHttpUrl(text)).toBe(false);
  });

  it('of a server are its names with its port, without it at the port of the scheme', () => {
    expect([...hostsOf(['Varve.example', '::1'], 4100)]).toEqual(['varve.example:4100', '[::1]:4100']);
    expect([...hostsOf(['varve.example'], 443)]).toEqual(['varve.example', 'varve.example:443']);
  });
});

describe('options', () => {
  it.each([
    [['--port', '4100', '--socket'], 'Give one of --port, --socket and --listen.'],
    [['--listen', '0.0.0.0:443'], '--listen needs --tls-cert, --tls-key and --host'],
    [['--listen', 'example.com:443'], '--listen needs an IP address and a port'],
    [['--listen', '0.0.0.0'], '--listen needs an IP address and a port'],
    [['--listen', '0.0.0.0:99999'], 'a port is a number from 1 to 65535'],
    [['--tls-cert', 'a'], '--tls-cert goes with --listen.'],
    [['--host', 'a'], '--host goes with --listen.'],
    [['--listen', '[::]:443', '--tls-cert', 'a', '--tls-key', 'b', '--host', 'a/b'], 'neither a name nor an address'],
  ])('%j', (args, sentence) => {
    const parsed = parseCommandLine(COMMANDS, ['server', ...args]);
    expect(() => listeningOf((parsed as Parsed).input)).toThrow(sentence);
  });

  it('a certificate that is not there', async () => {
    using folder = temporaryFolder();
    const tls = ['--tls-cert', '/no/cert', '--tls-key', '/no/key', '--host', 'a'];
    await using running = startVarve(['--data', folder.path, '--listen', '127.0.0.1:9', ...tls]);
    expect(await running.exit()).toBe(1);
    expect(running.stderr()).toBe('varve: /no/cert cannot be read (no such place).\nSee: varve server --help\n');
  });
});

describeWith(['certtool'], 'TLS', () => {
  it('serves other machines by its names, reads its files again at SIGHUP, and keeps good ones', async () => {
    using folder = temporaryFolder();
    const [data, certificate, key] = ['data', 'cert.pem', 'key.pem'].map((name) => join(folder.path, name)) as [
      string,
      string,
      string,
    ];
    const pkis = ['first', 'second'].map((name) => {
      mkdirSync(join(folder.path, name));
      return createPki(join(folder.path, name));
    });
    const use = (at: number) => {
      copyFileSync(pkis[at]?.certFile ?? '', certificate);
      copyFileSync(pkis[at]?.keyFile ?? '', key);
    };
    use(0);
    const port = await freePort();
    const where = ['--listen', `127.0.0.1:${port}`, '--tls-cert', certificate, '--tls-key', key, '--host', 'localhost'];
    await using running = startVarve(['--data', data, ...where]);
    await running.ready();
    expect(running.stdout()).toContain(`https://localhost:${port}/graphql`);
    await takesAnImage(data, { NODE_EXTRA_CA_CERTS: pkis[0]?.caFile ?? '' });
    const shown = await fingerprint(port);

    writeFileSync(certificate, 'broken');
    process.kill(running.pid, 'SIGHUP');
    await eventually(() => readFileSync(join(data, 'logs/varve.log'), 'utf8').includes('those from before stay'));
    expect(await fingerprint(port)).toBe(shown);
    use(1);
    process.kill(running.pid, 'SIGHUP');
    await eventually(async () => (await fingerprint(port)) !== shown);
    expect(await statusFor(port, 'evil.example')).toBe(403);
    expect(await statusFor(port, `localhost:${port}`)).toBe(200);
    process.kill(running.pid, 'SIGTERM');
    expect(await running.exit()).toBe(0);
  });
});

async function fingerprint(port: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await new Promise((resolve, reject) => socket.on('secureConnect', resolve).on('error', reject));
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

function statusFor(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { host };
    const asked = request(
      { port, host: '127.0.0.1', path: '/healthz', headers, rejectUnauthorized: false },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}
