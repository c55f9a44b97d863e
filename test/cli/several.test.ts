import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CliHarness, createCliHarness } from './harness.ts';

vi.setConfig({ testTimeout: 120_000 });

let cli: CliHarness;
let web: string;
let data: string;
beforeAll(async () => {
  cli = await createCliHarness();
  web = (await cli.json('disk', 'create', 'web', '--size', '1M')).id;
  data = (await cli.json('disk', 'create', 'data', '--size', '1M')).id;
  await cli.json('disk', 'create', 'twin', '--size', '1M');
  await cli.json('disk', 'create', 'twin', '--size', '1M');
  await cli.json('policy', 'create', 'nightly', '--hours', '2');
  for (const name of ['same', 'same', 'used']) await cli.json('snapshot', 'create', 'web', '--name', name);
  await cli.json('disk', 'create', 'clone', '--snapshot', 'used');
});
afterAll(() => cli.close());

const NOBODY = 'd-00000000000000000000';
const errorsOf = (results: readonly { readonly error: { readonly code: string } | null }[]) =>
  results.map(({ error }) => error?.code ?? null);

/** What is done for `web` and `data` in spite of the others, in which order, and how it ends. */
const MIXED = [
  { words: ['web', 'nobody'], codes: [null, 'NotFound'], exit: 3, says: '1 of 2' },
  { words: ['nobody', 'web', 'data'], codes: ['NotFound', null, null], exit: 3, says: '1 of 3' },
  { words: ['twin', 'web', 'nobody'], codes: ['AmbiguousName', null, 'NotFound'], exit: 2, says: '2 of 3' },
  { words: [NOBODY, 'nobody', 'web'], codes: ['NotFound', 'NotFound', null], exit: 3, says: '2 of 3' },
  { words: ['nobody'], codes: ['NotFound'], exit: 3, says: 'The disk' },
  { words: ['web', 'web'], codes: [null], exit: 0, says: '' },
];

describe('of several, one that does not exist keeps none of the others:', () => {
  it.each(MIXED)('policy apply and cancel $words', async ({ words, codes, exit, says }) => {
    for (const command of [
      ['policy', 'apply', 'nightly'],
      ['policy', 'cancel'],
    ]) {
      const { code, stdout, stderr } = await cli.run([...command, ...words, '--json']);
      expect(code, stderr).toBe(exit);
      const { results } = JSON.parse(stdout);
      expect(errorsOf(results)).toEqual(codes);
      const done = results.filter(({ error }: { error: unknown }) => error === null);
      expect(done.map(({ applied, cancelled }: Record<string, boolean>) => applied ?? cancelled)).toEqual(
        done.map(() => true),
      );
      expect(done.map(({ diskId }: { diskId: string }) => diskId)).toEqual([web, data].slice(0, done.length));
      if (exit !== 0) expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error.message).toContain(says);
    }
  });

  it.each([
    { words: ['s1', 'nobody'], codes: [null, 'NotFound'], exit: 3 },
    { words: ['nobody', 's2', 'same'], codes: ['NotFound', null, 'AmbiguousName'], exit: 3 },
    { words: ['same', 's3', 'used'], codes: ['AmbiguousName', null, 'SnapshotUsedByDisk'], exit: 2 },
    { words: ['nobody', 'no-one'], codes: ['NotFound', 'NotFound'], exit: 3 },
  ])('snapshot delete $words, and its preview', async ({ words, codes, exit }) => {
    const good = words.filter((_, at) => codes[at] === null);
    for (const name of good) await cli.json('snapshot', 'create', 'data', '--name', name);
    const preview = await cli.run(['snapshot', 'delete', ...words, '--preview', '--json']);
    expect(preview.code, preview.stderr).toBe(exit);
    expect(errorsOf(JSON.parse(preview.stdout).results)).toEqual(codes);
    const { code, stdout } = await cli.run(['snapshot', 'delete', ...words, '--json']);
    expect(code).toBe(exit);
    expect(errorsOf(JSON.parse(stdout).results)).toEqual(codes);
    const { snapshots } = await cli.json('snapshot', 'list', '--disk', 'data');
    expect(snapshots).toEqual([]);
  });

  it('people read a line for each, and how many were refused', async () => {
    await cli.json('snapshot', 'create', 'web', '--name', 'monday');
    const deleted = await cli.run(['snapshot', 'delete', 's-nope', 'monday']);
    expect(deleted.stdout).toMatch(/^There is no snapshot 's-nope'\. \(NotFound\)\nDeleted s-\w{20}\.\n$/);
    expect(deleted.stderr).toMatch(/^varve: 1 of 2 snapshots was not deleted \(NotFound\)\.\nvarve snapshot list /);
    const applied = await cli.run(['policy', 'apply', 'nightly', 'web', 'd-nope']);
    expect(applied.stdout).toContain('web is under nightly.');
    expect(applied.stdout).toContain("There is no disk 'd-nope'. (NotFound)\n");
    expect(applied.stderr).toMatch(/^varve: 1 of 2 disks stayed as it was \(NotFound\)\.\nvarve disk list /);
  });
});
