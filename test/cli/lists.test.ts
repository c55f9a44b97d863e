import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepListing } from '../../src/service/listing/sweep.ts';
import type { Told } from '../support/api.ts';
import { createInstance } from '../support/instances.ts';
import { createDisk, createSnapshot, GIB } from '../support/operations.ts';
import { createPolicy } from '../support/policies.ts';
import { type CliHarness, createCliHarness } from './harness.ts';

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
  const { account, api } = cli;
  const policy = await createPolicy(account, { name: 'nightly' });
  await createInstance(account, { name: 'web', systemDisk: { sizeBytes: GIB, name: 'root', policyId: policy.id } });
  const loose = await createDisk(account, { name: 'loose', tags: [{ key: 'team', value: 'red' }] });
  const { disks } = await cli.json('disk', 'list', '--name', 'root');
  await createSnapshot(account, disks[0].id, { name: 'of root', retentionDays: 5 });
  const used = await createSnapshot(account, loose.id, { name: 'used', tags: [{ key: 'team', value: 'blue' }] });
  await createDisk(account, { name: 'clone', snapshotId: used.id });
  const image = ['image', 'create', used.id];
  await cli.json(...image, 'gold', '--tag', 'team=blue');
  await cli.json(...image, 'bronze');
  await createPolicy(account, { name: 'weekly', tags: [{ key: 'team', value: 'red' }] });
  await cli.json('policy', 'update', 'weekly', '--pause');
  await sweepListing(api.service, Number.POSITIVE_INFINITY);
});
afterAll(() => cli.close());

const namesOf = (objects: Told[]): string[] => objects.map(({ name }) => name);
const snapshots = async (...options: string[]) => namesOf((await cli.json('snapshot', 'list', ...options)).snapshots);
const disks = async (...options: string[]) => namesOf((await cli.json('disk', 'list', ...options)).disks);

describe('11.1: lists of the command line', () => {
  it.each<[string[], string[]]>([
    [[], ['used', 'of root']],
    [
      ['--kind', 'MANUAL'],
      ['used', 'of root'],
    ],
    [['--kind', 'AUTO'], []],
    [['--status', 'FAILED'], []],
    [['--usage', 'DISK'], []],
    [['--usage', 'IMAGE_AND_DISK'], ['used']],
    [['--usage', 'NONE'], ['of root']],
    [['--tag', 'team=blue'], ['used']],
    [['--tag', 'team'], ['used']],
    [['--tag', 'team=red'], []],
    [['--instance', 'web'], ['of root']],
    [['--instance', 'web', '--name', 'of'], ['of root']],
    [['--disk', 'loose'], ['used']],
    [['--expires-before', '2999-01-01'], ['of root']],
    [['--expires-before', '2020-01-01'], []],
  ])('11.1 snapshot list %j', async (options, expected) => {
    expect(await snapshots(...options)).toEqual(expected);
  });

  it.each<[string[], string[]]>([
    [['--without-policy'], ['clone', 'loose']],
    [['--tag', 'team=red'], ['loose']],
    [['--tag', 'team'], ['loose']],
    [['--instance', 'web'], ['root']],
    [['--kind', 'SYSTEM'], ['root']],
    [['--name', 'c'], ['clone']],
    [['--without-policy', '--tag', 'team=red'], ['loose']],
    [['--encrypted'], []],
    [['--category', 'SHARED'], []],
    [['--created-from', '2999-01-01'], []],
    [
      ['--sort', 'name'],
      ['clone', 'loose', 'root'],
    ],
    [
      ['--sort', 'name', '--reverse'],
      ['root', 'loose', 'clone'],
    ],
    [['--reverse'], ['root', 'loose', 'clone']],
  ])('11.1 disk list %j', async (options, expected) => {
    expect(await disks(...options)).toEqual(expected);
  });

  it.each<[string, string[], string[]]>([
    ['snapshot', ['--sort', 'name'], ['of root', 'used']],
    ['snapshot', ['--sort', 'end'], ['of root']],
    ['snapshot', ['--reverse'], ['of root', 'used']],
    ['snapshot', ['--created-before', '2000-01-01'], []],
    ['image', [], ['bronze', 'gold']],
    ['image', ['--tag', 'team=blue'], ['gold']],
    ['image', ['--snapshot', 'used', '--sort', 'name', '--reverse'], ['gold', 'bronze']],
    ['image', ['--shared'], []],
    ['image', ['--name', 'g'], ['gold']],
    ['policy', ['--status', 'PAUSED'], ['weekly']],
    ['policy', ['--tag', 'team'], ['weekly']],
    ['policy', ['--sort', 'name'], ['nightly', 'weekly']],
    ['instance', ['--disk', 'root'], ['web']],
    ['instance', ['--kind', 'HOST'], []],
    ['instance', ['--created-from', '2000-01-01'], ['web']],
  ])('11.1 %s list %j', async (noun, options, expected) => {
    const answer: Told = await cli.json(noun, 'list', ...options);
    expect(namesOf(answer[noun === 'policy' ? 'policies' : `${noun}s`])).toEqual(expected);
  });

  it('11.1 job list --status --kind', async () => {
    const jobs = async (...options: string[]) => (await cli.json('job', 'list', ...options)).jobs.length;
    const doomed = await createDisk(cli.account, { name: 'doomed' });
    await cli.json('disk', 'delete', doomed.id);
    expect(await jobs('--kind', 'RELEASE_DISK')).toBe(1);
    expect(await jobs('--kind', 'ROLLBACK_DISK')).toBe(0);
    await cli.api.settle();
    await cli.json('job', 'wait', (await cli.json('job', 'list')).jobs[0].id);
    expect(await jobs('--kind', 'RELEASE_DISK', '--status', 'SUCCEEDED')).toBe(1);
    expect(await jobs('--kind', 'RELEASE_DISK', '--status', 'PENDING')).toBe(0);
  });

  it.each([
    ['image', 'list', '--shared-with-me', '--encrypted'],
    ['policy', 'list', '--sort', 'end'],
    ['job', 'list', '--status', 'RUNNING'],
    ['snapshot', 'list', '--kind', 'OTHER'],
    ['snapshot', 'list', '--expires-before', 'soon'],
    ['disk', 'list', '--kind', 'OTHER'],
  ])('11.1 refuses %s %s %s %s', async (...words) => {
    expect(await cli.run(words)).toMatchObject({ code: 2, stdout: '' });
  });
});
