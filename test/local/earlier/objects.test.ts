import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { link } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeObjects } from '../../../src/local/earlier/objects.ts';
import { filesIn, writeObject } from '../../support/earlier-folder.ts';
import { temporaryFolder } from '../running.ts';

async function noLink(): Promise<void> {
  throw Object.assign(new Error('no links here'), { code: 'EPERM' });
}

describe.each([
  ['by links', link, true],
  ['by copies, where the file system has no links', noLink, false],
])('objects are taken over %s', (_, makeLink, isLinked) => {
  it('and again, after some have changed, gone or come', async () => {
    using folder = temporaryFolder();
    const [from, to] = [join(folder.path, 'objects/varve-local'), join(folder.path, 'new')];
    const take = () => takeObjects({ from, to, tell: () => undefined, makeLink });
    for (const name of ['ab1', 'ab2', 'cd3', 'x']) writeObject(folder.path, `objects/d/${name}`, `bytes of ${name}`);
    writeObject(folder.path, 'top', 'top');
    utimesSync(join(from, 'objects/d/ab1._S3rver_object'), 1, 1.000_7); // not a whole millisecond
    expect(await take()).toBe(5);
    const first = statSync(join(to, 'objects/d/=ab/ab1'));
    expect(first.ino === statSync(join(from, 'objects/d/ab1._S3rver_object')).ino).toBe(isLinked);

    rmSync(join(from, 'objects/d/ab2._S3rver_object'));
    rmSync(join(from, 'objects/d/cd3._S3rver_object')); // replaced, as an upload does it
    writeObject(folder.path, 'objects/d/cd3', 'other by.of cd3'.slice(0, 12));
    utimesSync(join(from, 'objects/d/cd3._S3rver_object'), 1, 1);
    writeObject(folder.path, 'objects/d/ef4', 'new');
    expect(await take()).toBe(5);
    expect([...filesIn(to).keys()].sort()).toEqual(
      ['=to/top', 'objects/d/=ab/ab1', 'objects/d/=cd/cd3', 'objects/d/=ef/ef4', 'objects/d/=x/x'].sort(),
    );
    expect(readFileSync(join(to, 'objects/d/=cd/cd3'), 'utf8')).toBe('other by.of ');
    // What was there is not touched.
    expect(statSync(join(to, 'objects/d/=ab/ab1')).ino).toBe(first.ino);
  });

  it('though half a file is there from an attempt that was killed', async () => {
    using folder = temporaryFolder();
    const [from, to] = [join(folder.path, 'objects/varve-local'), join(folder.path, 'new')];
    writeObject(folder.path, 'objects/d/ab1', 'all of it');
    await takeObjects({ from, to, tell: () => undefined, makeLink });
    rmSync(join(to, 'objects/d/=ab/ab1'));
    writeFileSync(join(to, 'objects/d/=ab/ab1.part'), 'all');
    await takeObjects({ from, to, tell: () => undefined, makeLink });
    expect([...filesIn(to).keys()]).toEqual(['objects/d/=ab/ab1']);
    expect(readFileSync(join(to, 'objects/d/=ab/ab1'), 'utf8')).toBe('all of it');
  });
});
