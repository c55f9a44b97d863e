import { hash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/platform/clock.ts';
import { createCopyThreads } from '../../src/platform/objects/folder/copy-threads.ts';
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

test('7.1 a copy between folders may be longer than a block', async () => {
  const there = await openFolderObjects({ path: join(path, 'there'), urls, clock: systemClock });
  const bytes = randomBytes(1_500_000);
  await here.put('objects/d/long', bytes);
  const copied = await there.copyFrom(here, 'objects/d/long', 'objects/e/long');
  expect(copied).toEqual({ sizeBytes: bytes.length, sha256: hash('sha256', bytes, 'hex') });
  expect(await there.get('objects/e/long')).toEqual(bytes);
});

test('7.1 many copies at once are all whole, those of nothing are none', async () => {
  const there = await openFolderObjects({ path: join(path, 'there'), urls, clock: systemClock });
  const contents = Array.from({ length: 60 }, (_, at) => randomBytes(1000 * (at + 1)));
  await Promise.all(contents.map((bytes, at) => here.put(`objects/d/${at}`, bytes)));
  const copied = await Promise.all(
    Array.from({ length: 80 }, (_, at) => there.copyFrom(here, `objects/d/${at}`, `objects/e/${at}`)),
  );
  expect(copied.map((head) => head?.sha256)).toEqual([
    ...contents.map((bytes) => hash('sha256', bytes, 'hex')),
    ...Array.from({ length: 20 }, () => undefined),
  ]);
  await there.persist(contents.map((_, at) => `objects/e/${at}`));
  for (const [at, bytes] of contents.entries()) expect(await there.get(`objects/e/${at}`)).toEqual(bytes);
  expect(await readdir(join(path, 'there', 'incoming'))).toEqual([]);
});

test('7.1 a copy that cannot be written fails, leaves nothing, and the next one goes on', async () => {
  const there = await openFolderObjects({ path: join(path, 'there'), urls, clock: systemClock });
  const incoming = join(path, 'there', 'incoming');
  await rm(incoming, { recursive: true });
  await expect(there.copyFrom(here, 'objects/d/one', 'objects/e/one')).rejects.toMatchObject({ code: 'ENOENT' });
  await mkdir(incoming);
  expect(await there.head('objects/e/one')).toBeUndefined();
  await there.copyFrom(here, 'objects/d/one', 'objects/e/one');
  expect(await there.get('objects/e/one')).toEqual(BYTES);
});

test('a thread that copies ends when it has been idle, and a new one begins', async () => {
  const copy = createCopyThreads({ idleMs: 1 });
  const from = pathOf(join(path, 'here', 'objects'), 'objects/d/one');
  const name = { before: join(path, 'copied-'), after: '-one' };
  for (const part of ['first', 'second']) {
    const copied = await copy({ from, part: join(path, part), name, expected: undefined });
    expect(copied).toMatchObject({ outcome: 'COPIED', sizeBytes: BYTES.length });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
});
