import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Composition } from '../../src/assembly.ts';
import { tellFigures } from '../../src/background/tell-figures.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { damageEntity } from '../../src/engine/books/rows.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import { collectFigures, type Figures } from '../../src/service/figures/collect.ts';
import { gaugeFigures } from '../../src/service/figures/emf-names.ts';
import { familiesOf } from '../../src/service/figures/families.ts';
import { NO_PROTECTION } from '../../src/service/figures/protection.ts';
import { recountEntity } from '../../src/service/model/overview/rows.ts';
import { sweepOverviews } from '../../src/service/watch/sweep-overview.ts';
import { createTestApi, OTHER_REGION, REGION, type TestAccount, type TestApi } from '../support/api.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import { emfScene } from '../support/emf.ts';
import { createDisk } from '../support/operations.ts';
import { applyPolicy, createPolicy } from '../support/policies.ts';
import { SILENT_LOG } from '../support/silent-log.ts';
import { setObjective, watchRound } from '../support/watch.ts';

const HOUR_MS = 3600_000;
const FOREVER = Number.POSITIVE_INFINITY;

let api: TestApi;
let account: TestAccount;
let other: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
  other = await api.createAccount();
});
afterAll(() => api.close());

const collect = () => collectFigures(api.service, () => false);

test('8.1: bytes of the installation are those of all accounts together', async () => {
  const disk = await createDisk(account);
  const foreign = await createDisk(other);
  await writeBlocks(account, disk.id, 0, { 0: blockOf('a'), 1: blockOf('b') });
  await writeBlocks(other, foreign.id, 0, { 0: blockOf('a') });
  const busy = await collect();
  expect(busy.work.entries).toBeGreaterThan(0);
  expect(busy.work.oldestAt).toBeLessThanOrEqual(api.clock.now());
  await api.settle();
  await sweepOverviews(api.service, FOREVER);
  const figures = await collect();
  expect(figures.work).toEqual({ entries: 0 });
  expect(figures.regions.get(REGION)).toMatchObject({
    logicalBytes: 3 * BLOCK_BYTES,
    deduplicatedBytes: 3 * BLOCK_BYTES,
  });
  expect(figures.regions.get(OTHER_REGION)).toMatchObject({ logicalBytes: 0, disks: 0 });
  expect(figures.isWhole).toBe(true);
});

test('disks count as under a policy, or under none', async () => {
  const before = (await collect()).regions.get(REGION);
  const disks = [await createDisk(account), await createDisk(account), await createDisk(other)];
  const policy = await createPolicy(account);
  await applyPolicy(account, policy.id, disks[0].id);
  const after = (await collect()).regions.get(REGION);
  expect(after?.disks).toBe((before?.disks ?? 0) + 3);
  expect(after?.covered).toBe(1);
});

describe('8.4: disks count by their protection', () => {
  const protection = (figures: Figures) => {
    const { protectedDisks, disksInBreach, exemptDisks, unprotectedDisks } =
      figures.regions.get(REGION) ?? NO_PROTECTION;
    return [protectedDisks, disksInBreach, exemptDisks, unprotectedDisks];
  };

  test('of all accounts, as the janitor found them', async () => {
    await watchRound(api);
    const before = protection(await collect());
    const [late, exempt] = [await createDisk(account), await createDisk(other)];
    const kept = await createDisk(account);
    await createDisk(account, { category: 'LOCAL' });
    await createDisk(other);
    await setObjective(account, { diskId: late.id, hours: 1 });
    await setObjective(account, { diskId: kept.id, hours: 48 });
    await setObjective(other, { diskId: exempt.id, exempt: true });
    api.clock.advance(2 * HOUR_MS);
    await watchRound(api);
    const after = protection(await collect());
    expect(after.map((count, at) => count - (before[at] ?? 0))).toEqual([1, 1, 1, 1]);
    const { meter, lines } = emfScene();
    const figures = await collect();
    gaugeFigures(meter, figures, { now: api.clock.now(), isHeld: false });
    meter.flush();
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ DisksInBreach: after[1] });
    const samples = familiesOf(figures, 0).find(({ name }) => name === 'varve_disk_protection')?.samples ?? [];
    expect(samples).toContainEqual({ labels: { region: REGION, state: 'in_breach' }, value: after[1] });
  });

  test('also where nobody has asked for the overview: it is counted within a minute', async () => {
    const silent = await api.createAccount();
    const disk = await createDisk(silent);
    await setObjective(silent, { diskId: disk.id, hours: 1 });
    api.clock.advance(2 * HOUR_MS);
    await watchRound(api);
    const [, known = 0] = protection(await collect());
    expect((await collect()).isWhole).toBe(false);
    await sweepOverviews(api.service, FOREVER);
    const counted = await collect();
    expect(protection(counted)[1]).toBe(known + 1);
    expect(counted.isWhole).toBe(true);
  });

  test('and those without disks are not counted at all', async () => {
    const empty = await api.createAccount();
    await collect();
    const asked = await api.catalogue.get(recountEntity, { accountId: empty.id, region: REGION });
    expect(asked).toBeUndefined();
  });
});

test('9.5: objects that are damaged count until they are healed', async () => {
  const damage = {
    accountId: account.id,
    regionId: REGION,
    domainId: 'domain',
    reason: 'MISSING',
    isPage: false,
    sealed: false,
    foundAt: api.clock.now(),
    places: [],
  };
  await api.catalogue.transact([
    put(damageEntity, { ...damage, objectId: 'one' }, 'any'),
    put(damageEntity, { ...damage, objectId: 'two', healedAt: api.clock.now() }, 'any'),
  ]);
  expect((await collect()).regions.get(REGION)?.damagedObjects).toBe(1);
});

describe('figures of functions', () => {
  const MINUTES_MS = 600_000;

  async function told(atMs: number, catalogue = api.catalogue): Promise<readonly string[]> {
    const { meter, lines } = emfScene();
    const errors: string[] = [];
    const log = { ...SILENT_LOG, error: (message: string) => void errors.push(message) };
    const clock = { now: () => atMs };
    const clockWatch = { look: async () => ({ kind: 'ahead', byMs: 1, since: 0 }) };
    const parts = { service: { ...api.service, catalogue }, clock, clockWatch, emf: meter, log };
    await tellFigures(parts as unknown as Composition, Number.POSITIVE_INFINITY);
    meter.flush();
    return [...lines, ...errors];
  }

  test('10.4: tell every ten minutes what there is, and that deletions are held', async () => {
    const [line = '{}'] = await told(MINUTES_MS * 3);
    expect(JSON.parse(line)).toMatchObject({
      DamagedObjects: 1,
      ClockHold: 1,
      DisksUnderPolicy: 1,
      LedgerEntries: expect.any(Number),
    });
    expect(await told(MINUTES_MS * 3 + 60_000)).toEqual([]);
  });

  test('are left out, and that is logged, if the catalogue does not answer', async () => {
    const list = () => Promise.reject(new Error('the table is gone'));
    expect(await told(MINUTES_MS, { ...api.catalogue, list })).toEqual(['the figures were not collected']);
  });
});
