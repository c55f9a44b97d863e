import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { pathOf } from '../../src/platform/objects/folder/layout.ts';
import { createGrantUrls } from '../../src/platform/objects/folder/url.ts';
import { openFolderObjects, REMOVED } from '../../src/platform/objects/folder.ts';

let path: string;
const KEY = 'objects/domain/abcdef';
const open = () =>
  openFolderObjects({ path, clock: systemClock, urls: createGrantUrls('http://h', new Uint8Array(32)) });
const held = () => pathOf(join(path, REMOVED), KEY);

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'varve-removed-'));
});
afterEach(() => rm(path, { recursive: true }));

it('what is removed while somebody copies is gone to everybody else, and its file stays until the end', async () => {
  const objects = await open();
  await objects.put(KEY, Buffer.from('contents'));
  const [first, second] = [objects.holdRemoved(), objects.holdRemoved()];
  await objects.remove([KEY, 'objects/domain/nothing']);
  expect(await objects.get(KEY)).toBeUndefined();
  expect(await objects.head(KEY)).toBeUndefined();
  expect((await objects.list('', { limit: 10 })).keys).toEqual([]);
  await first();
  expect(existsSync(held())).toBe(true);
  await objects.put(KEY, Buffer.from('again'));
  await second();
  expect(existsSync(join(path, REMOVED))).toBe(false);
  expect(String(await objects.get(KEY))).toBe('again');
});

it('a process that was killed holds nothing', async () => {
  const objects = await open();
  await objects.put(KEY, Buffer.from('contents'));
  objects.holdRemoved();
  await objects.remove([KEY]);
  expect(existsSync(held())).toBe(true);
  await open();
  expect(existsSync(join(path, REMOVED))).toBe(false);
});
