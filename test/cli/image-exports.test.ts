import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openImage } from '../../src/formats/open.ts';
import { download, workOnExport } from '../support/exports.ts';
import { contentsOf, memoryFile } from '../support/image-files.ts';
import { type CliHarness, createCliHarness, writeManyBlocks } from './harness.ts';

let cli: CliHarness;
let imageId: string;
beforeAll(async () => {
  cli = await createCliHarness();
  await writeManyBlocks(cli.path('disk.img'), 3);
  imageId = (await cli.json('image', 'import', cli.path('disk.img'), '--name', 'golden')).id;
});
afterAll(() => cli.close());

const raw = () => readFile(cli.path('disk.img'));

describe('6.3: images from files, by the command line', () => {
  it('6.3 leaves an image and its snapshot, and no disk', async () => {
    const image = await cli.json('image', 'show', 'golden');
    expect(image).toMatchObject({ id: imageId, name: 'golden', owned: true });
    expect((await cli.json('disk', 'list')).disks).toEqual([]);
    const snapshot = await cli.json('snapshot', 'show', image.snapshotId);
    expect(snapshot).toMatchObject({ status: 'ACCOMPLISHED', root: image.root });
    const disk = await cli.json('disk', 'create', 'web', '--image', 'golden');
    await cli.run(['disk', 'export', disk.id, cli.path('again.img')]);
    expect((await readFile(cli.path('again.img'))).equals(await raw())).toBe(true);
    await cli.json('disk', 'delete', disk.id);
  });

  it('6.3 refuses what disk import refuses, and needs a size for a pipe', async () => {
    await writeFile(cli.path('wrong.qcow2'), 'no qcow2');
    expect((await cli.run(['image', 'import', cli.path('wrong.qcow2')])).code).not.toBe(0);
    const piped = await cli.run(['image', 'import', '-', '--size', '1G', '--format', 'qcow2']);
    expect(piped).toMatchObject({ code: 2, stderr: expect.stringContaining('always raw') });
    expect(await cli.run(['image', 'import', '-'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--size'),
    });
  });
});

describe('6.3: exports of images, by the command line', () => {
  it('6.3 begins one, shows how far it is, and gives a URL of the file', async () => {
    const begun = await cli.json('image', 'export', 'golden', '--no-wait');
    expect(begun).toMatchObject({ status: 'RUNNING', format: 'QCOW2', imageId, downloadUrl: null });
    await workOnExport(cli.api, cli.account, begun.id);
    const ended = await cli.json('image', 'show-export', begun.id, '--seconds', '60');
    expect(ended.status).toBe('SUCCEEDED');
    const disk = await openImage('qcow2', memoryFile(await download(ended.downloadUrl)));
    expect((await contentsOf(disk)).equals(await raw())).toBe(true);
    const { stdout } = await cli.run(['image', 'show-export', begun.id]);
    expect(stdout).toMatch(/Status: +SUCCEEDED/);
    expect(stdout).toMatch(/URL: +http/);
  });

  it('6.3 waits for the end', async () => {
    const exported = cli.run(['image', 'export', 'golden', '--format', 'raw', '--json']);
    const nodes = async () => (await cli.json('image', 'list-exports')).exports as { id: string; status: string }[];
    await expect.poll(async () => (await nodes()).filter(({ status }) => status === 'RUNNING')).toHaveLength(1);
    const [{ id } = { id: '' }] = (await nodes()).filter(({ status }) => status === 'RUNNING');
    await workOnExport(cli.api, cli.account, id);
    expect(JSON.parse((await exported).stdout)).toMatchObject({ id, status: 'SUCCEEDED', format: 'RAW' });
  });

  it('6.3 cancels one that is under way, and no other', async () => {
    const { id } = await cli.json('image', 'export', 'golden', '--no-wait');
    expect(await cli.json('image', 'cancel-export', id)).toEqual({ exportId: id, cancelled: true });
    expect((await cli.run(['image', 'cancel-export', id])).stdout).toMatch(/nothing was done/);
    expect((await cli.run(['image', 'list-exports'])).stdout).toContain('CANCELLED');
  });

  it('6.3 says which option is wrong', async () => {
    const elsewhere = await cli.run(['image', 'export', 'golden', '--to', 'somewhere', '--json']);
    expect(elsewhere).toMatchObject({ code: 2, stderr: expect.stringContaining('bucket') });
    expect((await cli.run(['image', 'show-export', 'x-nothing'])).code).toBe(3);
    expect((await cli.run(['image', 'export', 'golden', '--format', 'vhd'])).code).toBe(2);
  });
});
