import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { exportImage } from '../../src/client/download/export-image.ts';
import { Meter } from '../../src/client/progress.ts';
import type { Disk } from '../../src/client/service/disks.ts';
import { createUnreadable } from '../../src/client/service/unreadable.ts';
import { type FileSource, openFileSource } from '../../src/client/upload/source.ts';
import { UnreadableRanges } from '../../src/client/upload/unreadable.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { sizeText } from '../../src/platform/size-text.ts';
import { BAD_MEDIUM_PROGRAMS, openBadMedium } from '../support/bad-medium.ts';
import { describeWithDevices, openLoopDevice } from '../support/loop-devices.ts';
import { describeWith } from '../support/programs.ts';
import { createUploadScene, imageOf, type UploadScene } from '../support/upload-scene.ts';

vi.setConfig({ testTimeout: 240_000 });

const PAGE = 4096;
const BLOCKS = 3;
const SIZE = BLOCKS * BLOCK_BYTES;
const signal = new AbortController().signal;

let scene: UploadScene;
beforeAll(async () => {
  scene = await createUploadScene();
});
afterAll(() => scene.close());

const range = (offsetBytes: number, lengthBytes: number) => ({ offsetBytes, lengthBytes });
const zeroed = (image: Buffer, ranges: readonly { offsetBytes: number; lengthBytes: number }[]) => {
  const copy = Buffer.from(image);
  for (const { offsetBytes, lengthBytes } of ranges) copy.fill(0, offsetBytes, offsetBytes + lengthBytes);
  return copy;
};

async function contentsOf(disk: Disk): Promise<Buffer> {
  const path = join(scene.folder, `${disk.id}.out`);
  const request = {
    source: disk.id,
    expect: async () => undefined,
    meter: new Meter(),
    signal,
    output: { path, force: true },
  };
  await exportImage(scene.service, request);
  return readFile(path);
}

const rangesOf = ({ id }: Disk) => createUnreadable(scene.service.graphql, signal).ofDisk(id);

async function withSource<T>(path: string, work: (source: FileSource) => Promise<T>): Promise<T> {
  const source = await openFileSource(path);
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

// Sectors of 512 bytes fail; what is lost are whole pages.
const BAD = [range(2 * PAGE + 512, 512), range(BLOCK_BYTES - PAGE, 2 * PAGE), range(SIZE - 512, 512)];
const LOST = [range(2 * PAGE, PAGE), range(BLOCK_BYTES - PAGE, 2 * PAGE), range(SIZE - PAGE, PAGE)];
const SUM = { count: 3, bytes: 4 * PAGE, ranges: LOST };

describeWith(BAD_MEDIUM_PROGRAMS, '9.7: a file with bad places', () => {
  it('is refused with path and offset, or taken with zeros that the disk is known to have, until all can be read', async () => {
    const [file, image] = [join(scene.folder, 'bad.img'), imageOf(BLOCKS)];
    await writeFile(file, image);
    let disk = await scene.createDisk(SIZE);
    await using medium = await openBadMedium(file, BAD);
    await expect(withSource(medium.path, (source) => scene.sync(disk, source))).rejects.toMatchObject({
      code: 'SourceUnusable',
      message: `${medium.path} cannot be read at offset ${sizeText(2 * PAGE)} (EIO).`,
      extra: { path: medium.path, offsetBytes: 2 * PAGE, errno: 'EIO' },
    });
    expect(await scene.look(disk)).toMatchObject({ version: 0, root: 'empty', unreadable: null });

    const rescue = () => withSource(medium.path, (source) => scene.sync(disk, source, { zeroUnreadable: true }));
    expect(await rescue()).toMatchObject({ unreadable: SUM, writtenBlocks: BLOCKS });
    disk = await scene.look(disk);
    expect(disk).toMatchObject({ version: 1, unreadable: { count: 3, bytes: 4 * PAGE } });
    expect(await rangesOf(disk)).toEqual(SUM);
    expect((await contentsOf(disk)).equals(zeroed(image, LOST))).toBe(true);

    expect(await rescue(), 'the same once more').toMatchObject({ unreadable: SUM, writtenBlocks: 0 });
    disk = await scene.look(disk);
    const whole = await withSource(file, (source) => scene.sync(disk, source));
    expect(whole.unreadable.count).toBe(0);
    disk = await scene.look(disk);
    expect(disk.unreadable).toBeNull();
    expect((await contentsOf(disk)).equals(image)).toBe(true);

    expect(await rescue(), 'over what is whole').toMatchObject({ unreadable: SUM });
    expect((await contentsOf(disk)).equals(zeroed(image, LOST))).toBe(true);
  });

  it('of which a whole block is lost leaves a hole, which is told like the rest', async () => {
    const [file, image] = [join(scene.folder, 'hole.img'), imageOf(BLOCKS)];
    await writeFile(file, image);
    const disk = await scene.createDisk(SIZE);
    const lost = [range(BLOCK_BYTES, BLOCK_BYTES)];
    await using medium = await openBadMedium(file, lost);
    const done = await withSource(medium.path, (source) => scene.sync(disk, source, { zeroUnreadable: true }));
    expect(done).toMatchObject({
      writtenBlocks: BLOCKS - 1,
      unreadable: { count: 1, bytes: BLOCK_BYTES, ranges: lost },
    });
    expect((await contentsOf(disk)).equals(zeroed(image, lost))).toBe(true);
  });

  it('that is only zeros, and lost, is known to be lost though nothing is committed but that', async () => {
    const file = join(scene.folder, 'zeros.img');
    await writeFile(file, Buffer.alloc(SIZE, 'x').fill(0, PAGE));
    const disk = await scene.createDisk(SIZE);
    await using medium = await openBadMedium(file, [range(0, PAGE)]);
    const done = await withSource(medium.path, (source) => scene.sync(disk, source, { zeroUnreadable: true }));
    expect(done).toMatchObject({ writtenBlocks: 0, unreadable: { count: 1 } });
    expect(await scene.look(disk)).toMatchObject({ root: 'empty', unreadable: { count: 1, bytes: PAGE } });
  });
});

describeWithDevices(
  '9.7: a device with bad places',
  () => {
    it('is refused or read around like a file, and its size is known all the same', async () => {
      const [file, image] = [join(scene.folder, 'bad.dev'), imageOf(BLOCKS)];
      await writeFile(file, image);
      const disk = await scene.createDisk(SIZE);
      await using medium = await openBadMedium(file, BAD);
      await using device = await openLoopDevice(medium.path);
      await expect(withSource(device.path, (source) => scene.sync(disk, source))).rejects.toMatchObject({
        code: 'SourceUnusable',
        extra: { path: device.path, offsetBytes: 2 * PAGE, errno: 'EIO' },
      });
      const done = await withSource(device.path, (source) => scene.sync(disk, source, { zeroUnreadable: true }));
      expect(done.unreadable).toEqual(SUM);
      expect((await contentsOf(disk)).equals(zeroed(image, LOST))).toBe(true);
    });

    it('gets an export all the same, which writes over them', async () => {
      const [file, image] = [join(scene.folder, 'target.dev'), imageOf(BLOCKS)];
      const source = join(scene.folder, 'source.img');
      await writeFile(source, image.fill(0, BLOCK_BYTES, 2 * BLOCK_BYTES));
      await writeFile(file, Buffer.alloc(SIZE, 'old'));
      const disk = await scene.createDisk(SIZE);
      await withSource(source, (from) => scene.sync(disk, from));
      await using device = await openLoopDevice(file);
      // Beyond the end of its file a loop device cannot be read, and what is written there is there
      // again.
      await device.resizeFile(PAGE);
      const request = {
        source: disk.id,
        expect: async () => undefined,
        meter: new Meter(),
        signal,
        output: { path: device.path, force: true },
      };
      await exportImage(scene.service, request);
      expect((await readFile(file)).equals(image)).toBe(true);
    });
  },
  BAD_MEDIUM_PROGRAMS,
);

describe('9.7: ranges that could not be read', () => {
  it.each([
    ['none', [], []],
    ['in any order', [range(10, 5), range(0, 5)], [range(0, 5), range(10, 5)]],
    ['the same twice', [range(0, 5), range(0, 5)], [range(0, 5)]],
    ['that touch', [range(5, 5), range(0, 5)], [range(0, 10)]],
    ['that overlap', [range(0, 10), range(2, 3), range(8, 4)], [range(0, 12)]],
  ])('are put in order: %s', (_, added, ranges) => {
    const collected = new UnreadableRanges();
    for (const one of added) collected.add('/dev/vdb', [one]);
    const bytes = ranges.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
    expect(collected.all()).toEqual({ count: ranges.length, bytes, ranges });
  });

  it('are not collected without end', () => {
    const collected = new UnreadableRanges();
    const add = () => {
      for (let at = 0; at < 1_000_000; at++) collected.add('/dev/vdb', [range(at * 2 * PAGE, PAGE)]);
    };
    expect(add).toThrow('/dev/vdb cannot be read in more than 100000 places.');
  });
});
