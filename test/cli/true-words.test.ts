import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CliHarness, createCliHarness } from './harness.ts';

vi.setConfig({ testTimeout: 120_000 });

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
  await cli.json('policy', 'create', 'nightly', '--hours', '2');
  for (const name of ['idle', 'other']) await cli.json('disk', 'create', name, '--size', '1M');
  await cli.json('instance', 'create', 'web', '--system-size', '1M', '--stopped', '--data-disk', 'used:1M:nightly');
});
afterAll(() => cli.close());

const linesOf = async (...words: readonly string[]) => {
  const { code, stdout, stderr } = await cli.run(words);
  expect(code, stderr).toBe(0);
  return stdout.split('\n');
};
const factOf = async (name: string, ...words: readonly string[]) =>
  (await linesOf(...words))
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim();

describe('5.3: a policy over disks that are not IN_USE', () => {
  it('says at once, with the policy and with the disk that it takes no snapshots of them', async () => {
    expect(await factOf('Disks', 'policy', 'show', 'nightly')).toBe('1');
    expect(await factOf('Policy', 'disk', 'show', 'used')).toBe('nightly');
    const applied = await linesOf('policy', 'apply', 'nightly', 'idle', 'used');
    expect(applied[0]).toBe('idle is under nightly. It is AVAILABLE: snapshots begin once it is attached.');
    expect(applied[1]).toBe('used is under nightly.');
    expect(await factOf('Disks', 'policy', 'show', 'nightly')).toBe(
      '2; 1 is not IN_USE, and no snapshots are taken of it',
    );
    expect(await factOf('Policy', 'disk', 'show', 'idle')).toBe(
      'nightly, which takes no snapshots of it while it is AVAILABLE',
    );
    await linesOf('policy', 'apply', 'nightly', 'other');
    expect(await factOf('Disks', 'policy', 'show', 'nightly')).toBe(
      '3; 2 are not IN_USE, and no snapshots are taken of them',
    );
  });
});

it('5.1: the list of policies has hours and the next run on the clocks of its zone', async () => {
  await cli.json('policy', 'create', 'far', '--hours', '2', '--time-zone', 'Asia/Kathmandu');
  const [head] = await linesOf('policy', 'list');
  expect(head).toMatch(/ HOURS .* NEXT RUN .*ZONE$/);
  expect(await linesOf('policy', 'list', '--columns', 'hours,next-run,zone', '--no-header')).toContainEqual(
    expect.stringMatching(/^2 +\d{4}-\d\d-\d\d 02:00 .*Asia\/Kathmandu$/),
  );
});

describe('usage without samples', () => {
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

  it.each([
    { span: ['--from', day(-30), '--to', day(-20)], says: 'There are no samples of this time.' },
    { span: ['--from', day(2), '--to', day(3)], says: 'No samples: this time has not come yet.' },
    { span: [], says: 'No samples of this time yet: the first comes within the hour.' },
    { span: ['--from', day(-3)], says: 'No samples of this time yet: the first comes within the hour.' },
  ])('$span says: $says', async ({ span, says }) => {
    expect(await linesOf('usage', ...span)).toContain(says);
  });
});

it('4.4: a snapshot of a disk that nobody held open speaks of no writer', async () => {
  const words = 'what was committed to the disk at that instant';
  expect(await factOf('Contents', 'snapshot', 'create', 'idle', '--name', 'first')).toBe(words);
  expect(await factOf('Contents', 'snapshot', 'show', 'first')).toBe(words);
});
