import fs, { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDurably, writeDurably } from '../../src/platform/durable-file.ts';

let folder: string;
let path: string;
/** What was done, in order, by names below the folder. */
let done: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-durable-'));
  path = join(folder, 'file');
  done = [];
  const { fsyncSync, renameSync, linkSync } = fs;
  vi.spyOn(fs, 'fsyncSync').mockImplementation((fd) => {
    done.push(`sync ${basename(fs.readlinkSync(`/proc/self/fd/${fd}`))}`);
    fsyncSync(fd);
  });
  vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    done.push(`name ${basename(to.toString())}`);
    renameSync(from, to);
  });
  vi.spyOn(fs, 'linkSync').mockImplementation((from, to) => {
    done.push(`name ${basename(to.toString())}`);
    linkSync(from, to);
  });
  syncBuiltinESMExports();
});
afterEach(async () => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  await rm(folder, { recursive: true });
});

test.each([
  ['written', writeDurably],
  ['made', createDurably],
])('what is %s is synced, then named, then its folder is synced', async (_, write) => {
  write(path, 'all of it');
  expect(done).toEqual(['sync file.new', 'name file', `sync ${basename(folder)}`]);
  expect(readFileSync(path, 'utf8')).toBe('all of it');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['file']);
});

test('what is written takes the place of what is there', async () => {
  await writeFile(path, 'old');
  writeDurably(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
});

test('what is made leaves alone what is there, and what an earlier try left does no harm', async () => {
  await writeFile(path, 'old');
  await writeFile(`${path}.new`, 'of a process that was killed, and longer');
  expect(() => createDurably(path, 'new')).toThrow(/EEXIST/);
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(existsSync(`${path}.new`)).toBe(false);
});
