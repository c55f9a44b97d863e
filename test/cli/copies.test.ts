import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sweepCopies } from '../../src/service/copies/sweep.ts';
import { OTHER_REGION } from '../support/api.ts';
import { cancelCopy, openOther, workOn } from '../support/copies.ts';
import { createPolicy } from '../support/policies.ts';
import { latestCopies, policyWorkers } from '../support/policy-copies.ts';
import { DAY_MS, guarded, retirePolicies } from '../support/timer.ts';
import { type CliHarness, createCliHarness, writeManyBlocks } from './harness.ts';

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness({ apart: true });
  await openOther(cli.account);
  await writeManyBlocks(cli.path('image.img'), 3);
  await cli.json('disk', 'import', cli.path('image.img'), '--name', 'web');
  await cli.json('snapshot', 'create', 'web', '--name', 'first');
});
afterAll(() => cli.close());

const UNDER_WAY = `{
  snapshots(region: "${OTHER_REGION}", filter: { status: PROGRESSING }) { nodes { id } }
}`;

/** The copy that a command has begun. */
function underWay(): Promise<string> {
  return vi.waitFor(
    async () => {
      const { snapshots } = await cli.account.call(UNDER_WAY);
      expect(snapshots.nodes).toHaveLength(1);
      return snapshots.nodes[0].id;
    },
    { timeout: 30_000, interval: 20 },
  );
}

describe('7.2: copies of policies by the command line', () => {
  it('7.2 takes regions with days, shows, replaces and removes them', async () => {
    const created = await cli.json('policy', 'create', 'safe', '--hours', '2', '--copy-to', `${OTHER_REGION}:90`);
    expect(created.copyTargets).toEqual([{ region: OTHER_REGION, retentionDays: 90 }]);
    expect((await cli.run(['policy', 'show', 'safe'])).stdout).toMatch(/Copied to: +there \(kept 90 d\)/);
    const forever = await cli.json('policy', 'update', 'safe', '--copy-to', `${OTHER_REGION}:forever`);
    expect(forever.copyTargets).toEqual([{ region: OTHER_REGION, retentionDays: null }]);
    const renamed = await cli.json('policy', 'update', 'safe', '--name', 'safer');
    expect(renamed.copyTargets).toEqual(forever.copyTargets);
    expect((await cli.json('policy', 'update', 'safer', '--no-copies')).copyTargets).toEqual([]);
  });

  it('7.2 says which option is wrong', async () => {
    const create = (target: string) => cli.run(['policy', 'create', '--hours', '2', '--copy-to', target]);
    expect((await create('nowhere:3')).stderr).toContain('--copy-to, value 1: is not a region');
    expect(await create('there:soon')).toMatchObject({ code: 2, stderr: expect.stringContaining("--copy-to 'soon'") });
    expect(await create(':3')).toMatchObject({ code: 2, stderr: expect.stringContaining('north:30') });
    const both = await cli.run(['policy', 'update', 'safer', '--copy-to', 'there:3', '--no-copies']);
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('not both') });
  });

  it('7.2 shows below each run what has become of its copies', async () => {
    const { api, account } = cli;
    const { id } = await createPolicy(account, { copyTargets: [{ region: OTHER_REGION, retentionDays: 90 }] });
    const [disk = ''] = await guarded(account, id, 1);
    api.clock.advance(DAY_MS);
    await policyWorkers(api).fire();
    const [copy] = await latestCopies(account, disk);
    const { stdout } = await cli.run(['policy', 'runs', id]);
    expect(stdout).toContain(`\n  copy to ${OTHER_REGION}: DONE ${copy.snapshotId}\n`);
    expect((await cli.json('policy', 'runs', '--disk', disk)).runs[0].copies).toEqual([copy]);
    await retirePolicies(api);
  });
});

describe('7.1: copies by the command line', () => {
  it('7.1 copies a snapshot, shows how far it is, and makes a disk of it there', async () => {
    const begun = await cli.json('snapshot', 'copy', 'first', '--to', OTHER_REGION, '--no-wait');
    expect(begun).toMatchObject({ status: 'PROGRESSING', name: 'first', region: OTHER_REGION });
    const { stdout } = await cli.run(['snapshot', 'show', begun.id]);
    expect(stdout).toMatch(/Copy of: +s-\w+ of disk d-\w+ in region here/);
    await workOn(cli.api, cli.account, begun.id);
    const shown = await cli.json('snapshot', 'show', begun.id);
    expect(shown).toMatchObject({ status: 'ACCOMPLISHED', copy: { movedBlocks: 3, problem: null } });
    const disk = await cli.json('disk', 'create', 'rescued', '--snapshot', begun.id, '--region', OTHER_REGION);
    expect(disk).toMatchObject({ region: OTHER_REGION, root: shown.root });
  });

  it('7.1 waits for the end of a copy', async () => {
    const copied = cli.run(['snapshot', 'copy', 'first', '--to', OTHER_REGION, '--json']);
    await workOn(cli.api, cli.account, await underWay());
    await sweepCopies(cli.api.service, Date.now() + 30_000);
    expect(JSON.parse((await copied).stdout)).toMatchObject({ status: 'ACCOMPLISHED', progressPercent: 100 });
  });

  it('7.1 says that a copy for which it waits was cancelled', async () => {
    const copied = cli.run(['snapshot', 'copy', 'first', '--to', OTHER_REGION]);
    const id = await underWay();
    expect(await cancelCopy(cli.account, id)).toBe(true);
    expect((await copied).stderr).toContain(`${id} was cancelled`);
  });

  it('7.1 cancels a copy that is under way, and no other', async () => {
    const begun = await cli.json('snapshot', 'copy', 'first', '--to', OTHER_REGION, '--no-wait', '--name', 'second');
    const cancel = ['snapshot', 'cancel-copy', 'second', '--region', OTHER_REGION] as const;
    expect(await cli.json(...cancel)).toEqual({ snapshotId: begun.id, cancelled: true });
    const again = await cli.run(cancel);
    expect(again.stderr).toContain("There is no snapshot 'second'");
    expect((await cli.run(['snapshot', 'cancel-copy', 'first'])).stdout).toMatch(/nothing was done/);
  });

  it('7.1 says which option is wrong', async () => {
    const nowhere = await cli.run(['snapshot', 'copy', 'first', '--to', 'nowhere']);
    expect(nowhere.stderr).toContain('--to: is not a region of this installation');
    const without = await cli.run(['snapshot', 'copy', 'first']);
    expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining('--to') });
  });
});
