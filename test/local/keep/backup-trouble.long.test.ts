import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPart } from '../../../src/local/keep/put-files.ts';
import { filesBelow } from '../../support/files-below.ts';
import { cliBuilt } from '../../support/launcher.ts';
import { describeWith, leaveOut, tell } from '../../support/programs.ts';
import { eventually, type Running } from '../running.ts';
import {
  ended,
  expectContents,
  manyBlocks,
  randomFile,
  refusal,
  started,
  startedSlowly,
  startSlowly,
  tryStart,
  tryVarve,
  varve,
} from './installation.ts';

/** Whole installations, one after the other. */
const TIMEOUT = { timeout: 400_000 };
const MIB = 1024 * 1024;
const BLOCKS = 300;
/** So many files of a copy are there when something happens to it. */
const SOME = 40;

let folder: string;
let data: string;
let first: string;
let second: string;
/** Of the first disk alone. */
let early: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  await cliBuilt();
  folder = mkdtempSync(join(tmpdir(), 'varve-trouble-'));
  data = at('data');
  first = randomFile(folder, 'first', MIB);
  second = manyBlocks(folder, 'second', BLOCKS);
  early = at('early');
  await using running = await started(data);
  await varve(data, 'disk', 'import', first, '--name', 'first');
  await varve(data, 'server', 'backup', early);
  await varve(data, 'disk', 'import', second, '--name', 'second');
  await ended(running);
}, TIMEOUT.timeout);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A backup that holds the first disk, and is to get the second one. */
function earlyAt(name: string): string {
  cpSync(early, at(name), { recursive: true });
  return at(name);
}

/** Whole ones: a copy that has not its name yet does not count for the next run. */
const filesIn = (place: string) => {
  const objects = join(place, 'objects');
  return existsSync(objects) ? filesBelow(objects).filter((path) => !isPart(path)).length : 0;
};
const isUnderWay = (place: string, before: number) => eventually(() => filesIn(place) >= before + SOME);

let restored = 0;
async function expectBackup(from: string, ...disks: readonly string[]): Promise<void> {
  const to = at(`restored-${++restored}`);
  await varve(to, 'server', 'restore', from, '--verify');
  await expectData(to, ...disks);
}

async function expectData(to: string, ...disks: readonly string[]): Promise<void> {
  copyFileSync(join(data, 'keys.json'), join(to, 'keys.json'));
  await using running = await started(to);
  const { disks: listed } = await varve(to, 'disk', 'list');
  expect(listed.map(({ name }: { readonly name: string }) => name).sort()).toEqual(disks);
  for (const name of disks) await expectContents(to, ['disk', 'export', name], at(name));
  await ended(running);
  rmSync(to, { recursive: true });
}

async function interrupted(running: Running): Promise<{ readonly code: string; readonly message: string }> {
  process.kill(running.pid, 'SIGINT');
  expect(await running.exit()).toBe(130);
  return JSON.parse(running.stderr()).error;
}

const GOES_ON = expect.stringContaining('Running the same command again goes on from here.');

describe('while a backup is made', TIMEOUT, () => {
  it('another one is refused, to the same folder and elsewhere, and the first one ends well', async () => {
    await using running = await startedSlowly(data);
    const to = earlyAt('alone');
    const backup = tryVarve(data, ['server', 'backup', to]);
    await isUnderWay(to, filesIn(early));
    const sentence = `Another backup (to ${to}) is under way: run it again when that has ended.`;
    expect((await refusal(data, 'server', 'backup', to)).message).toBe(sentence);
    expect((await refusal(data, 'server', 'backup', at('elsewhere'))).message).toBe(sentence);
    expect(existsSync(at('elsewhere'))).toBe(false);
    expect(await backup).toMatchObject({ code: 0, stderr: '' });
    await varve(data, 'server', 'backup', at('elsewhere'));
    await ended(running);
    await expectBackup(to, 'first', 'second');
    await expectBackup(at('elsewhere'), 'first', 'second');
  });

  it('the folder of it is refused to another installation', async () => {
    const other = at('other');
    await ended(await started(other));
    const to = earlyAt('shared');
    await using backup = startSlowly(data, 'server', 'backup', to);
    await isUnderWay(to, filesIn(early));
    const { message } = await refusal(other, 'server', 'backup', to);
    expect(message).toBe(`Another backup to ${to} is under way: run it again when it has ended.`);
    const busy = await refusal(data, 'server', 'backup', at('elsewhere-2'));
    expect(busy.message).toBe(`The data folder ${data} is in use by another running Varve.`);
    expect(await backup.exit()).toBe(0);
    const later = await refusal(other, 'server', 'backup', to);
    expect(later.message).toContain(`${to} holds the backup of another installation`);
    await expectBackup(to, 'first', 'second');
  });
});

describe('the server is killed while it makes a backup', TIMEOUT, () => {
  it('and the one before it is whole all the time; the next run goes on', async () => {
    const to = earlyAt('killed');
    await using running = await startedSlowly(data);
    const backup = tryVarve(data, ['server', 'backup', to]);
    await isUnderWay(to, filesIn(early));
    cpSync(to, at('meanwhile'), { recursive: true });
    await ended(running, 'SIGKILL');
    await expectBackup(at('meanwhile'), 'first');
    const { code, stderr } = await backup;
    expect([code, JSON.parse(stderr).error.message]).toEqual([6, expect.stringContaining('run the backup again')]);
    await expectBackup(to, 'first');
    await using again = await started(data);
    const report = await varve(data, 'server', 'backup', to);
    expect(report.there).toBeGreaterThanOrEqual(filesIn(early) + SOME);
    expect(existsSync(join(data, 'removed'))).toBe(false);
    await ended(again);
    await expectBackup(to, 'first', 'second');
  });
});

describe('Ctrl-C', TIMEOUT, () => {
  it('ends a backup that the server makes, and the next run goes on at once', async () => {
    const to = earlyAt('stopped-online');
    await using running = await startedSlowly(data);
    await using backup = startSlowly(data, 'server', 'backup', to);
    await isUnderWay(to, filesIn(early));
    expect(await interrupted(backup)).toMatchObject({ code: 'Interrupted', message: GOES_ON });
    const there = filesIn(to);
    expect(there).toBeLessThan(BLOCKS);
    expect((await varve(data, 'server', 'backup', to)).there).toBeGreaterThan(filesIn(early));
    await ended(running);
    await expectBackup(to, 'first', 'second');
  });

  it('ends a backup of a stopped server', async () => {
    const to = earlyAt('stopped');
    await using backup = startSlowly(data, 'server', 'backup', to);
    await isUnderWay(to, filesIn(early));
    expect(await interrupted(backup)).toMatchObject({ code: 'Interrupted', message: GOES_ON });
    await expectBackup(to, 'first');
    await varve(data, 'server', 'backup', to);
    await expectBackup(to, 'first', 'second');
  });

  it('ends a restore, and so does a kill: the folder is refused until the next run has ended', async () => {
    const from = earlyAt('source');
    await varve(data, 'server', 'backup', from);
    const to = at('by-parts');
    for (const end of ['SIGINT', 'SIGKILL'] as const) {
      await using restore = startSlowly(to, 'server', 'restore', from);
      await isUnderWay(to, filesIn(to));
      if (end === 'SIGINT') expect(await interrupted(restore)).toMatchObject({ message: GOES_ON });
      else await ended(restore, end);
      expect((await tryStart(to)).stderr).toContain('was interrupted');
    }
    expect((await varve(to, 'server', 'restore', from)).there).toBeGreaterThanOrEqual(2 * SOME);
    await expectData(to, 'first', 'second');
  });
});

describeWith(['mount'], 'a disk that is full', () => {
  if (process.getuid?.() !== 0) return leaveOut('ends a backup, and a restore', 'this user may not mount here');

  const onSmallDisk = async (mebibytes: number, work: (small: string) => Promise<void>) => {
    const small = mkdtempSync(join(tmpdir(), 'varve-small-'));
    await tell('mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=700`, 'varve-test', small);
    try {
      await work(small);
    } finally {
      await tell('umount', small);
      rmSync(small, { recursive: true });
    }
  };
  const grow = (small: string, mebibytes: number) =>
    tell('mount', '-o', `remount,size=${mebibytes}m`, 'varve-test', small);

  it.each([
    ['runs', true],
    ['is stopped', false],
  ])('ends a backup in one sentence while the server %s; the one before it is whole', TIMEOUT, async (_, isRunning) => {
    await onSmallDisk(8, async (small) => {
      const to = join(small, 'backup');
      cpSync(early, to, { recursive: true });
      const large = randomFile(folder, 'large', 12 * MIB);
      const own = at(`own-${isRunning}`);
      cpSync(data, own, { recursive: true });
      await using running = await started(own);
      await varve(own, 'disk', 'import', large, '--name', 'large');
      if (!isRunning) await ended(running);
      const before = readFileSync(join(to, 'varve-backup.json'), 'utf8');
      const { code, message } = await refusal(own, 'server', 'backup', to);
      expect([code, message]).toEqual([
        'ServerFailed',
        `The backup to ${to} could not go on (the disk is full). Run it again: what is there already counts.`,
      ]);
      expect(readFileSync(join(to, 'varve-backup.json'), 'utf8')).toBe(before);
      if (isRunning) await varve(own, 'disk', 'create', 'goes-on', '--size', '1MiB');
      await expectBackup(to, 'first');

      await grow(small, 64);
      const report = await varve(own, 'server', 'backup', to);
      expect(report.there).toBeGreaterThan(filesIn(early));
      if (isRunning) await varve(own, 'disk', 'delete', 'goes-on');
      if (isRunning) await varve(own, 'server', 'backup', to);
      if (isRunning) await ended(running);
      await expectBackup(to, 'first', 'large', 'second');
      rmSync(own, { recursive: true });
    });
  });

  it('leaves no room for the catalogue: nothing is begun', TIMEOUT, async () => {
    await onSmallDisk(1, async (small) => {
      const to = join(small, 'backup');
      mkdirSync(to);
      await tell('sh', '-c', `dd if=/dev/zero of=${small}/filler bs=4k 2>/dev/null || true`);
      const { message } = await refusal(data, 'server', 'backup', to);
      expect(message).toMatch(/^The disk of .* is full: 0 MiB are free, and the catalogue alone needs \d+ MiB\.$/);
      expect(filesBelow(to).filter((path) => path.includes('catalogue'))).toEqual([]);
    });
  });

  it('ends a restore in one sentence, and the next run goes on', TIMEOUT, async () => {
    await onSmallDisk(80, async (small) => {
      const to = join(small, 'restored');
      await varve(data, 'server', 'backup', at('to-small'));
      await using restore = startSlowly(to, 'server', 'restore', at('to-small'));
      await isUnderWay(to, 0);
      await tell('sh', '-c', `dd if=/dev/zero of=${small}/filler bs=4k 2>/dev/null || true`);
      expect(await restore.exit()).toBe(1);
      expect(JSON.parse(restore.stderr()).error.message).toBe(
        `Restoring into ${to} could not go on (the disk is full). Run it again to go on.`,
      );
      expect((await tryStart(to)).stderr).toContain('was interrupted');
      rmSync(join(small, 'filler'));
      expect((await varve(to, 'server', 'restore', at('to-small'))).there).toBeGreaterThan(0);
      await expectData(to, 'first', 'second');
    });
  });
});
