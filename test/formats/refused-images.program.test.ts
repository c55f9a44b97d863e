import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageFormat } from '../../src/formats/image.ts';
import { openImage } from '../../src/formats/open.ts';
import { Qcow2Writer } from '../../src/formats/qcow2/writer.ts';
import { readRange } from '../../src/formats/read-range.ts';
import { mixedContents } from '../support/disk-contents.ts';
import { contentsOf, memoryFile } from '../support/image-files.ts';
import { signImage } from '../support/mutated-image.ts';
import { describeWith, tell } from '../support/programs.ts';

const MIB = 1024 ** 2;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-refused-'));
  await writeFile(join(folder, 'raw'), mixedContents(2 * MIB, 6));
});
afterAll(() => rm(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
const create = async (driver: string, ...more: readonly string[]): Promise<Buffer> => {
  await tell('qemu-img', 'create', '-q', '-f', driver, ...more, path('made'), '2M');
  return readFile(path('made'));
};
const convert = async (driver: string, ...more: readonly string[]): Promise<Buffer> => {
  await tell('qemu-img', 'convert', '-f', 'raw', '-O', driver, ...more, path('raw'), path('made'));
  return readFile(path('made'));
};
const changed = async (image: Promise<Buffer>, change: (bytes: Buffer) => unknown): Promise<Buffer> => {
  const bytes = await image;
  change(bytes);
  return bytes;
};
/** What opening an image, and reading all of a small one, ends with. */
const refusal = async (format: ImageFormat, bytes: Buffer): Promise<unknown> => {
  try {
    const image = await openImage(format, memoryFile(bytes));
    await (image.sizeBytes <= 4 * MIB ? contentsOf(image) : readRange(image, 0, MIB));
    return 'READ';
  } catch (error) {
    return error;
  }
};
const unsupported = (feature: string) => ({ code: 'ImageUnsupported', extra: { feature } });
const DAMAGED = { code: 'ImageDamaged' };

describeWith(['qemu-img'], '7.3: what an image needs and Varve does not read is refused, and named:', () => {
  it.each([
    ['a backing file', 'backing file', ['-b', 'raw', '-F', 'raw']],
    ['an external data file', 'external data file', ['-o', 'data_file=made.data']],
    [
      'a key (LUKS)',
      'encryption',
      ['--object', 'secret,id=s,data=x', '-o', 'encrypt.format=luks,encrypt.key-secret=s'],
    ],
    ['a key (AES)', 'encryption', ['--object', 'secret,id=s,data=x', '-o', 'encrypt.format=aes,encrypt.key-secret=s']],
  ])('%s of qcow2', async (_, feature, args) => {
    await tell('sh', '-c', `cd '${folder}' && qemu-img create -q -f qcow2 ${args.join(' ')} made 2M`);
    expect(await refusal('qcow2', await readFile(path('made')))).toMatchObject(unsupported(feature));
  });

  it.each([
    ['features that are not known', 'incompatible features', (bytes: Buffer) => bytes.writeUInt32BE(0x8000_0000, 72)],
    ['one more feature', 'incompatible features', (bytes: Buffer) => bytes.writeUInt32BE(0x20, 76)],
    ['version 1', 'version', (bytes: Buffer) => bytes.writeUInt32BE(1, 4)],
    ['version 4', 'version', (bytes: Buffer) => bytes.writeUInt32BE(4, 4)],
    ['a disk of 2^63 bytes', 'size', (bytes: Buffer) => bytes.writeBigUInt64BE(2n ** 63n, 24)],
  ])('%s, of qcow2', async (_, feature, change) => {
    expect(await refusal('qcow2', await changed(create('qcow2'), change))).toMatchObject(unsupported(feature));
  });

  it('a parent, of VMDK', async () => {
    const image = await changed(create('vmdk'), (bytes) => {
      bytes.write('parentCID=12345678', bytes.indexOf('parentCID=ffffffff'), 'latin1');
    });
    expect(await refusal('vmdk', image)).toMatchObject(unsupported('parent'));
  });

  it('the other parts, of VMDK', async () => {
    await create('vmdk', '-o', 'subformat=twoGbMaxExtentSparse');
    const part = await readFile(path('made-s001'));
    expect(await refusal('vmdk', part)).toMatchObject(unsupported('part'));
  });

  it('other files, of VMDK', async () => {
    const image = await create('vmdk', '-o', 'subformat=monolithicFlat');
    expect(await refusal('vmdk', image)).toMatchObject(unsupported('other files'));
    const ofEsx = Buffer.from(image.toString().replace('FLAT', 'SESPARSE'));
    expect(await refusal('vmdk', ofEsx)).toMatchObject(unsupported('extent type'));
    expect(await refusal('vmdk', Buffer.alloc(MIB, 'COWD'))).toMatchObject(unsupported('extent type'));
  });

  it('a parent, of VHD', async () => {
    const image = await changed(create('vpc'), (bytes) => {
      for (const at of [0, bytes.length - 512]) bytes.writeUInt32BE(4, at + 60);
      signImage('vhd', bytes);
    });
    expect(await refusal('vhd', image)).toMatchObject(unsupported('parent'));
  });

  it('a log that is not empty, of VHDX, but not one without entries', async () => {
    const image = await changed(convert('vhdx'), (bytes) => {
      for (const at of [65_536, 131_072]) bytes.fill(7, at + 48, at + 64);
      signImage('vhdx', bytes);
    });
    expect(await refusal('vhdx', image)).toBe('READ');
    const log = Number(image.readBigUInt64LE(65_536 + 72));
    image.write('loge', log + 8192, 'latin1');
    image.fill(7, log + 8192 + 32, log + 8192 + 48);
    expect(await refusal('vhdx', image)).toMatchObject(unsupported('open log'));
  });

  it('a parent, of VHDX', async () => {
    const image = await changed(create('vhdx'), (bytes) => {
      const id = Buffer.from('3767a1ca36fa434db3b633f0aa44e76b', 'hex');
      const item = bytes.indexOf(id);
      const region = item - ((item - 32) % 65_536) - 32;
      bytes.writeUInt32LE(2, region + bytes.readUInt32LE(item + 16) + 4);
    });
    expect(await refusal('vhdx', image)).toMatchObject(unsupported('parent'));
  });
});

describeWith(['qemu-img'], '7.3: a damaged image is refused:', () => {
  it.each([
    ['marked as corrupt', (bytes: Buffer) => bytes.writeUInt32BE(2, 76)],
    ['with level 1 beyond the end', (bytes: Buffer) => bytes.writeBigUInt64BE(2n ** 63n - 65_536n, 40)],
    ['with level 1 within a cluster', (bytes: Buffer) => bytes.writeBigUInt64BE(65_537n, 40)],
    ['with too many entries of level 1', (bytes: Buffer) => bytes.writeUInt32BE(0xffff_ffff, 36)],
    ['with no entry of level 1', (bytes: Buffer) => bytes.writeUInt32BE(0, 36)],
    ['with clusters of 2^63 bytes', (bytes: Buffer) => bytes.writeUInt32BE(63, 20)],
    ['with a header of 2^32 - 1 bytes', (bytes: Buffer) => bytes.writeUInt32BE(0xffff_ffff, 100)],
    ['that contradicts itself about compression', (bytes: Buffer) => bytes.writeUInt8(1, 104)],
  ])('qcow2 %s', async (_, change) => {
    expect(await refusal('qcow2', await changed(convert('qcow2'), change))).toMatchObject(DAMAGED);
  });

  it.each([
    ['qcow2', 70_000],
    ['vmdk', 70_000],
    ['vhd', 70_000],
    ['vhdx', 7 * MIB], // of its only block, of 8 MiB
  ] as const)('%s that lost its last %i bytes', async (format, lost) => {
    const image = await convert(format === 'vhd' ? 'vpc' : format);
    expect(await refusal(format, image.subarray(0, image.length - lost))).toMatchObject(DAMAGED);
  });

  it.each(['qcow2', 'vmdk', 'vhd', 'vhdx'] as const)('%s of a few bytes', async (format) => {
    for (const length of [0, 1, 8, 511]) {
      expect(
        await refusal(format, (await create(format === 'vhd' ? 'vpc' : format)).subarray(0, length)),
      ).toMatchObject(DAMAGED);
    }
  });

  it('VMDK that went through a transfer of text', async () => {
    const image = await changed(create('vmdk'), (bytes) => bytes.write('\n \n\n', 73, 'latin1'));
    expect(await refusal('vmdk', image)).toMatchObject(DAMAGED);
  });

  it.each([
    ['of another place', (bytes: Buffer, at: number) => bytes.writeBigUInt64LE(77n, at)],
    ['longer than the file', (bytes: Buffer, at: number) => bytes.writeUInt32LE(0xffff_ffff, at + 8)],
    ['that becomes more than a grain', (bytes: Buffer, at: number) => bomb(bytes, at)],
  ])('a compressed grain of VMDK %s', async (_, change) => {
    const image = await changed(convert('vmdk', '-o', 'subformat=streamOptimized'), (bytes) => {
      change(bytes, firstGrain(bytes));
    });
    expect(await refusal('vmdk', image)).toMatchObject(DAMAGED);
  });
});

/** The first grain that is there. */
function firstGrain(bytes: Buffer): number {
  const table = bytes.readUInt32LE(Number(bytes.readBigUInt64LE(56)) * 512) * 512;
  for (let at = table; ; at += 4) if (bytes.readUInt32LE(at) > 0) return bytes.readUInt32LE(at) * 512;
}

function bomb(bytes: Buffer, at: number): void {
  const packed = deflateSync(Buffer.alloc(8 * MIB));
  bytes.writeUInt32LE(packed.length, at + 8);
  packed.copy(bytes, at + 12);
}

describe('7.3: a compressed cluster that becomes more than a cluster', () => {
  it.each([
    ['100 MiB of zeros', deflateRawSync(Buffer.alloc(100 * MIB))],
    ['a byte more than a cluster', deflateRawSync(Buffer.alloc(65_537))],
    ['less than a cluster', deflateRawSync(Buffer.alloc(65_535))],
    ['nothing', Buffer.alloc(100)],
  ])('or less is refused: %s', async (_, packed) => {
    const writer = new Qcow2Writer({ sizeBytes: MIB, compression: 'zlib' });
    const at = writer.addPacked(0, [packed.length]);
    const { writes, fileBytes } = writer.finish();
    const file = Buffer.alloc(fileBytes);
    for (const write of [...writes, { at, bytes: packed }]) file.set(write.bytes, write.at);
    expect(await refusal('qcow2', file)).toMatchObject({ code: 'ImageDamaged', extra: { diskOffsetBytes: 0 } });
  });
});
