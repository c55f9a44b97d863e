import { appendFile, mkdtemp, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LastVersions } from '../../src/attach/journal/last-versions.ts';
import { readVersionNote, VersionNote } from '../../src/attach/journal/version-note.ts';
import { strangenessOf } from '../../src/attach/open/known-version.ts';

describe('9.6: what the disk shows after a kill', () => {
  const known = { made: { version: 7, root: 'seven' }, expected: { version: 8, root: 'eight' } };

  it.each([
    { disk: 'as it was', version: 7, root: 'seven', isAlone: true, says: undefined },
    { disk: 'after the commit that was under way', version: 8, root: 'eight', isAlone: true, says: undefined },
    { disk: 'changed by others', version: 8, root: 'else', isAlone: false, says: undefined },
    { disk: 'changed twice by others', version: 9, root: 'else', isAlone: false, says: undefined },
    { disk: 'older', version: 6, root: 'six', isAlone: false, says: 'saw version 7' },
    { disk: 'with other contents', version: 7, root: 'six', isAlone: false, says: 'with root seven' },
    { disk: 'after another commit than its own', version: 8, root: 'seven', isAlone: true, says: 'with root eight' },
  ])('$disk: $says', ({ version, root, isAlone, says }) => {
    const why = strangenessOf(known, { version, root, isAlone });
    if (says === undefined) expect(why).toBeUndefined();
    else expect(why).toContain(says);
  });
});

describe('the versions that are kept after an orderly end', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'varve-kept-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are those of the disks that were attached last', async () => {
    const kept = new LastVersions(join(folder, 'bounded'), 2);
    for (const [at, diskId] of ['d-1', 'd-2', 'd-3', 'd-2'].entries()) {
      await kept.keep(diskId, { version: at, root: 'empty' });
      await utimes(kept.pathOf(diskId), at, at);
    }
    await kept.keep('d-4', { version: 4, root: 'empty' });
    const versions = ['d-1', 'd-2', 'd-3', 'd-4'].map(async (id) => (await kept.read(id))?.version);
    expect(await Promise.all(versions)).toEqual([undefined, 3, undefined, 4]);
  });

  it('count as none if they are damaged', async () => {
    const kept = new LastVersions(folder);
    await kept.keep('d-1', { version: 1, root: 'empty' });
    expect(await kept.read('d-1')).toEqual({ version: 1, root: 'empty' });
    await truncate(kept.pathOf('d-1'), 9);
    expect(await kept.read('d-1')).toBeUndefined();
  });
});

describe('the note of a version', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'varve-note-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is what was written last, and takes the same room', async () => {
    const note = new VersionNote(folder);
    note.write({
      made: { version: 123_456, root: 'a'.repeat(64) },
      expected: { version: 123_457, root: 'b'.repeat(64) },
    });
    note.write({ made: { version: 8, root: 'empty' } });
    await note.sync();
    expect(await readVersionNote(folder)).toEqual({ made: { version: 8, root: 'empty' } });
    expect((await stat(join(folder, 'version.json'))).size).toBe(512);
  });

  it.each([
    { damage: 'cut', change: (path: string) => truncate(path, 9) },
    { damage: 'longer', change: (path: string) => appendFile(path, '}') },
    { damage: 'of another kind', change: (path: string) => writeFile(path, '{"made":{"version":"8","root":"x"}}') },
    { damage: 'away', change: (path: string) => rm(path) },
  ])('counts as none if it is $damage', async ({ change }) => {
    new VersionNote(folder).write({ made: { version: 8, root: 'empty' } });
    await change(join(folder, 'version.json'));
    expect(await readVersionNote(folder)).toBeUndefined();
  });
});
