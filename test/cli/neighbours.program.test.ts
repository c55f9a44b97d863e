import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/local/ports.ts';
import { startVarve, temporaryFolder } from '../local/running.ts';
import { cliBuilt, LAUNCHER } from '../support/launcher.ts';

beforeAll(cliBuilt);

const ENVIRONMENT = { ...process.env, VARVE_ENDPOINT: '', VARVE_API_KEY: '', VARVE_PATIENCE: '1s', SUDO_UID: '' };
const isRoot = process.geteuid?.() === 0;

function varve(cwd: string, ...words: string[]) {
  return promisify(execFile)(process.execPath, [LAUNCHER, ...words], { cwd, env: ENVIRONMENT }).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

/** A neighbour's program at a port, and the credentials that it has been given. */
async function startThief(port: number): Promise<{ readonly given: string[]; readonly server: Server }> {
  const given: string[] = [];
  const server = createServer((request, response) => {
    given.push(`${request.url} ${request.headers.authorization}`);
    response.writeHead(503).end('{"errors":[{"message":"busy","extensions":{"code":"Throttled"}}]}');
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { given, server };
}

function end(server: Server): void {
  server.closeAllConnections();
  server.close();
}

describe('a neighbour on the machine', () => {
  it.each([
    ['a folder', ''],
    ['one whose path is too long for a socket', join('f'.repeat(90), 'g'.repeat(90))],
  ])('that takes the port of a killed server gets no key and no block: %s', async (_, below) => {
    using temporary = temporaryFolder();
    const folder = { path: join(temporary.path, below) };
    mkdirSync(folder.path, { recursive: true });
    const port = await freePort();
    const data = join(folder.path, '.varve');
    await using running = startVarve(['--data', data, '--port', `${port}`]);
    await running.ready();
    expect((await varve(folder.path, 'disk', 'list')).code).toBe(0);
    writeFileSync(join(folder.path, 'image'), Buffer.alloc(200 * 1024 * 1024, 'secret '));
    const importing: ChildProcess = spawn(process.execPath, [LAUNCHER, 'disk', 'import', 'image'], {
      cwd: folder.path,
      env: ENVIRONMENT,
      stdio: 'ignore',
    });
    const imported = once(importing, 'exit');
    process.kill(running.pid, 'SIGKILL');
    await running.exit();
    const { given, server } = await startThief(port);
    for (const words of [
      ['disk', 'list'],
      ['account', 'create', 'team-b'],
    ])
      expect((await varve(folder.path, ...words)).code).toBe(6);
    await imported;
    expect(given).toEqual([]);
    end(server);
  });

  it.runIf(isRoot)('that has put a .varve above gets nothing, unless it is named', async () => {
    using folder = temporaryFolder();
    const port = await freePort();
    const { given, server } = await startThief(port);
    const planted = join(folder.path, '.varve');
    const work = join(folder.path, 'work');
    for (const path of [planted, work]) mkdirSync(path);
    writeFileSync(join(planted, 'endpoint.json'), JSON.stringify({ url: `http://127.0.0.1:${port}/graphql`, pid: 1 }));
    writeFileSync(join(planted, 'admin.key'), 'vk_planted_key');
    chownSync(planted, 12_345, 12_345);
    chmodSync(planted, 0o755);
    const refused = await varve(work, 'disk', 'list');
    expect([refused.code, refused.stderr]).toEqual([7, expect.stringContaining('belongs to another user')]);
    expect(given).toEqual([]);
    await varve(work, 'disk', 'list', '--data', planted);
    expect(given).not.toEqual([]);
    end(server);
  });
});
