import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepListing } from '../../src/service/listing/sweep.ts';
import { createDisk, createSnapshot } from '../support/operations.ts';
import { applyPolicy, createPolicy } from '../support/policies.ts';
import { watchRound } from '../support/watch.ts';
import { type CliHarness, createCliHarness } from './harness.ts';

const HOUR_MS = 3_600_000;
const IN_BREACH = 8;

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
  await sweepListing(cli.api.service, Number.POSITIVE_INFINITY);
  const { account } = cli;
  const data = await createDisk(account, { name: 'data' });
  await createSnapshot(account, data.id);
  await createDisk(account, { name: 'golden', tags: [{ key: 'tier', value: 'gold' }] });
  const nightly = await createPolicy(account, { name: 'nightly' });
  const idle = await createDisk(account, { name: 'idle' });
  await applyPolicy(account, nightly.id, idle.id);
});
afterAll(() => cli.close());

describe('8.4: objectives by the command line', () => {
  it('8.4 sets, shows and takes away the objective of a disk', async () => {
    expect((await cli.run(['disk', 'objective', 'data'])).stdout).toContain('it has no objective and no policy');
    const set = await cli.json('disk', 'objective', 'data', '2');
    expect(set).toMatchObject({ name: 'data', protection: { status: 'PROTECTED', objectiveHours: 2, source: 'DISK' } });
    expect((await cli.run(['disk', 'objective', 'data', '--none'])).stdout).toBe(
      'data is not watched: it is exempt.\n',
    );
    await cli.run(['disk', 'objective', 'data', '--default']);
    expect((await cli.json('disk', 'objective', 'data')).protection.status).toBe('UNPROTECTED');
    expect((await cli.run(['disk', 'objective', 'idle'])).stdout).toMatch(/^idle: 26 hours, by its policy; /);
  });

  it('8.4 sets, lists and removes those of tags', async () => {
    expect(await cli.json('objective', 'set', 'tier=gold', '4')).toEqual({ key: 'tier', value: 'gold', hours: 4 });
    await cli.run(['objective', 'set', 'urgent', '1']);
    const { objectives } = await cli.json('objective', 'list');
    expect(objectives.map(({ key, hours }: { key: string; hours: number }) => [key, hours])).toEqual([
      ['tier', 4],
      ['urgent', 1],
    ]);
    await cli.run(['objective', 'remove', 'urgent']);
    expect((await cli.run(['objective', 'list'])).stdout).toMatch(/TAG +HOURS\ntier=gold +4\n$/);
    expect((await cli.run(['disk', 'objective', 'golden'])).stdout).toMatch(/4 hours, by its tag tier=gold/);
  });

  it.each([
    [['disk', 'objective', 'data', '2', '--none'], 'one of them'],
    [['disk', 'objective', 'data', 'soon'], 'a whole number of hours'],
    [['disk', 'objective', 'data', '0'], 'from 1 to 87600'],
    [['objective', 'set', 'tier=gold', '2.5'], 'a whole number of hours'],
    [['watch', '--reason', 'BORED'], 'must be one of'],
  ])('8.4 refuses %j', async (words, said) => {
    const { code, stderr } = await cli.run(words);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  });
});

describe('8.4: varve overview', () => {
  it('8.4 shows a region at a glance', async () => {
    const seen = await cli.json('overview');
    expect(seen).toMatchObject({ disks: { total: 3 }, snapshots: { manual: 1 }, damagedObjects: 0, drift: 0 });
    const { stdout } = await cli.run(['overview']);
    expect(stdout).toMatch(/^Disks: +3: /m);
    expect(stdout).toMatch(/^Snapshots: +1 manual, 0 automatic$/m);
  });
});

describe('8.4: varve watch', () => {
  it('8.4 lists what is in breach, why, and what to do, and tells cron by its exit code', async () => {
    await watchRound(cli.api);
    const quiet = await cli.run(['watch']);
    expect([quiet.code, quiet.stdout]).toEqual([0, 'No disk is in breach of its objective.\n']);
    await cli.run(['disk', 'objective', 'data', '2']);
    cli.api.clock.advance(30 * HOUR_MS);
    await watchRound(cli.api);
    const { code, stdout, stderr } = await cli.run(['watch']);
    expect(code).toBe(IN_BREACH);
    expect(stdout).toMatch(/^ID +DISK +OBJECTIVE +NEWEST SNAPSHOT \(UTC\) +IN BREACH SINCE \(UTC\) +POLICY +REASON\n/);
    const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d \([^)]+\)`;
    expect(stdout).toMatch(new RegExp(String.raw`\nd-\w+ +data +2 h +${time} +${time} +- +NO_POLICY\n`));
    expect(stdout).toMatch(/ golden +4 h +none /);
    expect(stdout).toMatch(/ idle +26 h +none .* nightly +DISK_NOT_ATTACHED\n/);
    expect(stdout).toMatch(/\nNO_POLICY: put it under a policy: varve policy apply POLICY DISK\n/);
    expect(stderr).toContain('3 disks in breach.');
    const json = await cli.run(['watch', '--json', '--reason', 'NO_POLICY']);
    expect(json.code).toBe(IN_BREACH);
    expect(JSON.parse(json.stdout)).toMatchObject({ disks: [{ name: 'data' }, { name: 'golden' }], more: false });
    expect((await cli.run(['watch', '--limit', '1'])).stderr).toContain('At least 1 disk in breach.');
  });
});
