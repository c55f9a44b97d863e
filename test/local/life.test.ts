import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { freePort } from '../../src/local/ports.ts';
import { commandOf, eventually, isAlive, type Running, startMain, temporaryFolder } from './running.ts';

const GONE_WITHIN_MS = 5_000;

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

async function start(folder: string): Promise<{ running: Running; url: string; port: number }> {
  const port = await freePort();
  const running = startMain(['--data', folder, '--port', `${port}`]);
  opened.push(running);
  await running.ready();
  return { running, port, url: JSON.parse(readFileSync(join(folder, 'endpoint.json'), 'utf8')).url };
}

async function gone(pids: readonly number[]): Promise<void> {
  await eventually(() => !pids.some(isAlive), GONE_WITHIN_MS);
}

function child(running: Running, mark: string): number {
  const found = running.descendants().find((pid) => commandOf(pid).includes(mark));
  if (found === undefined) throw new Error(`no child ${mark}`);
  return found;
}

describe('the single machine', { timeout: 120_000 }, () => {
  it('is ready within 10 s, tells where it is, and keeps its secrets to its owner', async () => {
    using folder = temporaryFolder();
    const { running, url, port } = await start(folder.path);
    const seconds = Number(/ready after ([\d.]+) s/.exec(running.stdout())?.[1]);
    expect(seconds).toBeLessThan(10);
    expect(url).toBe(`http://127.0.0.1:${port}/graphql`);
    expect(running.stdout()).toContain(url);
    for (const secret of ['admin.key', 'keys.json']) {
      expect(statSync(join(folder.path, secret)).mode & 0o777).toBe(0o600);
    }
    const endpoint = JSON.parse(readFileSync(join(folder.path, 'endpoint.json'), 'utf8'));
    expect(endpoint).toEqual({ url, pid: running.pid, startedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends every process within seconds after %s', async (signal) => {
    using folder = temporaryFolder();
    const { running } = await start(folder.path);
    const all = running.descendants();
    expect(all.length).toBeGreaterThanOrEqual(4);
    process.kill(running.pid, signal);
    await gone([running.pid, ...all]);
    expect(await running.exit()).toBe(0);
    expect(existsSync(join(folder.path, 'endpoint.json'))).toBe(false);
  });

  it('leaves no child behind when it is killed itself', async () => {
    using folder = temporaryFolder();
    const { running } = await start(folder.path);
    const all = running.descendants();
    process.kill(running.pid, 'SIGKILL');
    await gone([running.pid, ...all]);
  });

  it('refuses a folder that another one runs in, which goes on', async () => {
    using folder = temporaryFolder();
    const { running } = await start(folder.path);
    const second = startMain(['--data', folder.path, '--port', `${await freePort()}`]);
    opened.push(second);
    expect(await second.exit()).toBe(1);
    expect(second.stderr().trim()).toBe(`The data folder ${folder.path} is in use by another running Varve.`);
    expect(isAlive(running.pid)).toBe(true);
  });

  it.each([
    ['dynamodb', 'dynoxide'],
    ['s3', 's3-main.ts'],
    ['queue', 'queue-main.ts'],
    ['api', 'serverless.js'],
  ])('says that %s ended by itself, and ends the rest', async (name, mark) => {
    using folder = temporaryFolder();
    const { running } = await start(folder.path);
    const all = running.descendants();
    process.kill(child(running, mark), 'SIGKILL');
    expect(await running.exit()).toBe(1);
    expect(running.stderr()).toContain(`${name} ended by itself (signal SIGKILL)`);
    await gone(all);
  });
});
