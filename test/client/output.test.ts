import { writeSync } from 'node:fs';
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { openOutput } from '../../src/client/download/output.ts';
import { findTarget } from '../../src/client/download/output-target.ts';
import { openFilesBelow } from '../support/open-files.ts';
import { tellSync } from '../support/programs.ts';

const CONTENTS = { root: 'ab'.repeat(32), sizeBytes: 4096 };
const DATA = Buffer.alloc(CONTENTS.sizeBytes, 'new');
const OLD = Buffer.alloc(100, 'old');

let folder: string;
const at = (name: string) => join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-output-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function writeTo(name: string, force: boolean): Promise<void> {
  const output = await openOutput({ path: at(name), force }, CONTENTS);
  writeSync(output.fd, DATA, 0, DATA.length, 0);
  await output.finish();
}

/** What lies in the folder, with the contents of files and the ends of links. */
async function listing(): Promise<Readonly<Record<string, string>>> {
  const entries = (await readdir(folder)).map(async (name) => {
    const found = await lstat(at(name));
    if (found.isSymbolicLink()) return [name, `→ ${await readlink(at(name))}`];
    const contents = found.isFile() ? await readFile(at(name)) : Buffer.from('directory');
    return [name, contents.equals(DATA) ? 'NEW' : contents.equals(OLD) ? 'OLD' : String(contents)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

describe('an output that exists', () => {
  const scenes = {
    'a file': async () => writeFile(at('out'), OLD),
    'a link to a file': async () => {
      await writeFile(at('file'), OLD);
      await symlink('file', at('out'));
    },
    'a link by way of a folder': async () => {
      await mkdir(at('deep'));
      await writeFile(at('file'), OLD);
      await symlink('deep', at('folder'));
      await symlink('folder/../file', at('out'));
    },
    'a link to a link': async () => {
      await writeFile(at('file'), OLD);
      await symlink(at('file'), at('between'));
      await symlink('between', at('out'));
    },
    'a dangling link': async () => symlink('file', at('out')),
  } as const;

  it.each([
    ['a file', { out: 'NEW' }],
    ['a link to a file', { out: '→ file', file: 'NEW' }],
    ['a link by way of a folder', { out: '→ folder/../file', folder: '→ deep', deep: 'directory', file: 'NEW' }],
    ['a link to a link', { out: '→ between', file: 'NEW' }],
    ['a dangling link', { out: '→ file', file: 'NEW' }],
  ] as const)('as %s is refused without force, and with it written where a link leads', async (scene, after) => {
    await scenes[scene]();
    const before = await listing();
    await expect(writeTo('out', false)).rejects.toMatchObject({ code: 'OutputExists', extra: { path: at('out') } });
    expect(await listing()).toEqual(before);
    await writeTo('out', true);
    expect(await listing()).toMatchObject(after);
    expect(Object.keys(await listing())).toHaveLength(
      Object.keys(before).length + (scene === 'a dangling link' ? 1 : 0),
    );
  });

  it('as a file with other names is refused, also with force, until this name is removed', async () => {
    await writeFile(at('other'), OLD);
    await link(at('other'), at('out'));
    await expect(writeTo('out', false)).rejects.toMatchObject({ code: 'OutputExists' });
    const why = expect.stringContaining('with 2 names (hard links)');
    await expect(writeTo('out', true)).rejects.toMatchObject({ code: 'OutputUnusable', message: why });
    expect(await listing()).toEqual({ other: 'OLD', out: 'OLD' });
    await rm(at('out'));
    await writeTo('out', true);
    expect(await listing()).toEqual({ other: 'OLD', out: 'NEW' });
  });

  it.each([
    ['a directory', () => mkdir(at('out')), 'is a directory'],
    [
      'a pipe',
      async () => tellSync('mkfifo', at('out')),
      'is a pipe: give - as OUTPUT, and send standard output there',
    ],
    ['a link to a character device', () => symlink('/dev/null', at('out')), 'is neither a file nor a block device'],
    ['a link to itself', () => symlink('out', at('out')), 'its symbolic links lead nowhere'],
  ])('as %s is refused, also with force', async (_, make, why) => {
    await make();
    for (const force of [false, true]) {
      await expect(writeTo('out', force)).rejects.toMatchObject({
        code: 'OutputUnusable',
        message: expect.stringContaining(why),
      });
    }
    expect(await readdir(folder)).toEqual(['out']);
  });

  it.each(['600', '640', '444', '666'])('keeps its mode %s', async (digits) => {
    const mode = Number.parseInt(digits, 8);
    await writeFile(at('out'), OLD);
    await chmod(at('out'), mode);
    await writeTo('out', true);
    expect((await stat(at('out'))).mode & 0o7777).toBe(mode);
  });

  it('that does not exist gets the mode that other programs give', async () => {
    await writeTo('out', false);
    await writeFile(at('other'), '');
    expect((await stat(at('out'))).mode).toBe((await stat(at('other'))).mode);
  });

  it.runIf(process.getuid?.() === 0)("keeps another user's and group's mark, where this is root", async () => {
    await writeFile(at('out'), OLD);
    await chown(at('out'), 4321, 5432);
    await chmod(at('out'), 0o600);
    await writeTo('out', true);
    expect(await stat(at('out'))).toMatchObject({ uid: 4321, gid: 5432 });
    expect((await stat(at('out'))).mode & 0o7777).toBe(0o600);
  });

  it("is left alone where it is another user's, and this is not root", async () => {
    await writeFile(at('out'), OLD);
    const { uid } = await stat(at('out'));
    const other = { view: undefined, userId: uid + 1 };
    await expect(findTarget({ path: at('out'), force: true }, other)).rejects.toMatchObject({
      code: 'OutputUnusable',
      message: expect.stringContaining(`belongs to another user (uid ${uid})`),
    });
    await expect(findTarget({ path: at('out'), force: true }, { ...other, userId: uid })).resolves.toBeDefined();
  });

  it('since the export began is not replaced', async () => {
    const output = await openOutput({ path: at('out'), force: false }, CONTENTS);
    await writeFile(at('out'), OLD);
    await expect(output.finish()).rejects.toMatchObject({ code: 'OutputExists' });
    await output.abandon();
    expect(await listing()).toMatchObject({ out: 'OLD' });
  });
});

describe('what lies where the image grows', () => {
  const journal = (sizeBytes = CONTENTS.sizeBytes) => JSON.stringify({ root: CONTENTS.root, sizeBytes });

  it.each([
    ['a file without a journal', { 'out.partial': OLD }],
    ['a file of another size than the journal says', { 'out.partial': OLD, 'out.partial.json': journal() }],
    ['a file with a journal of something else', { 'out.partial': OLD, 'out.partial.json': '{"version": 1}' }],
    ['a journal of something else', { 'out.partial.json': 'my notes' }],
  ] as const)('as %s is not removed without force', async (_, files) => {
    for (const [name, contents] of Object.entries(files)) await writeFile(at(name), contents);
    const before = await listing();
    await expect(writeTo('out', false)).rejects.toMatchObject({
      code: 'OutputExists',
      message: `${at('out.partial')} exists already, and no export has left it.`,
    });
    expect(await listing()).toEqual(before);
    await writeTo('out', true);
    expect(await listing()).toEqual({ out: 'NEW' });
  });

  it('as a link is neither followed nor, without force, removed', async () => {
    await writeFile(at('file'), OLD);
    await symlink('file', at('out.partial'));
    await writeFile(at('out.partial.json'), journal(OLD.length));
    await expect(writeTo('out', false)).rejects.toMatchObject({ code: 'OutputExists' });
    await writeTo('out', true);
    expect(await listing()).toEqual({ out: 'NEW', file: 'OLD' });
  });

  it.each([
    ['of the same contents', CONTENTS.root, CONTENTS.sizeBytes, true],
    ['of other contents', 'cd'.repeat(32), CONTENTS.sizeBytes, false],
    ['of which not a byte was written', CONTENTS.root, 0, false],
  ])('as what an earlier run left %s is gone on with or begun again', async (_, root, bytes, mayHold) => {
    const { sizeBytes } = CONTENTS;
    await writeFile(at('out.partial'), Buffer.alloc(bytes));
    await writeFile(at('out.partial.json'), JSON.stringify({ root, sizeBytes }));
    const output = await openOutput({ path: at('out'), force: false }, CONTENTS);
    expect(output).toMatchObject({ mayHold, holdsOld: false });
    await output.abandon();
  });

  it('is not given the name of the output once somebody has made it shorter', async () => {
    const output = await openOutput({ path: at('out'), force: false }, CONTENTS);
    await using file = await open(at('out.partial'), 'r+');
    await file.truncate(5);
    await expect(output.finish()).rejects.toMatchObject({ message: expect.stringContaining('was changed while') });
    expect(await readdir(folder)).not.toContain('out');
  });
});

test('an output that cannot have its size is refused, and its file is closed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'varve-output-'));
  const sizeBytes = 2 ** 60; // for any file system
  const opened = openOutput({ path: join(folder, 'image'), force: false }, { root: 'empty', sizeBytes });
  await expect(opened).rejects.toMatchObject({ code: 'OutputUnusable' });
  expect(await openFilesBelow(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});
