import { appendFile, open, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FileSource, openFileSource, streamSource } from '../../src/client/upload/source.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { sizeText } from '../../src/platform/size-text.ts';
import { describeWithDevices, openLoopDevice } from '../support/loop-devices.ts';
import { createUploadScene, imageOf, type UploadScene } from '../support/upload-scene.ts';

vi.setConfig({ testTimeout: 120_000 });

const BLOCKS = 40; // more than are held at a time: what comes last is read after the change
const BYTES = BLOCKS * BLOCK_BYTES;
const FEW = 4; // where it does not matter what was read by then
const FEW_BYTES = FEW * BLOCK_BYTES;

let scene: UploadScene;
beforeAll(async () => {
  scene = await createUploadScene();
});
afterAll(() => scene.close());

const disposable = (source: FileSource) => ({ ...source, [Symbol.asyncDispose]: source.close });
const writeOver = async (path: string) => {
  await using file = await open(path, 'r+');
  await file.write(Buffer.from('changed'), 0, undefined, FEW_BYTES - 100);
};
const hideWrite = async (path: string) => {
  const { atime, mtime } = await stat(path);
  await writeOver(path);
  await utimes(path, atime, mtime);
};
const replace = async (path: string) => {
  await writeFile(`${path}.new`, imageOf(FEW));
  await rename(`${path}.new`, path);
};
const shortenAndRestore = async (path: string) => {
  await truncate(path, 0);
  await truncate(path, FEW_BYTES);
};

describe('9.7: a file that changes while it is read', () => {
  it.each([
    ['grows', (path: string) => appendFile(path, 'more'), ['GREW', 'WRITTEN'], 'it grew, it was written to'],
    ['is written to', writeOver, ['WRITTEN'], 'it was written to'],
    ['is written to, with its time put back', hideWrite, ['WRITTEN'], 'it was written to'],
    ['loses its data, and gets its size back', shortenAndRestore, ['WRITTEN'], 'it was written to'],
    ['is replaced', replace, ['REPLACED'], 'something else has its name now'],
    ['is removed', (path: string) => rm(path), ['GONE'], 'it was removed'],
  ])('and %s is refused with its path, and taken where that is allowed', async (what, change, changes, words) => {
    const path = join(scene.folder, `${what}.img`);
    const disk = await scene.createDisk(FEW_BYTES);
    const run = async (allowChange: boolean) => {
      await writeFile(path, imageOf(FEW));
      const source = await openFileSource(path);
      try {
        return await scene.sync(disk, source, { allowChange, meanwhile: () => change(path) });
      } finally {
        await source.close();
      }
    };
    await expect(run(false)).rejects.toMatchObject({
      code: 'SourceChanged',
      message: `${path} changed while it was read: ${words}.`,
      extra: { path, changes },
    });
    expect(await scene.look(disk)).toMatchObject({ version: 0, root: 'empty' });
    expect(await run(true)).toMatchObject({ sourceChanges: changes, version: { version: 1 } });
  });

  it('and shrinks is refused even where changes are allowed', async () => {
    const path = join(scene.folder, 'shrinking.img');
    await writeFile(path, imageOf(BLOCKS));
    const [disk, source] = [await scene.createDisk(BYTES), await openFileSource(path)];
    const done = scene.sync(disk, source, { allowChange: true, meanwhile: () => truncate(path, BLOCK_BYTES) });
    await expect(done).rejects.toMatchObject({ code: 'SourceUnusable', message: expect.stringContaining(path) });
    await source.close();
    expect(await scene.look(disk)).toMatchObject({ version: 0, root: 'empty' });
  });

  it('is refused as well where it comes by standard input', async () => {
    const path = join(scene.folder, 'redirected.img');
    await writeFile(path, imageOf(FEW));
    await using file = await open(path);
    const source = streamSource(file.createReadStream({ autoClose: false }), file.fd);
    const disk = await scene.createDisk(FEW_BYTES);
    await expect(scene.sync(disk, source, { meanwhile: () => hideWrite(path) })).rejects.toMatchObject({
      code: 'SourceChanged',
      message: 'Standard input changed while it was read: it was written to.',
    });
    expect(await scene.look(disk)).toMatchObject({ version: 0, root: 'empty' });
  });

  it.each(['EIO', 'EISDIR'])(
    '9.7: standard input that cannot be read any further (%s) is refused with the offset',
    async (errno) => {
      const disk = await scene.createDisk(FEW_BYTES);
      const pieces = async function* () {
        yield imageOf(3);
        yield Buffer.alloc(100);
        throw Object.assign(new Error('no'), { code: errno });
      };
      const offsetBytes = 3 * BLOCK_BYTES + 100;
      await expect(scene.sync(disk, streamSource(Readable.from(pieces())))).rejects.toMatchObject({
        code: 'SourceUnusable',
        message: `Standard input cannot be read at offset ${sizeText(offsetBytes)} (${errno}).`,
        extra: { offsetBytes, errno },
      });
      expect(await scene.look(disk)).toMatchObject({ version: 0, root: 'empty' });
    },
  );

  it('is noticed also when lost blocks are read once more', async () => {
    const [path, image] = [join(scene.folder, 'read-twice.img'), imageOf(FEW)];
    await writeFile(path, image);
    const [disk, source] = [await scene.createDisk(FEW_BYTES), await openFileSource(path)];
    const meanwhile = async () => {
      await scene.loseBlock(image.subarray(0, BLOCK_BYTES));
      await writeFile(path, imageOf(FEW));
    };
    const done = scene.sync(disk, source, { when: 'commitBlocks(', meanwhile });
    await expect(done).rejects.toMatchObject({ code: 'SourceChanged' });
    await source.close();
    expect(await scene.look(disk)).toMatchObject({ version: 0, root: 'empty' });
  });
});

describeWithDevices('9.7: a block device', () => {
  it.each([
    ['shrinks', 2 * BLOCK_BYTES, { code: 'SourceUnusable', extra: { offsetBytes: 2 * BLOCK_BYTES } }],
    ['shrinks to nothing', 0, { code: 'SourceUnusable', extra: { offsetBytes: 0 } }],
    ['grows', BYTES + BLOCK_BYTES, { code: 'SourceChanged', extra: { changes: ['GREW'] } }],
  ])(
    'that %s while it is read is refused with its path, and leaves a disk alone that was equal',
    async (what, bytes, refusal) => {
      const file = join(scene.folder, `${what}.dev`);
      await writeFile(file, imageOf(BLOCKS));
      await using device = await openLoopDevice(file);
      const empty = await scene.createDisk(BYTES);
      await using first = disposable(await openFileSource(device.path));
      await scene.sync(empty, first);
      const disk = await scene.look(empty);

      await using source = disposable(await openFileSource(device.path));
      const done = scene.sync(disk, source, { when: 'pageMap(', meanwhile: () => device.resize(bytes) });
      await expect(done).rejects.toMatchObject(refusal);
      await expect(done).rejects.toMatchObject({
        extra: { path: device.path },
        message: expect.stringContaining(device.path),
      });
      expect(await scene.look(disk)).toMatchObject({ version: disk.version, root: disk.root });
    },
  );
});
