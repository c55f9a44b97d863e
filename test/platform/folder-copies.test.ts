import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { pathOf } from '../../src/platform/objects/folder/layout.ts';
import { createGrantUrls } from '../../src/platform/objects/folder/url.ts';
import { type FolderObjects, openFolderObjects } from '../../src/platform/objects/folder.ts';

const urls = createGrantUrls('http://localhost/objects', Buffer.alloc(32));
const BYTES = Buffer.alloc(5000, 'x');

let path: string;
let here: FolderObjects;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'varve-copies-'));
  here = await openFolderObjects({ path: join(path, 'here'), urls, clock: systemClock });
  await here.put('objects/d/one', BYTES);
});
afterEach(() => rm(path, { recursive: true }));

const openThere = (syncCopy: () => Promise<void>) =>
  openFolderObjects({ path: join(path, 'there'), urls, clock: systemClock, syncCopy });

test('I5 a copy between folders gets its name only once it is synced', async () => {
  const { promise: gate, resolve: letGo } = Promise.withResolvers<void>();
  const there = await openThere(() => gate);
  await there.copyFrom(here, 'objects/d/one', 'objects/e/one');
  expect(await there.get('objects/e/one')).toEqual(BYTES);
  const persisted = there.persist(['objects/e/one']);
  const place = pathOf(join(path, 'there', 'objects'), 'objects/e/one');
  await new Promise((resolve) => setTimeout(resolve, 50));
  await expect(readFile(place)).rejects.toThrow('ENOENT');
  letGo();
  await persisted;
  expect(await readFile(place)).toEqual(BYTES);
});

test('I5 a copy whose sync fails is no object, and whoever names it hears of it', async () => {
  const there = await openThere(() => Promise.reject(new Error('the medium is gone')));
  await there.copyFrom(here, 'objects/d/one', 'objects/e/one');
  await expect(there.persist(['objects/e/one'])).rejects.toThrow('the medium is gone');
  expect(await there.head('objects/e/one')).toBeUndefined();
});

test('7.1 a copy between folders whose source was cut short is refused', async () => {
  const there = await openFolderObjects({ path: join(path, 'there'), urls, clock: systemClock });
  await truncate(pathOf(join(path, 'here', 'objects'), 'objects/d/one'), 100);
  const copied = there.copyFrom(here, 'objects/d/one', 'objects/e/one');
  await expect(copied).rejects.toMatchObject({ code: 'ObjectDamaged' });
  expect(await there.head('objects/e/one')).toBeUndefined();
});
