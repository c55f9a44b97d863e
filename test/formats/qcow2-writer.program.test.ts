import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPRESSIONS } from '../../src/formats/qcow2/header-bytes.ts';
import { openQcow2 } from '../../src/formats/qcow2/open.ts';
import { TABLE_REACH } from '../../src/formats/qcow2/writer.ts';
import { mixedContents } from '../support/disk-contents.ts';
import { contentsOf, expectSoundQcow2, openInMemory, pathFile } from '../support/image-files.ts';
import { describeWith } from '../support/programs.ts';
import { type Piece, writeQcow2 } from '../support/written-qcow2.ts';

const MIB = 1024 ** 2;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-qcow2-'));
});
afterAll(() => rm(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
const SIZES = [512, 64 * 1024, 9 * MIB + 512, 3 * MIB + 40_960];
const cases = COMPRESSIONS.flatMap((compression) => SIZES.map((size) => [compression, size] as const));

describe('a qcow2 file that is written', () => {
  it.each(cases)('%s reads as what was written, of %i bytes', async (compression, size) => {
    const contents = mixedContents(size, size);
    await writeQcow2(path('own'), { sizeBytes: size, compression }, [{ offset: 0, bytes: contents }]);
    expect((await contentsOf(await openInMemory('qcow2', path('own')))).equals(contents)).toBe(true);
  });

  it.each(COMPRESSIONS)('%s is the same each time', async (compression) => {
    const pieces = [{ offset: 2 * MIB, bytes: mixedContents(5 * MIB, 3) }];
    const image = { sizeBytes: 20 * MIB, compression };
    const [one, two] = await Promise.all(['one', 'two'].map((name) => writeQcow2(path(name), image, pieces)));
    expect(one?.equals(two as Buffer)).toBe(true);
  });

  it('is no image before it is finished', async () => {
    const image = { sizeBytes: MIB, compression: 'none' } as const;
    await writeQcow2(path('unfinished'), image, [{ offset: 0, bytes: mixedContents(MIB, 4) }], { finish: false });
    await expect(openInMemory('qcow2', path('unfinished'))).rejects.toMatchObject({ code: 'ImageDamaged' });
  });
});

describeWith(['qemu-img'], 'qemu-img', () => {
  it.each(cases)('finds nothing wrong in what is written %s, of %i bytes', async (compression, size) => {
    const contents = mixedContents(size, size + 1);
    await writeFile(path('raw'), contents);
    await writeQcow2(path('made'), { sizeBytes: size, compression }, [{ offset: 0, bytes: contents }]);
    await expectSoundQcow2(path('made'), path('raw'));
  });

  it.each(COMPRESSIONS)('reads %s where tables lie far apart, and so does Varve', async (compression) => {
    const far = [3 * MIB, TABLE_REACH - MIB, TABLE_REACH, 5 * TABLE_REACH, 700 * TABLE_REACH];
    const pieces: Piece[] = far.map((offset, at) => ({ offset, bytes: mixedContents(MIB, at) }));
    const sizeBytes = 700 * TABLE_REACH + 8 * MIB;
    await writeQcow2(path('far'), { sizeBytes, compression }, pieces);
    await using raw = await open(path('far.raw'), 'w');
    for (const { offset, bytes } of pieces) await raw.write(bytes, 0, bytes.length, offset);
    await raw.truncate(sizeBytes);
    await expectSoundQcow2(path('far'), path('far.raw'));
    const image = await openQcow2(await pathFile(path('far')));
    expect(await image.extents(6 * TABLE_REACH, 600 * TABLE_REACH)).toEqual([
      { kind: 'zero', offset: 6 * TABLE_REACH, length: 600 * TABLE_REACH },
    ]);
  });
});
