import { readdir, stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BLOCK_BYTES } from '../../src/engine/block.ts';
import { type CliHarness, createCliHarness, sameContents, until, writeManyBlocks } from './harness.ts';

const BLOCKS = 1800; // enough for a draft, as a commit takes 1024

vi.setConfig({ testTimeout: 240_000 });

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
});
afterAll(() => cli.close());

/** The draft of the disk with this name, once something is committed to it. */
const draftOf = (name: string) =>
  until(async () => {
    const { disks } = await cli.account.call(
      'query($name: String) { disks(filter: { namePrefix: $name }) { nodes { id version root } } }',
      { name },
    );
    const [disk] = disks.nodes;
    if (!disk) return undefined;
    const { drafts } = await cli.account.call('query($id: ID!) { drafts(diskId: $id) { nodes { id version } } }', {
      id: disk.id,
    });
    const [draft] = drafts.nodes;
    return draft?.version > 0 && { disk, draft };
  }, 'a commit to the draft');

describe.each([
  ['kill -9', 'SIGKILL', null],
  ['Ctrl-C', 'SIGINT', 130],
] as const)('after %s', (what, signal, code) => {
  const name = `of-${signal.toLowerCase()}`;

  it('an import has left the disk as it was, and the next one goes on', async () => {
    const image = cli.path(`${name}.img`);
    await writeManyBlocks(image, BLOCKS);
    const started = cli.start(['disk', 'import', image, '--name', name]);
    const { disk } = await draftOf(name);
    started.process.kill(signal);
    const outcome = await started.outcome;
    expect(outcome.code).toBe(code);
    if (what === 'Ctrl-C') expect(outcome.stderr).toContain('Running the same command again goes on');

    expect(await cli.json('disk', 'show', disk.id)).toMatchObject({ version: 0, root: 'empty' });
    const next = await cli.json('disk', 'import', image, '--name', name);
    expect(next).toMatchObject({ diskId: disk.id, resumed: true, version: 1 });
    expect(next.deduplicatedBytes).toBeGreaterThan(0);
    expect(next.writtenBlocks).toBeLessThan(BLOCKS);
    await cli.json('disk', 'export', name, cli.path(`${name}.out`));
    expect(await sameContents(image, cli.path(`${name}.out`))).toBe(true);
    const { tags } = await cli.json('disk', 'show', name);
    expect(tags).toEqual([]);
  });

  it('an export has left no file of that name, and the next one goes on', async () => {
    const output = cli.path(`${name}.again`);
    const started = cli.start(['disk', 'export', name, output]);
    await until(async () => (await stat(`${output}.partial`).catch(() => undefined))?.blocks, 'the first block');
    started.process.kill(signal);
    expect((await started.outcome).code).toBe(code);
    expect(await readdir(cli.folder)).not.toContain(`${name}.again`);

    const next = await cli.json('disk', 'export', name, output);
    expect(next.resumed).toBe(true);
    expect(next.deduplicatedBytes + next.transferredBytes).toBe(BLOCKS * BLOCK_BYTES);
    expect(next.deduplicatedBytes).toBeGreaterThan(0);
    expect(await sameContents(output, cli.path(`${name}.img`))).toBe(true);
    expect(await readdir(cli.folder)).not.toContain(`${name}.again.partial`);
  });
});

it('an interrupted export of other contents is not gone on with', async () => {
  const [image, output] = [cli.path('other.img'), cli.path('mixed.out')];
  await writeManyBlocks(image, BLOCKS);
  const started = cli.start(['disk', 'export', 'of-sigint', output]);
  await until(async () => (await stat(`${output}.partial`).catch(() => undefined))?.blocks, 'the first block');
  started.process.kill('SIGKILL');
  await started.outcome;
  await cli.json('disk', 'sync', 'of-sigint', image);
  expect(await cli.json('disk', 'export', 'of-sigint', output)).toMatchObject({ resumed: false });
  expect(await sameContents(image, output)).toBe(true);
});
