import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { freePort } from '../../src/local/ports.ts';
import { cliBuilt, LAUNCHER } from '../support/launcher.ts';
import { eventually, isAlive, killNow, type Running, startNpm, startVarve, temporaryFolder } from './running.ts';

const GONE_WITHIN_MS = 60_000; // a moment, but not on a machine that is busy with other things

beforeAll(cliBuilt);

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

async function start(
  folder: string,
  ...more: readonly string[]
): Promise<{ running: Running; url: string; port: number }> {
  const port = await freePort();
  const running = startVarve(['--data', folder, '--port', `${port}`, ...more]);
  opened.push(running);
  await running.ready();
  return { running, port, url: JSON.parse(readFileSync(join(folder, 'endpoint.json'), 'utf8')).url };
}

function varve(dataDir: string, ...words: readonly string[]): unknown {
  const args = [LAUNCHER, ...words, '--json', '--quiet', '--data', dataDir];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

async function gone(pids: readonly number[]): Promise<void> {
  await eventually(() => !pids.some(isAlive), GONE_WITHIN_MS);
}

async function endsAfter(
  signal: NodeJS.Signals,
  { running, folder }: { readonly running: Running; readonly folder: string },
): Promise<void> {
  expect(running.descendants()).toEqual([]); // one process
  const asked = performance.now();
  process.kill(running.pid, signal);
  expect(await running.exit()).toBe(0);
  expect(performance.now() - asked).toBeLessThan(5_000);
  expect(existsSync(join(folder, 'endpoint.json'))).toBe(false);
}

describe('the single machine', { timeout: 300_000 }, () => {
  it('may be killed and started again during an import, which goes on when it is there again', async () => {
    using folder = temporaryFolder();
    const { running, port } = await start(folder.path);
    const all = [running.pid, ...running.descendants()];
    using files = temporaryFolder();
    const [image, copy] = [join(files.path, 'image'), join(files.path, 'copy')];
    writeFileSync(image, randomBytes(200 * BLOCK_BYTES));
    const words = ['disk', 'import', image, '--name', 'big', '--data', folder.path, '--patience', '2m'];
    const importing = spawn(process.execPath, [LAUNCHER, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
    const [said, code] = [text(importing.stderr), once(importing, 'exit').then(([status]) => status as number)];
    // Uploaded, and not committed yet.
    await eventually(() => readdirSync(join(folder.path, 'incoming')).length > 50);
    for (const pid of all) killNow(pid);
    await gone(all);
    const again = startVarve(['--data', folder.path, '--port', `${port}`]);
    opened.push(again);
    expect([await code, await said]).toEqual([0, expect.any(String)]);
    varve(folder.path, 'disk', 'export', 'big', copy);
    expect(readFileSync(copy).equals(readFileSync(image))).toBe(true);
  });

  it('tells where it is, keeps its secrets to its owner and its folder to itself, and ends after SIGINT', async () => {
    using folder = temporaryFolder();
    const { running, url, port } = await start(folder.path);
    expect(url).toBe(`http://127.0.0.1:${port}/graphql`);
    expect(running.stdout()).toContain(url);
    expect(running.stdout()).toContain(`Console    http://127.0.0.1:${port}/ `);
    for (const secret of ['admin.key', 'keys.json']) {
      expect(statSync(join(folder.path, secret)).mode & 0o777).toBe(0o600);
    }
    const endpoint = JSON.parse(readFileSync(join(folder.path, 'endpoint.json'), 'utf8'));
    expect(endpoint).toEqual({
      url,
      socket: join(folder.path, 'api.sock'),
      functions: `http+unix://${encodeURIComponent(join(folder.path, 'api.sock'))}/operator/`,
      staging: 1,
      pid: running.pid,
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });

    const second = startVarve(['--data', folder.path, '--port', `${await freePort()}`]);
    opened.push(second);
    expect(await second.exit()).toBe(1);
    const [sentence] = second.stderr().split('\n');
    expect(sentence).toBe(`varve: The data folder ${folder.path} is in use by another running Varve.`);
    expect(isAlive(running.pid)).toBe(true);
    await endsAfter('SIGINT', { running, folder: folder.path });
  });

  it('ends after SIGTERM within 5 s', async () => {
    using folder = temporaryFolder();
    const { running } = await start(folder.path);
    await endsAfter('SIGTERM', { running, folder: folder.path });
  });

  it('ends every process when npm is asked to end', async () => {
    using folder = temporaryFolder();
    const npm = startNpm('start', ['--data', folder.path, '--port', `${await freePort()}`]);
    opened.push(npm);
    await npm.ready();
    const all = npm.descendants();
    process.kill(npm.pid, 'SIGTERM');
    await gone([npm.pid, ...all]);
  });

  it('has everything that was committed after all of it was killed', async () => {
    using folder = temporaryFolder();
    const first = await start(folder.path);
    const admin = readFileSync(join(folder.path, 'admin.key'), 'utf8');
    const image = join(folder.path, 'in.img');
    writeFileSync(image, randomBytes(3 * 1024 * 1024 + 512));
    varve(folder.path, 'service', 'open', '--accept-terms');
    const { diskId } = varve(folder.path, 'disk', 'import', image, '--name', 'kept') as { diskId: string };
    varve(folder.path, 'snapshot', 'create', diskId, '--name', 'kept-too');
    const all = [first.running.pid, ...first.running.descendants()];
    for (const pid of all) killNow(pid);
    await gone(all);

    await start(folder.path);
    expect(readFileSync(join(folder.path, 'admin.key'), 'utf8')).toBe(admin);
    for (const [kind, name] of [
      ['disk', 'kept'],
      ['snapshot', 'kept-too'],
    ] as const) {
      const out = join(folder.path, `${kind}.img`);
      varve(folder.path, kind, 'export', name, out);
      expect(readFileSync(out).equals(readFileSync(image))).toBe(true);
    }
  });
});
