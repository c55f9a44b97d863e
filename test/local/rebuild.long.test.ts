import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import { freePort } from '../../src/local/ports.ts';
import { cliBuilt, LAUNCHER } from '../support/launcher.ts';
import { startVarve, temporaryFolder } from './running.ts';

// biome-ignore lint/suspicious/noExplicitAny: the command's JSON, of which each call looks at a part
type Told = any;

function varve(dataDir: string, ...words: readonly string[]): Told {
  const args = [LAUNCHER, ...words, '--json', '--quiet', '--data', dataDir];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

function refused(dataDir: string, ...words: readonly string[]): string {
  const args = [LAUNCHER, 'rebuild', ...words, '--data', dataDir];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(status).not.toBe(0);
  return stderr;
}

async function started<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  await using running = startVarve(['--data', dataDir, '--port', `${await freePort()}`]);
  await running.ready();
  const done = await work();
  process.kill(running.pid, 'SIGINT');
  expect(await running.exit()).toBe(0);
  return done;
}

/** Damages the catalogue, begins a rebuild, and kills the command when it is under way. */
async function killedRebuild(data: string): Promise<void> {
  for (;;) {
    const catalogue = join(data, 'catalogue.sqlite');
    writeFileSync(catalogue, readFileSync(catalogue).fill(7, 100, 9000));
    const putAside = () => readdirSync(data).filter((name) => name.includes('.damaged-')).length;
    const before = putAside();
    const child = spawn(process.execPath, [LAUNCHER, 'rebuild', '--from-bucket', '--data', data], { stdio: 'ignore' });
    const closed = once(child, 'close');
    while (child.exitCode === null && putAside() === before) await sleep(1);
    child.kill('SIGKILL');
    await closed;
    if (readFileSync(join(data, 'varve.json'), 'utf8').includes('"rebuilding":true')) return;
    // It was quicker than this process.
  }
}

// for what the killed command had started to notice; far less than a rebuild takes
const ORPHAN_MS = 5000;

/** Runs a rebuild to its end: its losses. Nobody is told meanwhile where the API is. */
async function rebuiltUnseen(data: string): Promise<unknown> {
  for (const begun = performance.now(); ; await sleep(100)) {
    const args = [LAUNCHER, 'rebuild', '--from-bucket', '--json', '--quiet', '--data', data];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const told = Promise.all([text(child.stdout), text(child.stderr)]);
    let hasEnded = false;
    void told.finally(() => {
      hasEnded = true;
    });
    for (; !hasEnded; await sleep(20)) expect(existsSync(join(data, 'endpoint.json'))).toBe(false);
    const [stdout, stderr] = await told;
    if (stdout !== '') return JSON.parse(stdout).losses;
    if (!stderr.includes('in use') || performance.now() - begun > ORPHAN_MS) throw new Error(stderr);
  }
}

beforeAll(cliBuilt);

it('varve rebuild rebuilds the catalogue of a data folder, lost or damaged, with what is encrypted', {
  timeout: 480_000,
}, async () => {
  using folder = temporaryFolder();
  const data = join(folder.path, 'data');
  const image = join(folder.path, 'image');
  writeFileSync(image, randomBytes(3_000_000));
  const ids = await started(data, async () => {
    varve(data, 'service', 'open', '--accept-terms');
    const snapshots = [[], ['--encrypted']].map((options, at) => {
      const { diskId } = varve(data, 'disk', 'import', image, '--name', `disk-${at}`, ...options);
      return varve(data, 'snapshot', 'create', diskId).id as string;
    });
    // A snapshot's manifest is written at once, in the background.
    const manifests = (): string[] =>
      readdirSync(join(data, 'objects'), { recursive: true, encoding: 'utf8' }).filter((path) =>
        path.includes('manifests'),
      );
    while (!snapshots.every((id) => manifests().some((path) => path.includes(id)))) await sleep(200);
    expect(refused(data, '--from-bucket')).toContain('in use by another running Varve');
    return snapshots;
  });
  expect(refused(data)).toContain('--from-bucket');
  expect(refused(join(folder.path, 'nothing'), '--from-bucket')).toContain('nothing to rebuild from');
  expect(refused(data, '--from-bucket')).toContain('has disks already');

  const catalogue = join(data, 'catalogue.sqlite');
  await killedRebuild(data);
  expect(await rebuiltUnseen(data)).toEqual([]);
  expect(readdirSync(data).some((name) => name.startsWith('catalogue.sqlite.damaged-'))).toBe(true);
  for (const end of ['', '-wal']) rmSync(`${catalogue}${end}`, { force: true });
  const keys = readFileSync(join(data, 'keys.json'));
  rmSync(join(data, 'keys.json'));
  expect(refused(data, '--from-bucket')).toContain('keys.json is missing');
  expect(refused(data, '--from-bucket', '--without-keys', '--account', 'nobody')).toContain(
    'has no manifest of account nobody',
  );
  writeFileSync(join(data, 'keys.json'), keys);
  await using early = startVarve(['--data', data, '--port', `${await freePort()}`]);
  expect(await early.exit()).toBe(1); // the catalogue is there, and empty
  expect(early.stderr()).toContain('was interrupted: run "npx varve rebuild --from-bucket');
  expect(varve(data, 'rebuild', '--from-bucket').restored).toBeGreaterThanOrEqual(ids.length);

  await started(data, async () => {
    for (const id of ids) {
      const output = join(folder.path, id);
      varve(data, 'snapshot', 'export', id, output);
      expect(readFileSync(output).equals(readFileSync(image))).toBe(true);
    }
  });
});
