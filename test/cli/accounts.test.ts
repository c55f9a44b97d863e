import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { KEY_ID, type TestAccount } from '../support/api.ts';
import { type CliHarness, createCliHarness, type Outcome, sameContents } from './harness.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const CREATE_DISK = 'mutation ($input: CreateDiskInput!) { createDisk(input: $input) { disk { id status } } }';

let cli: CliHarness;
let other: TestAccount;
/** Of the account of `cli`, and shared by it with `other` unless a test says otherwise. */
let image: { readonly id: string; readonly snapshotId: string };
beforeAll(async () => {
  cli = await createCliHarness();
  other = await cli.api.createAccount();
  await writeFile(cli.path('golden.img'), randomBytes(3 * BLOCK_BYTES));
  await cli.json('disk', 'import', cli.path('golden.img'), '--name', 'template');
  await cli.json('snapshot', 'create', 'template', '--name', 'ready');
  image = await cli.json('image', 'create', 'ready', 'golden');
  await cli.json('image', 'share', 'golden', other.id);
});
afterAll(() => cli.close());

/** As the other account, which has no key file unless a test says otherwise. */
const asOther = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Outcome> =>
  cli.run([...args, '--json'], { environment: { VARVE_API_KEY: other.key, VARVE_KEY_FILE: '', ...environment } });

async function doneByOther(args: readonly string[], environment?: Readonly<Record<string, string>>) {
  const { code, stdout, stderr } = await asOther(args, environment);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

async function refusedToOther(args: readonly string[]) {
  const { code, stderr } = await asOther(args);
  const { error } = JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
  return { exit: code, code: error.code, message: error.message };
}

async function hasContents(disk: string, environment?: Readonly<Record<string, string>>): Promise<boolean> {
  await doneByOther(['disk', 'export', disk, cli.path('copy.out'), '--force'], environment);
  return sameContents(cli.path('golden.img'), cli.path('copy.out'));
}

/** An image of the same contents, shared, that a test may take back or delete. */
async function sharedImage(name: string): Promise<string> {
  await cli.json('snapshot', 'create', 'template', '--name', `${name}-snapshot`);
  const { id } = await cli.json('image', 'create', `${name}-snapshot`, name);
  await cli.json('image', 'share', name, other.id);
  return id;
}

/** A disk whose copy was not even begun, as if the command had been killed. */
async function unfinishedCopy(imageId: string, input: object = {}): Promise<string> {
  const { createDisk } = await other.call(CREATE_DISK, { input: { imageId, ...input } });
  expect(createDisk.disk.status).toBe('CREATING');
  return createDisk.disk.id;
}

describe('6.2: an image that another account shares', () => {
  it('is listed with its owner, and nothing else of the owner is seen', async () => {
    const { images } = await doneByOther(['image', 'list', '--shared-with-me']);
    expect(images).toMatchObject([{ id: image.id, name: 'golden', owned: false, ownerAccountId: cli.account.id }]);
    expect(images[0]).toMatchObject({ snapshotId: null, sharedWith: [] });
    expect((await doneByOther(['image', 'list'])).images).toEqual([]);
    expect((await doneByOther(['disk', 'list'])).disks).toEqual([]);
  });

  it('makes a plain disk without any key', async () => {
    const disk = await doneByOther(['disk', 'create', 'plain', '--image', image.id]);
    expect(disk).toMatchObject({ status: 'AVAILABLE', encrypted: false, reencryption: null });
    expect(await hasContents('plain')).toBe(true);
  });

  it('says in words that it copies, and does not speak of encryption', async () => {
    const environment = { VARVE_API_KEY: other.key, VARVE_KEY_FILE: '' };
    const { code, stderr } = await cli.run(['disk', 'create', 'spoken', '--image', 'golden'], { environment });
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/^Copying the image to disk d-\w+\. If stopped: varve disk sync d-\w+ goes on\.\n/);
    expect(stderr).not.toContain('ncrypt');
  });

  it('makes an encrypted disk with a key of the other account', async () => {
    const keys = { VARVE_KEY_FILE: cli.api.keyFile };
    const disk = await doneByOther(['disk', 'create', 'sealed', '--image', 'golden', '--key', KEY_ID], keys);
    expect(disk).toMatchObject({ status: 'AVAILABLE', encrypted: true, encryption: { keyId: KEY_ID } });
    expect(await hasContents('sealed', keys)).toBe(true);
  });

  it.each([
    ['a plain', {}],
    ['an encrypted', { encryptionKeyId: KEY_ID }],
  ])('finishes %s copy that was broken off by disk sync', async (_, input) => {
    const keys = { VARVE_KEY_FILE: cli.api.keyFile };
    const id = await unfinishedCopy(image.id, input);
    expect(await doneByOther(['disk', 'sync', id], keys)).toMatchObject({
      id,
      status: 'AVAILABLE',
      reencryption: null,
    });
    expect(await hasContents(id, keys)).toBe(true);
  });

  it('makes an instance by a snapshot of a copy; at once it is refused, with the way', async () => {
    const refused = await refusedToOther(['instance', 'create', 'web', '--image', 'golden']);
    expect(refused).toMatchObject({ exit: 2, code: 'InvalidParameter', message: expect.stringContaining('snapshot') });
    await doneByOther(['disk', 'create', 'base', '--image', 'golden']);
    await doneByOther(['snapshot', 'create', 'base', '--name', 'base-1']);
    expect(await doneByOther(['instance', 'create', 'web', '--snapshot', 'base-1'])).toMatchObject({
      status: 'RUNNING',
    });
  });

  it.each([
    ['image', 'update', 'IMAGE', '--name', 'mine'],
    ['image', 'delete', 'IMAGE'],
    ['image', 'share', 'IMAGE', 'team-c'],
    ['image', 'unshare', 'IMAGE', 'team-c'],
    ['snapshot', 'show', 'SNAPSHOT'],
    ['snapshot', 'export', 'SNAPSHOT', 'stolen.img'],
    ['disk', 'create', 'stolen', '--snapshot', 'SNAPSHOT'],
    ['disk', 'show', 'template'],
  ])('is not the other account’s to %s %s %s', async (...words) => {
    const args = words.map((word) => ({ IMAGE: image.id, SNAPSHOT: image.snapshotId })[word] ?? word);
    expect(await refusedToOther(args.filter(Boolean))).toMatchObject({ exit: 3, code: 'NotFound' });
    expect(await cli.json('image', 'show', image.id)).toMatchObject({ name: 'golden', sharedWith: [other.id] });
  });

  it('is refused to be shared while it is encrypted', async () => {
    await cli.json('disk', 'create', 'secret', '--size', '1M', '--key', KEY_ID);
    await cli.json('snapshot', 'create', 'secret', '--name', 'secret-1');
    await cli.json('image', 'create', 'secret-1', 'secret-image');
    const { code, stderr } = await cli.run(['image', 'share', 'secret-image', other.id, '--json']);
    expect([code, JSON.parse(stderr).error.code]).toEqual([4, 'EncryptedImageNotShareable']);
    expect((await cli.json('image', 'show', 'secret-image')).sharedWith).toEqual([]);
  });
});

describe('6.2: an image that is shared no more', () => {
  const TAKEN_BACK = [
    { by: 'image unshare', take: (name: string) => cli.json('image', 'unshare', name, other.id) },
    { by: 'image delete', take: (name: string) => cli.json('image', 'delete', name) },
  ];

  it.each(TAKEN_BACK)('by $by is gone for the other account, and disks made from it stay', async ({ by, take }) => {
    const name = `gone-${by.replace(' ', '-')}`;
    const id = await sharedImage(name);
    await doneByOther(['disk', 'create', name, '--image', id]);
    await take(name);
    for (const args of [
      ['image', 'show', id],
      ['image', 'show', name],
      ['disk', 'create', 'late', '--image', id],
      ['disk', 'create', 'late', '--image', name],
    ]) {
      expect(await refusedToOther(args)).toMatchObject({ exit: 3, code: 'NotFound' });
    }
    const { images } = await doneByOther(['image', 'list', '--shared-with-me']);
    expect(images.map((one: { name: string }) => one.name)).toEqual(['golden']);
    expect((await doneByOther(['disk', 'list', '--name', 'late'])).disks).toEqual([]);
    expect(await hasContents(name)).toBe(true);
  });

  it.each(TAKEN_BACK)('by $by ends a copy that was not complete, and says what to do', async ({ by, take }) => {
    const name = `half-${by.replace(' ', '-')}`;
    const id = await unfinishedCopy(await sharedImage(name));
    await take(name);
    const refused = await refusedToOther(['disk', 'sync', id]);
    expect(refused).toMatchObject({
      exit: 3,
      code: 'NotFound',
      message: expect.stringContaining(`varve disk delete ${id}`),
    });
    expect(await doneByOther(['disk', 'delete', id])).toMatchObject({ diskId: id });
  });

  it('lets its snapshot be deleted once it is deleted, whatever was made from it elsewhere', async () => {
    await sharedImage('short');
    await doneByOther(['disk', 'create', 'long', '--image', 'short']);
    const used = await cli.run(['snapshot', 'delete', 'short-snapshot', '--json']);
    expect(JSON.parse(used.stdout).results[0].error.code).toBe('SnapshotUsedByImage');
    await cli.json('image', 'delete', 'short');
    await cli.json('snapshot', 'delete', 'short-snapshot');
    expect(await hasContents('long')).toBe(true);
  });
});

describe('1.2: varve service open', () => {
  it('shows the terms before it accepts them, and accepts nothing without the flag', async () => {
    const account = await cli.api.createAccount({ open: false });
    const run = (...args: readonly string[]) =>
      cli.run(['service', 'open', ...args], { environment: { VARVE_API_KEY: account.key } });
    const asked = await run();
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain('Terms of the snapshot service, version');
    expect(asked.stderr).toContain('--accept-terms');
    const { snapshotService } = await account.call('{ snapshotService { opened } }');
    expect(snapshotService.opened).toBe(false);
    const done = await run('--accept-terms');
    expect(done.code).toBe(0);
    expect(done.stderr).toContain('Terms of the snapshot service, version');
    expect((await run()).stderr).toBe('');
  });
});
