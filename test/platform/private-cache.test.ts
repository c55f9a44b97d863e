import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cacheFolder, placeOnce } from '../../src/platform/program/embedded/private-cache.ts';

const BYTES = Buffer.from('an addon');
const modeOf = (path: string) => statSync(path).mode & 0o777;

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'varve-cache-'));
  folder = join(home, 'deep', 'varve');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it('the file is its owner’s alone, has its hash in its name, and is written once', () => {
  const path = placeOnce(folder, 'koffi.node', BYTES);
  expect(path).toMatch(/\/[0-9a-f]{32}-koffi\.node$/);
  expect([modeOf(folder), modeOf(path)]).toEqual([0o700, 0o600]);
  const { mtimeMs, ino } = statSync(path);
  expect(placeOnce(folder, 'koffi.node', BYTES)).toBe(path);
  expect(statSync(path)).toMatchObject({ mtimeMs, ino });
  expect(placeOnce(folder, 'koffi.node', Buffer.from('another'))).not.toBe(path);
});

it('a file with other bytes under that name is not used', () => {
  const path = placeOnce(folder, 'koffi.node', BYTES);
  writeFileSync(path, 'not what it was');
  expect(readFileSync(placeOnce(folder, 'koffi.node', BYTES))).toEqual(BYTES);
  rmSync(path);
  symlinkSync('/bin/true', path);
  expect(placeOnce(folder, 'koffi.node', BYTES)).toBe(path);
  expect(readFileSync(path)).toEqual(BYTES);
  expect(readdirSync(folder)).toHaveLength(1);
});

it('a folder that others may enter is closed; what is no folder of this user’s is refused', () => {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o777);
  placeOnce(folder, 'koffi.node', BYTES);
  expect(modeOf(folder)).toBe(0o700);
  const link = join(home, 'link');
  symlinkSync(folder, link);
  expect(() => placeOnce(link, 'koffi.node', BYTES)).toThrow('is not a folder of this user');
});

it('is in XDG_CACHE_HOME, or in ~/.cache', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/x' })).toBe('/x/varve');
  expect(cacheFolder({ XDG_CACHE_HOME: 'relative' })).toBe(join(homedir(), '.cache/varve'));
  expect(cacheFolder({})).toBe(join(homedir(), '.cache/varve'));
});
