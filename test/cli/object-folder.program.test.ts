import { execFile } from 'node:child_process';
import { chownSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/local/ports.ts';
import { randomFile } from '../local/keep/installation.ts';
import { startVarve, temporaryFolder } from '../local/running.ts';
import { cliBuilt, LAUNCHER } from '../support/launcher.ts';

beforeAll(cliBuilt);

const MIB = 1024 * 1024;
const BLOCKS = 12;
const CLIENTS = /^x[0-9a-f]{16}-[0-9a-f]{64}-/;
const isRoot = process.geteuid?.() === 0;

async function varve(data: string, ...words: readonly string[]) {
  const args = [LAUNCHER, ...words, '--json', '--quiet', '--data', data];
  return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout);
}

/** Imports an image and exports it again; the names that came into `incoming` meanwhile. */
async function thereAndBack(data: string, folder: string): Promise<Set<string>> {
  const image = randomFile(folder, 'image', (BLOCKS * MIB) / 2);
  const seen = new Set<string>();
  const watcher = watch(join(data, 'incoming'), (_, name) => seen.add(String(name)));
  const { diskId } = await varve(data, 'disk', 'import', image, '--name', 'image');
  watcher.close();
  const copy = join(folder, 'copy');
  await varve(data, 'disk', 'export', diskId, copy);
  expect(readFileSync(copy).equals(readFileSync(image))).toBe(true);
  return seen;
}

const staged = (names: ReadonlySet<string>) => [...names].filter((name) => CLIENTS.test(name)).length;

describe("a command of the folder's owner", () => {
  it.each([
    ['a port', async () => ['--port', `${await freePort()}`]],
    ['a socket', async () => ['--socket']],
  ])('reads and stages objects in the folder itself, of a server at %s', async (_, where) => {
    using folder = temporaryFolder();
    const data = join(folder.path, 'data');
    await using running = startVarve(['--data', data, ...(await where())]);
    await running.ready();
    expect(await varve(data, 'status')).toMatchObject({ objectFolder: data });
    expect(staged(await thereAndBack(data, folder.path))).toBe(BLOCKS);
    expect(readdirSync(join(data, 'incoming'))).toEqual([]);
  });

  it('does not where the server knows another form of it', async () => {
    using folder = temporaryFolder();
    const data = join(folder.path, 'data');
    await using running = startVarve(['--data', data, '--port', `${await freePort()}`]);
    await running.ready();
    const file = join(data, 'endpoint.json');
    const endpoint = JSON.parse(readFileSync(file, 'utf8'));
    expect(endpoint.staging).toBe(1);
    writeFileSync(file, JSON.stringify({ ...endpoint, staging: 2 }));
    expect(await varve(data, 'status')).toMatchObject({ objectFolder: null });
    expect(staged(await thereAndBack(data, folder.path))).toBe(0);
  });
});

it.runIf(isRoot)("a command of another user goes by URLs, also root's", async () => {
  using folder = temporaryFolder();
  const data = join(folder.path, 'data');
  mkdirSync(data, { mode: 0o700 });
  await using running = startVarve(['--data', data, '--port', `${await freePort()}`]);
  await running.ready();
  chownSync(data, 12_345, 12_345);
  expect(await varve(data, 'status')).toMatchObject({ objectFolder: null });
  expect(staged(await thereAndBack(data, folder.path))).toBe(0);
});
