import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { open, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { blockIdOf } from '../../src/engine/blocks/object-form.ts';
import { sizeText } from '../../src/platform/size-text.ts';
import { KEY_ID } from '../support/api.ts';
import { type CliHarness, createCliHarness, sameContents, until, writeManyBlocks } from './harness.ts';

vi.setConfig({ testTimeout: 120_000 });

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
});
afterAll(() => cli.close());

const LOSETUP = 'losetup'; // of util-linux
const loop = (...args: string[]) => spawnSync(LOSETUP, args, { encoding: 'utf8' });
const canMakeDevices = process.getuid?.() === 0 && loop('-f').status === 0;

/** Makes block devices of files for as long as `use` runs. */
async function withDevices(paths: readonly [string, string], use: (devices: [string, string]) => Promise<void>) {
  const devices = paths.map((path) => loop('-f', '--show', path).stdout.trim()) as [string, string];
  try {
    await use(devices);
  } finally {
    for (const device of devices) loop('-d', device);
  }
}

describe('9.2: import and export', () => {
  it.each([1, 1000, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 3 * BLOCK_BYTES + 12_345])(
    'keep a size of %i bytes exactly',
    async (bytes) => {
      const [image, output] = [cli.path(`${bytes}.img`), cli.path(`${bytes}.out`)];
      await writeFile(image, randomBytes(bytes));
      const { diskId } = await cli.json('disk', 'import', image);
      expect(await cli.json('disk', 'show', diskId)).toMatchObject({ sizeBytes: bytes });
      const exported = await cli.json('disk', 'export', diskId, output);
      expect(exported).toMatchObject({ sizeBytes: bytes, readBytes: bytes });
      expect(await sameContents(image, output)).toBe(true);
    },
  );

  it('keep a sparse file sparse, and skip its holes, which would take minutes to read', async () => {
    const [image, output] = [cli.path('sparse.img'), cli.path('sparse.out')];
    const file = await open(image, 'w');
    await file.truncate(1024 ** 4);
    await file.write(Buffer.from('far out'), 0, undefined, 1024 ** 4 - 100);
    await file.close();
    const imported = await cli.json('disk', 'import', image, '--name', 'sparse');
    expect(imported).toMatchObject({ writtenBlocks: 1, readBytes: 1024 ** 4 });
    await cli.json('disk', 'export', 'sparse', output);
    const { size, blocks } = await stat(output);
    expect(size).toBe(1024 ** 4);
    expect(blocks).toBeLessThan(10_000);
  });

  it('take standard input, whose end leaves the rest of the disk zero where that is meant', async () => {
    const data = Buffer.concat([randomBytes(3 * BLOCK_BYTES), Buffer.alloc(2 * BLOCK_BYTES), randomBytes(77)]);
    const imported = await cli.run(
      ['disk', 'import', '-', '--size', '8MiB', '--name', 'streamed', '--zero-rest', '--json'],
      {
        input: data,
      },
    );
    expect(imported.stderr).toContain(`ended at ${sizeText(data.length)} of 8 MiB; the rest of the disk is zeros now`);
    expect(JSON.parse(imported.stdout)).toMatchObject({ writtenBlocks: 4, readBytes: data.length });
    const whole = Buffer.concat([data, Buffer.alloc(8 * 1024 * 1024 - data.length)]);
    await writeFile(cli.path('streamed.img'), whole);
    await cli.json('disk', 'export', 'streamed', cli.path('streamed.out'));
    expect(await sameContents(cli.path('streamed.img'), cli.path('streamed.out'))).toBe(true);

    const same = await cli.run(['disk', 'sync', 'streamed', '-', '--json'], { input: whole });
    expect(JSON.parse(same.stdout)).toMatchObject({ changed: false, transferredBytes: 0 });

    const shorter = data.subarray(0, BLOCK_BYTES + 5);
    const synced = await cli.run(['disk', 'sync', 'streamed', '-', '--zero-rest', '--json'], { input: shorter });
    expect(JSON.parse(synced.stdout)).toMatchObject({ writtenBlocks: 1, deduplicatedBytes: BLOCK_BYTES });
    await cli.json('disk', 'export', 'streamed', cli.path('streamed.out'), '--force');
    const now = await readFile(cli.path('streamed.out'));
    expect(now.equals(Buffer.concat([shorter, Buffer.alloc(8 * 1024 * 1024 - shorter.length)]))).toBe(true);
  });

  it.each([
    ['in the middle of a block', 2 * BLOCK_BYTES + 77],
    ['after a block', 2 * BLOCK_BYTES],
    ['in its last block', 4 * BLOCK_BYTES - 1],
    ['at once', 0],
  ])(
    'refuse standard input that ends %s, as a pipe does that broke off, and leave the disk as it was',
    async (_, bytes) => {
      const whole = Buffer.alloc(4 * BLOCK_BYTES, 'w');
      await writeFile(cli.path('piped-whole.img'), whole);
      const name = `short-${bytes}`;
      await cli.json('disk', 'import', cli.path('piped-whole.img'), '--name', name);
      const before = await cli.json('disk', 'show', name);
      const { code, stdout, stderr } = await cli.run(['disk', 'sync', name, '-'], { input: Buffer.alloc(bytes, 'x') });
      expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
      expect(stderr).toContain(`The source ended at ${sizeText(bytes)} of ${sizeText(whole.length)}.`);
      expect(stderr).toContain('has not changed');
      expect(stderr).toContain('--zero-rest');
      const { version, root } = await cli.json('disk', 'show', name);
      expect({ version, root }).toEqual({ version: before.version, root: before.root });
    },
  );

  it('refuse a file that ends before the disk, unless that is meant', async () => {
    await writeManyBlocks(cli.path('longer.img'), 4);
    await cli.json('disk', 'import', cli.path('longer.img'), '--name', 'longer');
    await writeFile(cli.path('shorter.img'), 'short');
    for (const words of [
      ['disk', 'sync', 'longer', 'shorter.img'],
      ['disk', 'import', 'shorter.img', '--disk', 'longer'],
    ]) {
      const { code, stderr } = await cli.run(words);
      expect({ code, stderr }).toMatchObject({ code: 4, stderr: expect.stringContaining('ended at 5 B of 2 MiB') });
    }
    expect((await cli.json('disk', 'show', 'longer')).version).toBe(1);
    const synced = await cli.json('disk', 'sync', 'longer', cli.path('shorter.img'), '--zero-rest');
    expect(synced).toMatchObject({ writtenBlocks: 1, trimmedBlocks: 3 });
  });

  it('make a disk larger than its file by --size, but not of a pipe that ends early: that disk waits for the next try', async () => {
    await writeFile(cli.path('grown.img'), 'grown');
    const grown = await cli.run(['disk', 'import', 'grown.img', '--size', '1M', '--name', 'grown']);
    expect(grown).toMatchObject({ code: 0, stderr: expect.stringContaining('ended at 5 B of 1 MiB') });

    const words = ['disk', 'import', '-', '--size', '1M', '--name', 'broken-off', '--json'];
    const broken = await cli.run(words, { input: Buffer.alloc(600_000, 'b') });
    expect(broken).toMatchObject({ code: 4, stdout: '' });
    const { error } = JSON.parse(broken.stderr.trim().split('\n').at(-1) as string);
    const { id, version, root } = await cli.json('disk', 'show', 'broken-off');
    expect({ version, root }).toEqual({ version: 0, root: 'empty' });
    expect(error).toMatchObject({ code: 'SourceTooShort', diskId: id, sourceBytes: 600_000, kept: 'KEPT' });
    expect(error.message).toContain(`varve disk delete ${id}`);
    const whole = await cli.run(words, { input: Buffer.alloc(1024 ** 2, 'b') });
    expect(JSON.parse(whole.stdout)).toMatchObject({ diskId: id, resumed: true });
  });

  it('never go on with a disk that has been put to another use since', async () => {
    const words = ['disk', 'import', '-', '--size', '1M', '--name', 'reused', '--json'];
    await cli.run(words, { input: Buffer.from('broken off') });
    await writeFile(cli.path('other-use.img'), Buffer.alloc(1024 ** 2, 'o'));
    const { diskId, root } = await cli.json('disk', 'sync', 'reused', cli.path('other-use.img'));
    const again = await cli.run(words, { input: Buffer.alloc(1024 ** 2, 'a') });
    expect(again.stderr).toContain(`Another disk is named 'reused' too (${diskId})`);
    expect(JSON.parse(again.stdout).diskId).not.toBe(diskId);
    expect((await cli.json('disk', 'show', diskId)).root).toBe(root);
  });

  it('write to standard output, holes and an odd end included', async () => {
    const data = Buffer.concat([
      Buffer.alloc(BLOCK_BYTES),
      Buffer.alloc(BLOCK_BYTES, 'x'),
      Buffer.alloc(1000),
      Buffer.from('end'),
    ]);
    await writeFile(cli.path('piped.img'), data);
    await cli.json('disk', 'import', cli.path('piped.img'), '--name', 'piped');
    const { stdout, stderr, code } = await cli.run(['disk', 'export', 'piped', '-']);
    expect(code, stderr).toBe(0);
    expect(Buffer.from(stdout, 'utf8').equals(data)).toBe(true);
  });

  it('send nothing that the service has, also within one image', async () => {
    const block = randomBytes(BLOCK_BYTES);
    await writeFile(cli.path('twice.img'), Buffer.concat([block, block, block]));
    const first = await cli.json('disk', 'import', cli.path('twice.img'), '--name', 'twice');
    expect(first).toMatchObject({
      transferredBytes: BLOCK_BYTES,
      deduplicatedBytes: 2 * BLOCK_BYTES,
      writtenBlocks: 3,
    });
    await writeFile(cli.path('again.img'), Buffer.concat([block, Buffer.alloc(5), block]));
    const again = await cli.json('disk', 'import', cli.path('again.img'), '--name', 'again');
    expect(again.deduplicatedBytes).toBe(BLOCK_BYTES);
  });

  it('turn what became zeros into holes', async () => {
    const image = cli.path('shrinking.img');
    await writeManyBlocks(image, 60);
    await cli.json('disk', 'import', image, '--name', 'shrinking');
    await truncate(image, 10 * BLOCK_BYTES);
    await truncate(image, 60 * BLOCK_BYTES);
    const synced = await cli.json('disk', 'sync', 'shrinking', image);
    expect(synced).toMatchObject({ writtenBlocks: 0, transferredBytes: 0 });
    expect(synced.trimmedBlocks).toBe(50);
    await cli.json('snapshot', 'create', 'shrinking', '--name', 'shrunken');
    expect(await cli.json('snapshot', 'diff', 'shrunken')).toMatchObject({ changedBytes: 10 * BLOCK_BYTES });
  });

  it.runIf(canMakeDevices)('take block devices on both ends (where this user may make loop devices)', async () => {
    const data = Buffer.concat([randomBytes(3 * BLOCK_BYTES), Buffer.alloc(BLOCK_BYTES)]);
    await writeFile(cli.path('source.dev'), data);
    await writeFile(cli.path('target.dev'), Buffer.alloc(6 * BLOCK_BYTES, 'x'));
    await withDevices([cli.path('source.dev'), cli.path('target.dev')], async ([source, target]) => {
      await cli.json('disk', 'import', source, '--name', 'device');
      expect(await cli.json('disk', 'show', 'device')).toMatchObject({ sizeBytes: data.length });
      expect((await cli.run(['disk', 'export', 'device', target])).code, 'without --force').toBe(4);
      expect(await cli.json('disk', 'export', 'device', target, '--force')).toMatchObject({ deduplicatedBytes: 0 });
      const again = await cli.json('disk', 'export', 'device', target, '--force');
      expect(again).toMatchObject({ transferredBytes: 0, deduplicatedBytes: 3 * BLOCK_BYTES });
    });
    const written = await readFile(cli.path('target.dev'));
    expect(written.subarray(0, data.length).equals(data)).toBe(true);
    expect(written.subarray(data.length).equals(Buffer.alloc(2 * BLOCK_BYTES, 'x')), 'what lies beyond stays').toBe(
      true,
    );
  });

  it('3.7: keep encrypted disks readable with their key alone', async () => {
    const image = cli.path('secret.img');
    await writeFile(image, randomBytes(2 * BLOCK_BYTES));
    await cli.json('disk', 'import', image, '--name', 'secret', '--key', KEY_ID);
    expect(await cli.json('disk', 'show', 'secret')).toMatchObject({ encrypted: true, encryption: { keyId: KEY_ID } });
    await cli.json('disk', 'export', 'secret', cli.path('secret.out'));
    expect(await sameContents(image, cli.path('secret.out'))).toBe(true);
    const without = { environment: { VARVE_KEY_FILE: cli.path('none.json') } };
    const refused = await cli.run(['disk', 'export', 'secret', cli.path('stolen.out')], without);
    expect(refused.code).toBe(7);
    await expect(stat(cli.path('stolen.out'))).rejects.toThrow('ENOENT');
  });

  it('3.7: encrypt a plain snapshot into a new disk by a copy', async () => {
    const image = cli.path('plain.img');
    await writeManyBlocks(image, 40);
    await cli.json('disk', 'import', image, '--name', 'plain');
    await cli.json('snapshot', 'create', 'plain', '--name', 'plain-snapshot');
    const disk = await cli.json('disk', 'create', 'sealed', '--snapshot', 'plain-snapshot', '--key', KEY_ID);
    expect(disk).toMatchObject({ status: 'AVAILABLE', encrypted: true, reencryption: null });
    await cli.json('disk', 'export', 'sealed', cli.path('sealed.out'));
    expect(await sameContents(image, cli.path('sealed.out'))).toBe(true);
  });
});

describe('9.1: two writers', () => {
  it('cannot overwrite each other unknowingly: one wins, the other is told', async () => {
    const [winning, losing] = [cli.path('winning.img'), randomBytes(20 * BLOCK_BYTES)];
    await writeManyBlocks(winning, 20);
    await cli.json('disk', 'create', 'contended', '--size', String(20 * BLOCK_BYTES));
    const slow = cli.start(['disk', 'sync', 'contended', '-', '--json'], { input: 'open' });
    slow.process.stdin?.write(losing);
    await until(() => isStored(losing.subarray(0, BLOCK_BYTES)), 'an upload of the slower one');
    await cli.json('disk', 'sync', 'contended', winning);
    slow.process.stdin?.end();
    const { code, stderr } = await slow.outcome;
    expect(code).toBe(4);
    expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({ error: { code: 'VersionConflict' } });
    await cli.json('disk', 'export', 'contended', cli.path('contended.out'));
    expect(await sameContents(winning, cli.path('contended.out'))).toBe(true);
  });

  const isStored = async (plain: Buffer): Promise<boolean> => {
    const id = blockIdOf(plain);
    for (let after = ''; ; ) {
      const { keys, more } = await cli.api.objects.list('objects/', { after, limit: 1000 });
      if (keys.some(({ key }) => key.endsWith(`/${id}`))) return true;
      if (!more) return false;
      after = keys.at(-1)?.key ?? '';
    }
  };
});
