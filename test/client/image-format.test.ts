import { spawnSync } from 'node:child_process';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseFormat, type SourceFormat } from '../../src/client/upload/image-format.ts';
import { openFileSource } from '../../src/client/upload/source.ts';
import { describeWith, tell } from '../support/programs.ts';

const MIB = 1024 ** 2;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-format-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What an import takes a file for, or why it does not. */
async function takenFor(path: string, said?: SourceFormat): Promise<unknown> {
  const source = await openFileSource(path);
  try {
    return chooseFormat(source, said);
  } catch (error) {
    return error;
  } finally {
    await source.close();
  }
}

/** A file of 1 MiB with these bytes at its beginning (or, if negative, before its end). */
async function fileWith(name: string, at: number, bytes: string): Promise<string> {
  const contents = Buffer.alloc(MIB, 'disk');
  contents.write(bytes, at < 0 ? MIB + at : at, 'latin1');
  const path = join(folder, name);
  await writeFile(path, contents);
  return path;
}

describe('7.3: a file', () => {
  it.each([
    ['disk.img', 0, 'disk'],
    ['disk.raw', 0, 'disk'],
    ['disk', 0, 'disk'],
    ['disk.qcow2.img', 0, 'disk'],
    ['boot.img', 510, '\x55\xaa'],
    ['shifted.img', 4, 'QFI\xfb'],
    ['short.img', 0, 'QFI'],
  ])('%s with nothing special at %i is raw', async (name, at, bytes) => {
    expect(await takenFor(await fileWith(name, at, bytes))).toBe('raw');
  });

  it.each([
    ['qcow2', 'a.qcow2', 0, 'QFI\xfb\0\0\0\x03'],
    ['qcow2', 'a.qcow', 0, 'QFI\xfb\0\0\0\x01'],
    ['vmdk', 'a.vmdk', 0, 'KDMV'],
    ['vmdk', 'b.vmdk', 0, '# Disk DescriptorFile'],
    ['vhd', 'a.vhd', 0, 'conectix'],
    ['vhd', 'b.vhd', -512, 'conectix'],
    ['vhd', 'c.vhd', -511, 'conectix'],
    ['vhdx', 'A.VHDX', 0, 'vhdxfile'],
  ])('that is %s by contents and name (%s) is taken for it', async (format, name, at, bytes) => {
    expect(await takenFor(await fileWith(name, at, bytes))).toBe(format);
  });

  it.each(['raw', 'qcow2', 'vmdk', 'vhd', 'vhdx'] as const)('is taken for what it is said to be: %s', async (said) => {
    expect(await takenFor(await fileWith('said.vmdk', 0, 'QFI\xfb'), said)).toBe(said);
  });

  it.each([
    ['VDI', 'a.vdi', 64, '\x7f\x10\xda\xbe'],
    ['QED', 'a.qed', 0, 'QED\0'],
    ['Parallels', 'a.hdd', 0, 'WithouFreSpacExt'],
  ])('that is %s by contents and name (%s) is refused with what makes it raw', async (format, name, at, bytes) => {
    const path = await fileWith(name, at, bytes);
    expect(await takenFor(path)).toMatchObject({
      code: 'SourceFormat',
      message:
        `${path} is a ${format} file, which cannot be imported as it is. ` +
        `Make a raw image of it first (qemu-img convert -O raw ${path} ${path}.raw).`,
      extra: { path, contents: format, named: format },
    });
  });

  it.each([
    ['guest.img', 0, 'QFI\xfb', 'qcow2', null, 'begins or ends like a qcow2 file, but its name does not say so'],
    ['guest', -512, 'conectix', 'VHD', null, 'begins or ends like a VHD file, but its name does not say so'],
    ['really.vmdk', 0, 'QFI\xfb', 'qcow2', 'VMDK', 'begins or ends like a qcow2 file, but its name says VMDK'],
    ['flat.vmdk', 0, 'disk', 'raw', 'VMDK', 'has the contents of no other image format, but its name says VMDK'],
  ])(
    '%s whose name and contents disagree is refused with both choices',
    async (name, at, bytes, contents, named, how) => {
      const inside = contents === 'raw' ? String(named) : contents;
      const path = await fileWith(name, at, bytes);
      const error = await takenFor(path);
      expect(error).toMatchObject({ code: 'SourceFormat', extra: { path, contents, named } });
      const choice = `If it is a ${inside} file, say --format ${inside.toLowerCase()}.`;
      expect(String(error)).toContain(`${path} ${how}. If it is a raw image, say --format raw. ${choice}`);
    },
  );

  it('whose name is no single word for a shell is quoted in what it is told to run', async () => {
    const path = await fileWith("it's here.vdi", 64, '\x7f\x10\xda\xbe');
    expect(String(await takenFor(path))).toContain(
      `raw '${folder}/it'\\''s here.vdi' '${folder}/it'\\''s here.vdi.raw'`,
    );
  });

  it('of a few bytes is looked at, too', async () => {
    await writeFile(join(folder, 'tiny.qcow2'), 'QFI\xfb', 'latin1');
    await writeFile(join(folder, 'tiny.img'), 'x');
    expect(await takenFor(join(folder, 'tiny.qcow2'))).toBe('qcow2');
    expect(await takenFor(join(folder, 'tiny.img'))).toBe('raw');
  });
});

describeWith(['qemu-img'], '7.3: what qemu-img makes', () => {
  it.each([
    ['qcow2', 'qcow2', 'qcow2'],
    ['qcow', 'qcow', 'qcow2'],
    ['vmdk', 'vmdk', 'VMDK'],
    ['vmdk', 'vmdk', 'VMDK', 'subformat=streamOptimized'],
    ['vpc', 'vhd', 'VHD', 'subformat=dynamic'],
    ['vpc', 'vhd', 'VHD', 'subformat=fixed'],
    ['vhdx', 'vhdx', 'VHDX'],
    ['vdi', 'vdi', 'VDI'],
    ['qed', 'qed', 'QED'],
    ['parallels', 'hdd', 'Parallels'],
  ])('of %s (%s) is known as %s', async (format, extension, name, ...options) => {
    for (const file of [`made.${extension}`, 'made.img']) {
      const path = join(folder, file);
      await tell('qemu-img', 'create', '-q', '-f', format, ...options.flatMap((option) => ['-o', option]), path, '4M');
      const taken = await takenFor(path);
      if (typeof taken === 'string') expect([file, taken]).toEqual([`made.${extension}`, name.toLowerCase()]);
      else expect(taken).toMatchObject({ code: 'SourceFormat', extra: { contents: name } });
    }
  });
});

describeWith(['gzip', 'xz', 'zstd', 'bzip2'], '7.3: a compressed image', () => {
  it.each([
    ['gzip', '.gz', 'zcat'],
    ['xz', '.xz', 'xzcat'],
    ['zstd', '.zst', 'zstdcat'],
    ['bzip2', '.bz2', 'bzcat'],
  ])('of %s is refused with what unpacks it', async (program, extension, unpack) => {
    const path = join(folder, `disk.img${extension}`);
    await using file = await open(path, 'w');
    const { status } = spawnSync(program, ['-c'], {
      input: Buffer.alloc(MIB, 'disk'),
      stdio: ['pipe', file.fd, 'inherit'],
    });
    expect(status).toBe(0);
    expect(String(await takenFor(path))).toContain(`is a ${program} file`);
    expect(String(await takenFor(path))).toContain(`(${unpack} ${path} > ${path}.raw)`);
  });
});
