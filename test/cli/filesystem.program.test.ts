import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CliHarness, createCliHarness, sameContents } from './harness.ts';

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
});
afterAll(() => cli.close());

const tool = (name: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(name, args, {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
  });
  expect(status, `${name}: ${stdout}${stderr}`).toBe(0);
};
const writeInto = (image: string, name: string, contents: string) => {
  writeFileSync(cli.path(name), contents);
  tool('debugfs', '-w', '-R', `write ${cli.path(name)} ${name}`, image);
};

it('9.2: a real filesystem goes in, changes, is rolled back and comes out bit for bit', {
  timeout: 120_000,
}, async () => {
  const image = cli.path('root.img');
  const first = cli.path('first.img');
  tool('mke2fs', '-q', '-F', '-t', 'ext4', '-d', import.meta.dirname, image, '96M');
  tool('cp', '--sparse=always', image, first);

  const imported = await cli.json('disk', 'import', image, '--name', 'root');
  expect(imported).toMatchObject({ changed: true, resumed: false, version: 1 });
  const before = await cli.json('snapshot', 'create', 'root', '--name', 'before');
  expect(before).toMatchObject({ status: 'ACCOMPLISHED', type: 'FULL', sourceDisk: { id: imported.diskId } });

  writeInto(image, 'note.txt', 'written after the first snapshot');
  const synced = await cli.json('disk', 'sync', 'root', image);
  expect(synced.writtenBlocks).toBeGreaterThan(0);
  expect(synced.writtenBlocks).toBeLessThan(imported.writtenBlocks);
  const after = await cli.json('snapshot', 'create', 'root', '--name', 'after');
  expect(after.type).toBe('INCREMENTAL');
  const diff = await cli.json('snapshot', 'diff', 'before', 'after');
  expect(diff.changedBytes).toBe((synced.writtenBlocks + synced.trimmedBlocks) * 524288);
  expect(await cli.json('disk', 'sync', 'root', image)).toMatchObject({ changed: false, transferredBytes: 0 });

  const dry = await cli.json('snapshot', 'rollback', 'before', '--dry-run');
  expect(dry).toMatchObject({ dryRun: true, refusals: [], disk: { version: 2 } });
  await cli.json('snapshot', 'rollback', 'before');
  await cli.json('disk', 'create', 'copy', '--snapshot', 'after');

  for (const [id, of, expected] of [
    ['disk', 'root', first],
    ['snapshot', 'before', first],
    ['snapshot', 'after', image],
    ['disk', 'copy', image],
  ] as const) {
    const output = cli.path(`${id}-${of}.out`);
    await cli.json(id, 'export', of, output);
    expect(await sameContents(output, expected)).toBe(true);
    tool('e2fsck', '-fn', output);
    const { blocks, size } = await stat(output);
    expect(blocks * 512, 'holes stay holes').toBeLessThan(size / 2);
  }
  const chain = await cli.json('chain', 'show', 'root');
  expect(chain.nodes.map(({ snapshot }: { snapshot: { name: string } }) => snapshot.name)).toEqual(['before', 'after']);
});
