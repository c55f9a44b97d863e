import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type CliHarness, createCliHarness } from './harness.ts';

vi.setConfig({ testTimeout: 120_000 });

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
  await writeFile(cli.path('some.img'), 'some bytes');
  await cli.json('disk', 'import', cli.path('some.img'), '--name', 'known');
  await cli.json('snapshot', 'create', 'known', '--name', 'first', '--description', 'of the first day', ...TAGS);
  await cli.json('image', 'create', 'first', 'golden', '--description', 'from the first', ...TAGS);
  await cli.json('policy', 'create', 'nightly', '--hours', '2', ...TAGS);
  await cli.json('policy', 'create', 'hourly', '--hours', '0-23');
  await cli.json('instance', 'create', 'web', '--system-size', '1M', ...TAGS);
});
afterAll(() => cli.close());

const TAGS = ['--tag', 'team=web', '--tag', 'stage=test', '--tag', 'owner=ann'];

const usage = async (...words: readonly string[]) => {
  const { code, stderr } = await cli.run([...words, '--json']);
  expect(code).toBe(2);
  return JSON.parse(stderr).error.message as string;
};

it.each([
  ['instance', 'web'],
  ['snapshot', 'first'],
  ['policy', 'nightly'],
  ['image', 'golden'],
])('2.1, 4.1, 5.1, 6.1: of one %s a tag is taken away, or all of them', async (kind, name) => {
  const change = (...words: readonly string[]) => cli.json(kind, 'update', name, ...words);
  expect((await change('--untag', 'stage')).tags).toEqual([
    { key: 'owner', value: 'ann' },
    { key: 'team', value: 'web' },
  ]);
  expect((await change('--untag', 'stage', '--untag', 'owner')).tags).toEqual([{ key: 'team', value: 'web' }]);
  expect((await change('--name', name)).tags).toHaveLength(1);
  expect((await change('--add-tag', 'stage=live', '--add-tag', 'team=db', '--untag', 'absent')).tags).toEqual([
    { key: 'stage', value: 'live' },
    { key: 'team', value: 'db' },
  ]);
  expect((await change('--no-tags')).tags).toEqual([]);
});

it('a second snapshot of one name is pointed out, as a name alone says no longer which is meant', async () => {
  const create = () => cli.run(['snapshot', 'create', 'known', '--name', 'twofold']);
  expect((await create()).stderr).toBe('');
  expect((await create()).stderr).toMatch(
    /^Another snapshot is named 'twofold' too \(s-\w+\): name this one by its id, s-\w+\.\n$/,
  );
});

it.each(['disk', 'snapshot', 'image', 'instance', 'policy'])(
  'a change of nothing to one %s is refused',
  async (kind) => {
    expect(await usage(kind, 'update', 'whatever')).toBe('Give at least one option that changes something.');
  },
);

it('one way to change tags is taken at a time', async () => {
  const change = (...words: readonly string[]) => usage('snapshot', 'update', 'first', ...words);
  expect(await change('--tag', 'a=b', '--untag', 'c')).toBe('Give --tag or --untag, not both.');
  expect(await change('--tag', 'a=b', '--no-tags')).toBe('Give --tag or --no-tags, not both.');
  expect(await change('--no-tags', '--add-tag', 'a=b')).toBe('Give --no-tags or --add-tag, not both.');
  expect(await change('--add-tag', '=b')).toContain('--add-tag');
});

it.each([
  ['snapshot', 'first', 'of the first day'],
  ['image', 'golden', 'from the first'],
])('4.1, 6.1: the description of one %s is changed and taken away', async (kind, name, before) => {
  const change = (...words: readonly string[]) => cli.json(kind, 'update', name, ...words);
  expect((await change('--name', 'renamed')).description).toBe(before);
  expect(await cli.json(kind, 'update', 'renamed', '--name', name, '--description', 'of old')).toMatchObject({
    name,
    description: 'of old',
  });
  expect((await change('--no-description')).description).toBe(null);
  const both = ['--description', 'new', '--no-description'];
  expect(await usage(kind, 'update', name, ...both)).toBe('Give --description or --no-description, not both.');
});

it('3.1, 3.8: of a disk its name, its tags and what goes with it are changed', async () => {
  const change = (...words: readonly string[]) => cli.json('disk', 'update', 'plain', ...words);
  const made = await cli.json('disk', 'create', 'plain', '--size', '1M', ...TAGS);
  expect(made).toMatchObject({ deleteAutoSnapshots: false, deleteWithInstance: false });
  const on = { deleteAutoSnapshots: true, deleteWithInstance: true };
  expect(await change('--delete-auto-snapshots', '--delete-with-instance')).toEqual({ ...made, ...on });
  expect(await change('--untag', 'team', '--untag', 'owner')).toEqual({
    ...made,
    ...on,
    tags: [{ key: 'stage', value: 'test' }],
  });
  expect(await change('--keep-auto-snapshots', '--keep-with-instance', '--no-tags')).toEqual({ ...made, tags: [] });
  expect((await change('--name', 'other')).name).toBe('other');
  const both = ['--delete-auto-snapshots', '--keep-auto-snapshots'];
  const message = 'Give --delete-auto-snapshots or --keep-auto-snapshots, not both.';
  expect(await usage('disk', 'update', 'other', ...both)).toBe(message);
});

it('5.3: a disk that no run would take a snapshot of comes under a policy with word of it', async () => {
  const { id } = await cli.json('disk', 'show', 'known');
  const { systemDisk } = await cli.json('instance', 'show', 'web');
  const { stdout } = await cli.run(['policy', 'apply', 'nightly', id, systemDisk.id]);
  expect(stdout).toBe(
    `${id} is under nightly. It is AVAILABLE: snapshots begin once it is attached.\n${systemDisk.id} is under nightly.\n`,
  );
  await cli.json('policy', 'cancel', id, systemDisk.id);
});

it('3.8: a data disk that is kept after all is detached when its instance is released', async () => {
  await cli.json('instance', 'create', 'desk', '--system-size', '1M', '--data-disk', 'work:1M', '--stopped');
  const { id } = await cli.json('disk', 'update', 'work', '--keep-with-instance');
  expect((await cli.json('instance', 'release', 'desk')).detachedDiskIds).toEqual([id]);
});

it('3.1, 3.6: a disk is made of a category, or paid in advance and paid for longer', async () => {
  const create = (name: string, ...words: readonly string[]) =>
    cli.json('disk', 'create', name, '--size', '1M', ...words);
  expect(await create('shared', '--category', 'SHARED', '--delete-with-instance')).toMatchObject({
    category: 'SHARED',
    chargeType: 'POSTPAID',
    expiresAt: null,
    deleteWithInstance: true,
  });
  await create('scratch', '--category', 'LOCAL');
  const refused = await cli.run(['snapshot', 'create', 'scratch', '--json']);
  expect(JSON.parse(refused.stderr).error.code).toBe('UnsupportedDiskCategory');
  const [until, later] = ['2098-12-31T00:00:00.000Z', '2099-01-31T00:00:00.000Z'];
  const paid = await create('paid', '--prepaid-until', until);
  expect(paid).toMatchObject({ category: 'CLOUD', chargeType: 'PREPAID', expiresAt: until });
  expect(await cli.json('disk', 'update', 'paid', '--prepaid-until', later)).toEqual({ ...paid, expiresAt: later });
  expect((await cli.run(['disk', 'show', 'paid'])).stdout).toMatch(
    /Paid until: +2099-01-31 00:00 UTC \(in \d+ years\)\n/,
  );
  expect(await usage('disk', 'update', 'paid', '--prepaid-until', until)).toContain('--prepaid-until: must not be');
  expect(await usage('disk', 'update', 'known', '--prepaid-until', until)).toContain('--prepaid-until: is for');
  expect(await usage('disk', 'create', 'late', '--size', '1M', '--prepaid-until', 'never')).toContain(
    '--prepaid-until: ',
  );
});

it('2.2, 5.2: each disk of a new instance comes under the policy given for it, else under the one for all', async () => {
  const policyOf = async ({ id }: { id: string }) => (await cli.json('disk', 'show', id)).policy?.name ?? null;
  const create = async (name: string, ...words: readonly string[]) => {
    const made = await cli.json('instance', 'create', name, '--system-size', '1M', '--stopped', ...words);
    return { made, policies: await Promise.all([made.systemDisk, ...made.dataDisks].map(policyOf)) };
  };
  const disks = ['--data-disk', 'a:b:1M', '--data-disk', 'log:2M:hourly', '--data-disk', '3M:hourly'];
  const { made, policies } = await create('all', '--policy', 'nightly', ...disks);
  expect(policies).toEqual(['nightly', 'nightly', 'hourly', 'hourly']);
  const names = made.dataDisks.map(({ name, sizeBytes }: { name: string; sizeBytes: number }) => [name, sizeBytes]);
  expect(names.slice(0, 2)).toEqual([
    ['a:b', 1 << 20],
    ['log', 2 << 20],
  ]);
  const some = await create('some', '--system-policy', 'hourly', '--data-disk', '1M', '--data-disk', '1M:nightly');
  expect(some.policies).toEqual(['hourly', null, 'nightly']);
  expect(await usage('instance', 'create', 'x', '--system-size', '1M', '--data-disk', 'a:1M:')).toContain('logs:20G');
});

it('2.4: a new system disk comes under the policy that is given, and under none otherwise', async () => {
  await cli.json('instance', 'create', 'fresh', '--system-size', '1M', '--stopped', '--policy', 'nightly');
  for (const [words, policy] of [
    [['--policy', 'hourly'], { name: 'hourly' }],
    [[], null],
  ] as const) {
    const replace = ['instance', 'replace-system-disk', 'fresh', '--system-size', '1M', ...words];
    const { instance } = await cli.json(...replace);
    const disk = await cli.json('disk', 'show', instance.systemDisk.id);
    if (policy === null) expect(disk.policy).toBe(null);
    else expect(disk.policy).toMatchObject(policy);
  }
});
