import { appendFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { sizeText } from '../../src/platform/size-text.ts';
import { BAD_MEDIUM_PROGRAMS, openBadMedium } from '../support/bad-medium.ts';
import { startHttp } from '../support/http.ts';
import { describeWith } from '../support/programs.ts';
import { imageOf } from '../support/upload-scene.ts';
import { type CliHarness, createCliHarness, type Outcome, until } from './harness.ts';

vi.setConfig({ testTimeout: 240_000 });

const SIZE = 4 * BLOCK_BYTES;

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
});
afterAll(() => cli.close());

const errorOf = ({ stderr }: Outcome) => JSON.parse(stderr.trim().split('\n').at(-1) as string).error;
const importPipe = (input: Buffer, ...more: readonly string[]) =>
  cli.run(['disk', 'import', '-', ...more, '--json'], { input });

describe('9.2: a pipe', () => {
  it.each([
    ['that had a name', ['--name', 'web']],
    ['that had none', []],
  ])('without a name never goes on with the disk of one that broke off, %s', async (_, name) => {
    const size = ['--size', String(SIZE)];
    const broken = await importPipe(Buffer.alloc(BLOCK_BYTES, 'a'), ...size, ...name);
    expect(errorOf(broken)).toMatchObject({ code: 'SourceTooShort' });
    const { diskId } = errorOf(broken);
    const other = await importPipe(Buffer.alloc(SIZE, 'b'), ...size);
    expect(JSON.parse(other.stdout)).toMatchObject({ resumed: false, writtenBlocks: 4 });
    expect(JSON.parse(other.stdout).diskId).not.toBe(diskId);
    expect(await cli.json('disk', 'show', diskId)).toMatchObject({ version: 0, root: 'empty' });
  });

  it('goes on with the disk that it names, which is what the failure of the first says', async () => {
    const broken = await importPipe(Buffer.alloc(BLOCK_BYTES, 'a'), '--size', String(SIZE));
    const { diskId, message } = errorOf(broken);
    expect(message).toContain(`varve disk import - --disk ${diskId} uses it`);
    expect((await cli.json('disk', 'show', diskId)).tags).toEqual([]);
    const again = await importPipe(Buffer.alloc(SIZE, 'a'), '--disk', diskId);
    expect(JSON.parse(again.stdout)).toMatchObject({ diskId, resumed: true, version: 1 });
  });
});

describe('a file', () => {
  const named = '0123456789abcdefghjk';
  it.each([
    ['tab\there.img', null],
    ['line\nend.img', null],
    ['escape\x1b[31m.img', null],
    ['direction\u202e.img', null],
    ['back\\slash.img', 'back\\slash.img'],
    ['u\u0308ber.img', '\u00fcber.img'],
    [`d-${named}`, null],
    ['http:', null],
    ['1st.img', null],
    ['x', null],
    ['plain.img', 'plain.img'],
  ])('is imported whatever its name: %j', async (name, diskName) => {
    await writeFile(cli.path(name), name);
    const { diskId } = await cli.json('disk', 'import', cli.path(name));
    expect(await cli.json('disk', 'show', diskId)).toMatchObject({ name: diskName ?? diskId, tags: [] });
    expect(await cli.json('disk', 'sync', diskId, cli.path(name))).toMatchObject({ changed: false });
  });

  const tags = (count: number) => Array.from({ length: count }, (_, at) => ['--tag', `key${at}=value`]).flat();

  it('is imported with as many tags as a disk can have', async () => {
    await writeFile(cli.path('tagged.img'), 'tagged');
    const { diskId } = await cli.json('disk', 'import', cli.path('tagged.img'), ...tags(50));
    const keys = (await cli.json('disk', 'show', diskId)).tags.map(({ key }: { key: string }) => key);
    expect(keys.sort()).toEqual(Array.from({ length: 50 }, (_, at) => `key${at}`).sort());
  });

  it('keeps the tags that the disk gets during the import', async () => {
    const words = ['disk', 'import', '-', '--size', '1M', '--name', 'slow', '--tag', 'team=web'];
    const { process: importing, outcome } = cli.start(words, { input: 'open' });
    const { id } = await until(async () => {
      const { disks } = await cli.json('disk', 'list', '--name', 'slow');
      return disks[0] as { id: string } | undefined;
    }, 'the disk');
    await cli.json('disk', 'update', id, '--add-tag', 'stage=test');
    importing.stdin?.end(Buffer.alloc(1 << 20, 'x'));
    expect((await outcome).code).toBe(0);
    expect((await cli.json('disk', 'show', id)).tags).toEqual([
      { key: 'stage', value: 'test' },
      { key: 'team', value: 'web' },
    ]);
  });

  it.each([
    ['more tags than that', tags(51), '--tag: a disk can have 50 tags, not 51.'],
    ['the tag of the import itself', ['--tag', 'varve:import=x'], '--tag: varve:import is the tag of'],
  ])('is not imported with %s', async (_, words, message) => {
    await writeFile(cli.path('tagged.img'), 'tagged');
    const refused = await cli.run(['disk', 'import', cli.path('tagged.img'), ...words, '--json']);
    expect({ code: refused.code, error: errorOf(refused) }).toMatchObject({
      code: 2,
      error: { code: 'Usage', message: expect.stringContaining(message) },
    });
  });

  it('7.3: that only looks like an image of another format is refused before a disk is made of it', async () => {
    await writeFile(cli.path('guest.img'), Buffer.concat([Buffer.from('QFI\xfb', 'latin1'), Buffer.alloc(1000, 'x')]));
    const refused = await cli.run(['disk', 'import', cli.path('guest.img'), '--json']);
    expect({ code: refused.code, error: errorOf(refused) }).toMatchObject({ code: 4, error: { code: 'SourceFormat' } });
    expect((await cli.json('disk', 'list', '--name', 'guest')).disks).toEqual([]);
    const { diskId } = await cli.json('disk', 'import', cli.path('guest.img'), '--format', 'raw');
    expect(await cli.json('disk', 'show', diskId)).toMatchObject({ sizeBytes: 1004 });
    expect(await cli.json('disk', 'sync', diskId, cli.path('guest.img'))).toMatchObject({ changed: false });
  });

  it('9.7: that grows while it is imported is refused, and taken with --allow-change', async () => {
    const path = cli.path('growing.img');
    await writeFile(path, imageOf(4));
    let growing = true;
    const server = await startHttp(async (event) => {
      if (growing && event.body?.includes('prepareUpload')) await appendFile(path, 'more');
      return cli.api.invoke(event);
    });
    const environment = { VARVE_ENDPOINT: server.url };
    try {
      const words = ['disk', 'import', path, '--name', 'growing', '--size', String(SIZE + 4096), '--json'];
      const refused = await cli.run(words, { environment });
      const error = errorOf(refused);
      expect(error).toMatchObject({ code: 'SourceChanged', path, changes: ['GREW', 'WRITTEN'] });
      expect(error.hint).toContain('--allow-change');
      expect(refused.code).toBe(4);
      expect(await cli.json('disk', 'show', error.diskId)).toMatchObject({ version: 0, root: 'empty' });
      const taken = await cli.run([...words, '--allow-change'], { environment });
      expect(taken.stderr).toContain('The source changed while it was read: it grew, it was written to.');
      expect(JSON.parse(taken.stdout)).toMatchObject({ sourceChanges: ['GREW', 'WRITTEN'], changed: true });
      growing = false;
      const quiet = await cli.run(['disk', 'sync', JSON.parse(taken.stdout).diskId, path, '--zero-rest', '--json']);
      expect(JSON.parse(quiet.stdout)).toMatchObject({ sourceChanges: [] });
    } finally {
      await server.close();
    }
  });
});

describeWith(BAD_MEDIUM_PROGRAMS, '9.7: a file that cannot be read everywhere', () => {
  const lost = { offsetBytes: BLOCK_BYTES, lengthBytes: 4096 };

  it('is refused with a hint, or taken with zeros that every command tells of', async () => {
    await writeFile(cli.path('bad.img'), imageOf(4));
    await using medium = await openBadMedium(cli.path('bad.img'), [lost]);
    const refused = await cli.run(['disk', 'import', medium.path, '--name', 'bad', '--json']);
    const { code, offsetBytes, hint } = errorOf(refused);
    expect({ code, offsetBytes }).toEqual({ code: 'SourceUnusable', offsetBytes: BLOCK_BYTES });
    expect(hint).toContain('--on-read-error zero');

    const words = ['disk', 'import', medium.path, '--name', 'bad', '--on-read-error', 'zero'];
    const taken = await cli.run([...words, '--json']);
    const sum = { count: 1, bytes: 4096 };
    expect(JSON.parse(taken.stdout)).toMatchObject({ unreadable: { ...sum, ranges: [lost] } });
    const told = '1 range of the source, 4.00 KiB, could not be read and is zeros';
    expect(taken.stderr).toContain(told);
    await cli.json('snapshot', 'create', 'bad', '--name', 'bad-snapshot');
    for (const [kind, name] of [
      ['disk', 'bad'],
      ['snapshot', 'bad-snapshot'],
    ] as const) {
      expect(await cli.json(kind, 'show', name)).toMatchObject({ unreadable: { ...sum, ranges: [lost] } });
      const shown = (await cli.run([kind, 'show', name])).stdout;
      expect(shown).toContain(told);
      expect(shown).toContain(`Unreadable at offset ${sizeText(BLOCK_BYTES)}: 4 KiB`);
      expect((await cli.run([kind, 'export', name, `${name}.out`])).stderr).toContain(told);
    }
    const again = await cli.run(['disk', 'sync', 'bad', medium.path, '--on-read-error', 'zero']);
    expect(again.stdout).toContain(`Unreadable at offset ${sizeText(BLOCK_BYTES)}: 4 KiB`);
    await cli.json('disk', 'sync', 'bad', cli.path('bad.img'));
    expect(await cli.json('disk', 'show', 'bad')).toMatchObject({ unreadable: null });
  });
});

it.each([[['disk', 'import', '-', '--size', '1M']], [['disk', 'sync', 'any', '-']]])(
  '9.7: a pipe cannot be read around a place: %j',
  async (words) => {
    const refused = await cli.run([...words, '--on-read-error', 'zero', '--json']);
    expect({ code: refused.code, error: errorOf(refused) }).toMatchObject({
      code: 2,
      error: { code: 'Usage', message: expect.stringContaining('needs a file or device') },
    });
  },
);

describe('an API key', () => {
  it.each([
    ['by the environment', (key: string) => ({ words: ['status'], environment: { VARVE_API_KEY: key } })],
    ['by an option', (key: string) => ({ words: ['status', '--api-key', key], environment: {} })],
  ])('given %s may have a line end behind it, as one from a file has, but nothing inside', async (_, give) => {
    const good = give(`${cli.account.key}\n`);
    expect((await cli.run(good.words, { environment: good.environment })).code).toBe(0);
    const bad = give(`${cli.account.key.slice(0, 5)}\n${cli.account.key.slice(5)}`);
    const refused = await cli.run([...bad.words, '--json'], { environment: bad.environment });
    expect({ code: refused.code, error: errorOf(refused) }).toMatchObject({ code: 2, error: { code: 'Usage' } });
    expect(refused.stderr).not.toContain(cli.account.key.slice(5));
  });
});
