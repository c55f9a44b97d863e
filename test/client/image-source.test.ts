import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { interrupted } from '../../src/client/errors.ts';
import { imageRuns } from '../../src/client/upload/image-runs.ts';
import { openImageSource } from '../../src/client/upload/image-source.ts';
import { type FileSource, openFileSource } from '../../src/client/upload/source.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import type { ImageFormat } from '../../src/formats/image.ts';
import { openFilesBelow } from '../support/open-files.ts';
import { describeWith, tell } from '../support/programs.ts';
import { createUploadScene, imageOf, type UploadScene } from '../support/upload-scene.ts';

vi.setConfig({ testTimeout: 240_000 });

const BLOCKS = 12;
const SIZE = BLOCKS * BLOCK_BYTES;
let scene: UploadScene;
beforeAll(async () => {
  scene = await createUploadScene();
});
afterAll(() => scene.close());

const path = (name: string) => join(scene.folder, name);

/** A disk whose blocks are all different, converted by qemu-img. */
async function made(name: string, ...args: readonly string[]): Promise<string> {
  await writeFile(path('raw'), imageOf(BLOCKS));
  await tell('qemu-img', 'convert', '-f', 'raw', ...args, path('raw'), path(name));
  return path(name);
}

async function withImage<T>(file: string, format: ImageFormat, work: (source: FileSource) => Promise<T>): Promise<T> {
  const source = await openImageSource(await openFileSource(file), format);
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

describeWith(['qemu-img'], '7.3, 9.7: an image file', () => {
  it('goes on where an interrupted run had stopped', async () => {
    const file = await made('resumed.qcow2', '-c', '-O', 'qcow2');
    const disk = await scene.createDisk(SIZE);
    // Once all is sent, and before the disk takes it.
    const changes = () => {
      throw interrupted();
    };
    const first = withImage(file, 'qcow2', (source) => scene.sync(disk, { ...source, watch: { changes } }));
    await expect(first).rejects.toMatchObject({ code: 'Interrupted', extra: { kept: 'KEPT' } });
    const second = await withImage(file, 'qcow2', (source) => scene.sync(disk, source));
    expect(second.resumed).toBe(true);
    const other = await scene.createDisk(SIZE);
    const raw = await openFileSource(path('raw'));
    const fromRaw = await scene.sync(other, raw);
    await raw.close();
    expect(second.version?.root).toBe(fromRaw.version?.root);
  });

  it.each([
    ['itself', 'qcow2', 'changed.qcow2', 'changed.qcow2', ['-O', 'qcow2']],
    ['a part of it', 'vmdk', 'changed.vmdk', 'changed-flat.vmdk', ['-O', 'vmdk', '-o', 'subformat=monolithicFlat']],
  ] as const)('is refused if %s changes while it is read', async (_, format, name, changed, args) => {
    const file = await made(name, ...args);
    const disk = await scene.createDisk(SIZE);
    const meanwhile = () => appendFile(path(changed), 'more');
    const sync = withImage(file, format, (source) => scene.sync(disk, source, { meanwhile }));
    await expect(sync).rejects.toMatchObject({ code: 'SourceChanged', extra: { changes: ['GREW', 'WRITTEN'] } });
    expect(await scene.look(disk)).toMatchObject({ version: 0 });
  });

  it('leaves no file open, also if it is refused', async () => {
    const file = await made('closed.vmdk', '-O', 'vmdk', '-o', 'subformat=twoGbMaxExtentFlat');
    await withImage(file, 'vmdk', async ({ image }) => expect(image?.files).toHaveLength(1));
    await writeFile(file, (await readFile(file, 'utf8')).replace('parentCID=ffffffff', 'parentCID=1'));
    const source = await openFileSource(file);
    await expect(openImageSource(source, 'vmdk')).rejects.toMatchObject({ code: 'ImageUnsupported' });
    await source.close();
    expect(await openFilesBelow(scene.folder)).toEqual([]);
  });

  it('that is flat and sparse is read only where it has data', async () => {
    const file = path('flat.vmdk');
    await tell('qemu-img', 'create', '-q', '-f', 'vmdk', '-o', 'subformat=monolithicFlat', file, `${SIZE}`);
    const flat = path('flat-flat.vmdk');
    await tell('dd', 'if=/dev/urandom', `of=${flat}`, 'bs=512k', 'seek=5', 'count=2', 'conv=notrunc', 'status=none');
    expect((await stat(flat)).blocks * 512).toBeLessThan(SIZE);
    const runs = await withImage(file, 'vmdk', async (source) => {
      if (!source.image) throw new Error('no image');
      return imageRuns(source.image).runs(0, BLOCKS);
    });
    // qemu-img allocates the first sectors of each file, to learn how it has to be aligned.
    expect(runs).toEqual([
      { first: 0, count: 1 },
      { first: 5, count: 2 },
    ]);
  });
});
