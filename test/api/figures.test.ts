import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Composition } from '../../src/assembly.ts';
import { tellFigures } from '../../src/background/tell-figures.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';
import { damageEntity } from '../../src/engine/books/rows.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import { collectFigures } from '../../src/service/figures/collect.ts';
import { createTestApi, OTHER_REGION, REGION, type TestAccount, type TestApi } from '../support/api.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import { emfScene } from '../support/emf.ts';
import { createDisk } from '../support/operations.ts';
import { applyPolicy, createPolicy } from '../support/policies.ts';
import { SILENT_LOG } from '../support/silent-log.ts';

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
