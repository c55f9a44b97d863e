import { readFile, rename, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { mixedContents } from '../support/disk-contents.ts';
import { expectSoundQcow2 } from '../support/image-files.ts';
import { describeWith, tell } from '../support/programs.ts';
import { convertArguments, type QemuCase } from '../support/qemu-matrix.ts';
import { type CliHarness, createCliHarness, type Outcome } from './harness.ts';

vi.setConfig({ testTimeout: 240_000 });

const SIZE = 9 * 1024 ** 2 + 512;
const contents = mixedContents(SIZE, 7);

let cli: CliHarness;
let raw: { readonly diskId: string; readonly root: string };
beforeAll(async () => {
  cli = await createCliHarness();
  await writeFile(cli.path('disk.img'), contents);
  raw = await cli.json('disk', 'import', cli.path('disk.img'), '--name', 'raw');
});
afterAll(() => cli.close());

const errorOf = ({ stderr }: Outcome) => JSON.parse(stderr.trim().split('\n').at(-1) as string).error;
const made = async (name: string, one: Omit<QemuCase, 'format'>): Promise<string> => {
  const args = convertArguments({ format: 'qcow2', ...one });
  await tell('qemu-img', 'convert', '-f', 'raw', ...args, cli.path('disk.img'), cli.path(name));
  return cli.path(name);
};

describeWith(['qemu-img'], '7.3: an import', () => {
  it.each([
    ['qcow2', 'a.qcow2', { driver: 'qcow2', options: [] }],
    ['qcow2', 'c.qcow2', { driver: 'qcow2', options: [], flags: ['-c'] }],
    ['qcow2', 'z.qcow2', { driver: 'qcow2', options: ['compression_type=zstd', 'cluster_size=2M'], flags: ['-c'] }],
    ['vmdk', 'a.vmdk', { driver: 'vmdk', options: [] }],
    ['vmdk', 's.vmdk', { driver: 'vmdk', options: ['subformat=streamOptimized'] }],
    ['vmdk', 'two.vmdk', { driver: 'vmdk', options: ['subformat=twoGbMaxExtentSparse'] }],
    ['vmdk', 'flat.vmdk', { driver: 'vmdk', options: ['subformat=monolithicFlat'] }],
    ['vhd', 'a.vhd', { driver: 'vpc', options: ['force_size=on'] }],
    ['vhd', 'f.vhd', { driver: 'vpc', options: ['subformat=fixed,force_size=on'] }],
    ['vhdx', 'a.vhdx', { driver: 'vhdx', options: [] }],
  ])('of %s (%s) gives the disk that its raw image gives', async (format, name, one) => {
    const path = await made(name, one);
    const { stdout, stderr, code } = await cli.run(['disk', 'import', path, '--json']);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining(`${path} is a ${format} image of a disk`),
    });
    expect(JSON.parse(stdout)).toMatchObject({ root: raw.root, format, transferredBytes: 0 });
  });

  it('of a disk in other files takes only those that belong to it', async () => {
    const path = await made('own.vmdk', { driver: 'vmdk', options: ['subformat=monolithicFlat'] });
    const text = await readFile(path, 'utf8');
    await writeFile(cli.path('other.vmdk'), text);
    expect(errorOf(await cli.run(['disk', 'import', cli.path('other.vmdk'), '--json']))).toMatchObject({
      code: 'ImageUnsupported',
      feature: 'other files',
      name: 'own-flat.vmdk',
    });
    await writeFile(path, text.replace('own-flat.vmdk', '../own-flat.vmdk'));
    expect(errorOf(await cli.run(['disk', 'import', path, '--json']))).toMatchObject({ code: 'ImageUnsupported' });
    await writeFile(path, text);
    await rename(cli.path('own-flat.vmdk'), cli.path('elsewhere'));
    expect(errorOf(await cli.run(['disk', 'import', path, '--json']))).toMatchObject({ code: 'SourceUnusable' });
    await symlink('elsewhere', cli.path('own-flat.vmdk'));
    expect(errorOf(await cli.run(['disk', 'import', path, '--json']))).toMatchObject({ code: 'SourceUnusable' });
  });

  it('takes a file for what --format says, and refuses what it is not', async () => {
    const path = await made('named.qcow2', { driver: 'qcow2', options: [] });
    await rename(path, cli.path('unnamed'));
    const refused = errorOf(await cli.run(['disk', 'import', cli.path('unnamed'), '--json']));
    expect(refused).toMatchObject({ code: 'SourceFormat', contents: 'qcow2', named: null });
    expect(await cli.json('disk', 'import', cli.path('unnamed'), '--format', 'qcow2')).toMatchObject({
      root: raw.root,
    });
    const asRaw = await cli.json('disk', 'import', cli.path('unnamed'), '--format', 'raw');
    expect(asRaw.readBytes).toBe((await stat(cli.path('unnamed'))).size);
    const wrong = errorOf(await cli.run(['disk', 'import', cli.path('unnamed'), '--format', 'vhdx', '--json']));
    expect(wrong).toMatchObject({ code: 'ImageDamaged', path: cli.path('unnamed') });
  });

  it.each([
    ['standard input', ['-', '--size', '1M', '--format', 'qcow2']],
    ['zeros for what is unreadable', ['disk.qcow2', '--format', 'qcow2', '--on-read-error', 'zero']],
  ])('refuses a format for %s', async (_, args) => {
    await made('disk.qcow2', { driver: 'qcow2', options: [] });
    const { code, stderr } = await cli.run(['disk', 'import', ...args]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('raw')]);
  });

  it('of a file that was cut is refused, and a disk that is there stays as it is', async () => {
    const path = await made('cut.qcow2', { driver: 'qcow2', options: [] });
    const { diskId } = await cli.json('disk', 'import', path, '--name', 'before-the-cut');
    await truncate(path, (await stat(path)).size - 1024 ** 2);
    const failed = errorOf(await cli.run(['disk', 'import', path, '--disk', diskId, '--json']));
    expect(failed).toMatchObject({ code: 'ImageDamaged', path });
    expect(await cli.json('disk', 'show', diskId)).toMatchObject({ root: raw.root, version: 1 });
  });

  it('names the backing file that it would need as the reason', async () => {
    const base = await made('base.qcow2', { driver: 'qcow2', options: [] });
    await tell('qemu-img', 'create', '-q', '-f', 'qcow2', '-b', base, '-F', 'qcow2', cli.path('top.qcow2'));
    const failed = errorOf(await cli.run(['disk', 'import', cli.path('top.qcow2'), '--json']));
    expect(failed).toMatchObject({ code: 'ImageUnsupported', feature: 'backing file' });
  });

  it('of the same disk again sends nothing', async () => {
    const path = await made('again.qcow2', { driver: 'qcow2', options: [], flags: ['-c'] });
    expect(await cli.json('disk', 'import', path, '--disk', raw.diskId)).toMatchObject({ changed: false });
  });
});

describeWith(['qemu-img'], '7.3: an export as qcow2', () => {
  it.each([
    ['as it is', []],
    ['with zlib', ['--compression', 'zlib']],
    ['with zstd', ['--compression', 'zstd']],
  ])('%s is what qemu-img reads as the disk, and imports as the same', async (name, more) => {
    const path = cli.path(`${name.replaceAll(' ', '-')}.qcow2`);
    const done = await cli.json('disk', 'export', 'raw', path, '--format', 'qcow2', ...more);
    expect(done).toMatchObject({ format: 'qcow2', root: raw.root, sizeBytes: SIZE });
    await expectSoundQcow2(path, cli.path('disk.img'));
    expect(await cli.json('disk', 'import', path)).toMatchObject({ root: raw.root });
  });

  it('of a snapshot is one, too', async () => {
    const { id } = await cli.json('snapshot', 'create', 'raw');
    await cli.json('snapshot', 'export', id, cli.path('kept.qcow2'), '--format', 'qcow2');
    await expectSoundQcow2(cli.path('kept.qcow2'), cli.path('disk.img'));
  });

  it.each([
    ['standard output', ['-', '--format', 'qcow2'], 2],
    ['a raw image that is to be compressed', ['out.img', '--compression', 'zlib'], 2],
  ])('is refused to %s', async (_, args, exit) => {
    expect(await cli.run(['disk', 'export', 'raw', ...args])).toMatchObject({ code: exit });
  });

  it('says so if a raw image gets the name of another format', async () => {
    const { stderr } = await cli.run(['disk', 'export', 'raw', cli.path('misnamed.qcow2')]);
    expect(stderr).toContain('becomes a raw image, whatever its name says');
    expect((await readFile(cli.path('misnamed.qcow2'))).equals(contents)).toBe(true);
  });
});
