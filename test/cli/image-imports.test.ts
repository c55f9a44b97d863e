import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putFile, workOnImport } from '../support/imports.ts';
import { type CliHarness, createCliHarness, writeManyBlocks } from './harness.ts';

let cli: CliHarness;
let key: string;
beforeAll(async () => {
  cli = await createCliHarness();
  await writeManyBlocks(cli.path('disk.img'), 3);
  key = `imports/${cli.account.id}/disk.img`;
  await putFile(cli.api.service.files('here'), key, await readFile(cli.path('disk.img')));
});
afterAll(() => cli.close());

describe('6.3: imports of images from buckets, by the command line', () => {
  it('6.3 begins one, shows how far it is, and names the image', async () => {
    const begun = await cli.json('image', 'import-stored', key, '--name', 'golden', '--no-wait');
    expect(begun).toMatchObject({ status: 'RUNNING', key, bucket: null, name: 'golden', imageId: null });
    await workOnImport(cli.api, cli.account, begun.id);
    const ended = await cli.json('image', 'show-import', begun.id);
    expect(ended).toMatchObject({ status: 'SUCCEEDED', format: 'RAW' });
    expect((await cli.run(['image', 'show-import', begun.id])).stdout).toMatch(/Image: +m-/);
    expect((await cli.json('image', 'show', 'golden')).id).toBe(ended.imageId);
    const disk = await cli.json('disk', 'create', 'web', '--image', 'golden');
    await cli.run(['disk', 'export', disk.id, cli.path('again.img')]);
    expect((await readFile(cli.path('again.img'))).equals(await readFile(cli.path('disk.img')))).toBe(true);
  });

  it('6.3 waits for the end, and says why there is no image', async () => {
    const running = cli.run(['image', 'import-stored', `imports/${cli.account.id}/none.img`, '--json']);
    const found = async () => (await cli.json('image', 'list-imports')).imports as { id: string; status: string }[];
    await expect.poll(async () => (await found()).filter(({ status }) => status === 'RUNNING')).toHaveLength(1);
    const [{ id } = { id: '' }] = (await found()).filter(({ status }) => status === 'RUNNING');
    await workOnImport(cli.api, cli.account, id);
    const { code, stderr } = await running;
    expect(code).toBe(3);
    expect(stderr).toContain('none.img');
  });

  it('6.3 cancels one that is under way, and no other', async () => {
    const { id } = await cli.json('image', 'import-stored', key, '--no-wait');
    expect(await cli.json('image', 'cancel-import', id)).toEqual({ importId: id, cancelled: true });
    expect((await cli.run(['image', 'cancel-import', id])).stdout).toMatch(/nothing was done/);
    expect((await cli.run(['image', 'list-imports'])).stdout).toContain('CANCELLED');
  });

  it('6.3 says which option is wrong', async () => {
    const elsewhere = await cli.run(['image', 'import-stored', key, '--from', 'somewhere', '--json']);
    expect(elsewhere).toMatchObject({ code: 2, stderr: expect.stringContaining('bucket') });
    expect((await cli.run(['image', 'show-import', 'im-nothing'])).code).toBe(3);
    expect((await cli.run(['image', 'import-stored', key, '--format', 'vdi'])).code).toBe(2);
  });

  it('6.3 names the key where the key is wrong, and the bucket where that is', async () => {
    const { code, stderr } = await cli.run(['image', 'import-stored', 'imports/../admin.key']);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringMatching(/^varve: KEY: is no plain key/) });
    const other = await cli.run(['image', 'import-stored', key, '--from', 'nobodys']);
    expect(other.stderr).toMatch(/^varve: --from: /);
  });
});
