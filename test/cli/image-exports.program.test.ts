import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { download, workOnExport } from '../support/exports.ts';
import { expectSoundQcow2 } from '../support/image-files.ts';
import { describeWith } from '../support/programs.ts';
import { type CliHarness, createCliHarness, writeManyBlocks } from './harness.ts';

describeWith(['qemu-img'], '6.3: files of the service, by the programs of others', () => {
  let cli: CliHarness;
  beforeAll(async () => {
    cli = await createCliHarness();
  });
  afterAll(() => cli.close());

  it('6.3 qemu-img finds a qcow2 file of several parts sound, and equal', async () => {
    await writeManyBlocks(cli.path('disk.img'), 30);
    const image = await cli.json('image', 'import', cli.path('disk.img'), '--name', 'golden');
    const { id } = await cli.json('image', 'export', image.id, '--no-wait');
    await workOnExport(cli.api, cli.account, id);
    const { downloadUrl, totalBytes } = await cli.json('image', 'show-export', id);
    expect(totalBytes).toBeGreaterThan(15 * 1024 * 1024);
    await writeFile(cli.path('exported.qcow2'), await download(downloadUrl));
    await expectSoundQcow2(cli.path('exported.qcow2'), cli.path('disk.img'));
  });
});
