import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { chooseDatabase } from '../../src/local/dynamodb.ts';
import { freePort } from '../../src/local/ports.ts';
import { cliBuilt, LAUNCHER } from '../support/launcher.ts';
import {
  commandOf,
  eventually,
  isAlive,
  killNow,
  type Running,
  startMain,
  startNpm,
  temporaryFolder,
} from './running.ts';

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
  const running = startMain(['--data', folder, '--port', `${port}`, ...more]);
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

function child(running: Running, mark: string): number {
  const found = running.descendants().find((pid) => commandOf(pid).includes(mark));
  if (found === undefined) throw new Error(`no child ${mark}`);
  return found;
}

async function endsAfter(
  signal: NodeJS.Signals,
  { running, folder }: { readonly running: Running; readonly folder: string },
): Promise<void> {
  const all = running.descendants();
  expect(all.length).toBeGreaterThanOrEqual(4);
  process.kill(running.pid, signal);
  await gone([running.pid, ...all]);
  expect(await running.exit()).toBe(0);
  expect(existsSync(join(folder, 'endpoint.json'))).toBe(false);
}

describe('the single machine', { timeout: 300_000 }, () => {
  it('may be killed and started again during an import, which goes on with the store’s new address', async () => {
    using folder = temporaryFolder();
    const { running, port } = await start(folder.path);
    const all = [running.pid, ...running.descendants()];
    using files = temporaryFolder();
    const [image, copy] = [join(files.path, 'image'), join(files.path, 'copy')];
    writeFileSync(image, randomBytes(200 * BLOCK_BYTES));
    const words = ['disk', 'import', image, '--name', 'big', '--data', folder.path, '--patience', '2m'];
    const importing = spawn(process.execPath, [LAUNCHER, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
    const [said, code] = [text(importing.stderr), once(importing, 'exit').then(([status]) => status as number)];
    const objects = join(folder.path, 'objects');
    await eventually(() => readdirSync(objects, { recursive: true }).length > 150);
    for (const pid of all) killNow(pid);
    await gone(all);
    const again = startMain(['--data', folder.path, '--port', `${port}`]);
    opened.push(again);
    expect([await code, await said]).toEqual([0, expect.stringContaining('Trying for another')]);
    varve(folder.path, 'disk', 'export', 'big', copy);
    expect(readFileSync(copy).equals(readFileSync(image))).toBe(true);
  });

  it('tells where it is, keeps its secrets to its owner and its folder to itself, and ends every process after SIGINT', async () => {
    using folder = temporaryFolder();
    const { running, url, port } = await start(folder.path);
    expect(url).toBe(`http://127.0.0.1:${port}/graphql`);
    expect(running.stdout()).toContain(url);
    for (const secret of ['admin.key', 'keys.json']) {
      expect(statSync(join(folder.path, secret)).mode & 0o777).toBe(0o600);
    }
    const endpoint = JSON.parse(readFileSync(join(folder.path, 'endpoint.json'), 'utf8'));
    expect(endpoint).toEqual({
      url,
      functions: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/.*\/varve-dev-$/),
      pid: running.pid,
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
    });

    const second = startMain(['--data', folder.path, '--port', `${await freePort()}`]);
    opened.push(second);
    expect(await second.exit()).toBe(1);
    expect(second.stderr().trim()).toBe(`The data folder ${folder.path} is in use by another running Varve.`);
    expect(isAlive(running.pid)).toBe(true);
    await endsAfter('SIGINT', { running, folder: folder.path });
  });

  it('ends every process after SIGTERM', async () => {
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

  it('leaves no child behind when it is killed itself', async () => {
    using folder = temporaryFolder();
    const { running } = await start(folder.path);
    const all = running.descendants();
    process.kill(running.pid, 'SIGKILL');
    await gone([running.pid, ...all]);
  });

  it.runIf(existsSync('/dev/full'))('outlives a log that has no room left (on systems with /dev/full)', () => {
    const lifeline = new URL('../../src/local/lifeline.ts', import.meta.url).href;
    const program = "process.stdout.write('lost'); process.stderr.write('lost'); setTimeout(() => process.exit(7), 50)";
    const full = openSync('/dev/full', 'w');
    const ended = spawnSync(process.execPath, ['--import', lifeline, '-e', program], { stdio: ['ignore', full, full] });
    closeSync(full);
    expect(ended.status).toBe(7);
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

  it.each([
    ['dynamodb', 'dynoxide'],
    ['s3', 's3-main.ts'],
  ])('says that %s ended by itself, and ends the rest', async (name, mark) => {
    using folder = temporaryFolder();
    const { running } = await start(folder.path);
    const all = running.descendants();
    process.kill(child(running, mark), 'SIGKILL');
    expect(await running.exit()).toBe(1);
    expect(running.stderr()).toContain(`${name} ended by itself (signal SIGKILL)`);
    await gone(all);
  });

  it('runs on DynamoDB Local as well, or says what that lacks here', async () => {
    const option = ['--database', 'dynamodb-local'];
    try {
      chooseDatabase('dynamodb-local');
    } catch (error) {
      expect((error as Error).message).toContain('The database needs Java 17 or newer');
      return;
    }
    using folder = temporaryFolder();
    const { running } = await start(folder.path, ...option);
    expect(running.stdout()).toContain('listens on all network interfaces');
    varve(folder.path, 'disk', 'create', 'kept', '--size', '1G');
    process.kill(running.pid, 'SIGKILL');
    await running.exit();
    await start(folder.path); // the folder knows its engine
    const { disks } = varve(folder.path, 'disk', 'list') as { disks: { name: string }[] };
    expect(disks.map(({ name }) => name)).toEqual(['kept']);
  });
});
