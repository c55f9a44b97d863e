import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import { createDisk, createSnapshot } from '../support/operations.ts';
import { applyPolicy, createPolicy } from '../support/policies.ts';
import { type CliHarness, createCliHarness } from './harness.ts';

const DAY_MS = 86_400_000;

let cli: CliHarness;
let ids: { readonly guarded: string; readonly bare: string; readonly old: string };
beforeAll(async () => {
  cli = await createCliHarness();
  const { account, api } = cli;
  const guarded = await createDisk(account, { name: 'guarded' });
  const bare = await createDisk(account, { name: 'bare' });
  const policy = await createPolicy(account, { name: 'nightly', retentionDays: 10 });
  await applyPolicy(account, policy.id, guarded.id);
  const old = await createSnapshot(account, bare.id, { name: 'left behind' });
  let version = 0;
  for (let day = 0; day < 3; day++) {
    version = await writeBlocks(account, guarded.id, version, { [day]: blockOf(`day ${day}`) });
    await createSnapshot(account, guarded.id, { retentionDays: 300 });
    api.clock.advance(DAY_MS);
  }
  api.clock.advance(40 * DAY_MS);
  await createSnapshot(account, bare.id, { name: 'new', retentionDays: 300 });
  await api.settle();
  ids = { guarded: guarded.id, bare: bare.id, old: old.id };
});
afterAll(() => cli.close());

describe('8.3: advice by the command line', () => {
  it('8.3 shows one disk with its policy and sparser ones, and what they cost', async () => {
    const { disks, more } = await cli.json('advice', 'guarded', '--price', '1000000000');
    expect(more).toBe(false);
    expect(disks).toMatchObject([{ disk: { id: ids.guarded, name: 'guarded' } }]);
    const [current] = disks[0].options;
    expect(current).toMatchObject({ option: 'CURRENT', worstLossHours: 24, snapshotCount: 10, measured: true });
    expect(current.cost).toBe(Math.floor((current.storedBytes * 1_000_000_000) / 2 ** 30));
    const { stdout } = await cli.run(['advice', 'guarded']);
    expect(stdout).toMatch(/CURRENT +7 a week +10 days +24 h +10 +[\d.]+ /);
    expect(stdout).toMatch(/EVERY_7_DAYS +1 a week +10 days +168 h +2 +~/);
  });

  it('8.3 shows all disks of the region, those without a policy too', async () => {
    const { disks } = await cli.json('advice');
    expect(disks.map(({ disk }: { disk: { name: string } }) => disk.name)).toEqual(['bare', 'guarded']);
    expect((await cli.run(['advice'])).stdout).toContain('It is under no policy.');
    expect(await cli.json('advice', '--limit', '1')).toMatchObject({ more: true });
  });

  it('8.3 lists disks that nothing protects', async () => {
    expect(await cli.json('advice', 'unprotected')).toMatchObject({ disks: [{ disk: { id: ids.bare } }], more: false });
    expect((await cli.run(['advice', 'unprotected'])).stdout).toMatch(/bare +OTHER_APPLICATION/);
  });

  it('8.3 lists snapshots that nobody needs any more', async () => {
    const { snapshots } = await cli.json('advice', 'forgotten');
    expect(snapshots).toMatchObject([{ snapshot: { id: ids.old }, ageDays: 43, freedCost: null }]);
    expect((await cli.run(['advice', 'forgotten'])).stdout).toMatch(/left behind .* 43 days/);
  });

  it('8.3 refuses a price that is too high, and a disk that there is not', async () => {
    expect(await cli.run(['advice', '--price', '1073741825'])).toMatchObject({ code: 2 });
    expect((await cli.run(['advice', 'nothing'])).stderr).toContain('nothing');
  });
});
