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
    [['--usage', 'DISK'], ['used']],
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
  ])('11.1 disk list %j', async (options, expected) => {
    expect(await disks(...options)).toEqual(expected);
  });

  it.each([
    ['snapshot', 'list', '--kind', 'OTHER'],
    ['snapshot', 'list', '--expires-before', 'soon'],
    ['disk', 'list', '--kind', 'OTHER'],
  ])('11.1 refuses %s %s %s %s', async (...words) => {
    expect(await cli.run(words)).toMatchObject({ code: 2, stdout: '' });
  });
});
