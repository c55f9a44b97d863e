import { expect, test } from 'vitest';
import { objectKey } from '../../src/engine/blocks/block.ts';
import { newEntry, putEntry } from '../../src/engine/books/entries.ts';
import { entryEntity, objectEntity } from '../../src/engine/books/rows.ts';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { RECLAIM_TIMES } from '../../src/engine/reclaim/reclaim.ts';
import { createReclaimer } from '../../src/engine/reclaim/reclaimer.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import type { ClockTrust } from '../../src/platform/time/clock-trust.ts';
import { blockId } from '../support/block-contents.ts';
import { createEngineHarness, type EngineHarness } from '../support/engine-harness.ts';
import { recover } from '../support/recovery.ts';
import { TRUSTED_CLOCK } from '../support/trusted-clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const accountId = 'acc';
const domainId = 'dom';

async function write({ tree, storeBlocks }: EngineHarness, headId: string, value: number): Promise<void> {
  await storeBlocks(domainId, [blockId(value)]);
  const writes = [{ index: 0, id: blockId(value) }];
  await tree.commit({ accountId, headId, expectedVersion: 0, writes, trims: [] });
}

/** The contents of a disk that was released: dead since now. */
async function dead(): Promise<EngineHarness> {
  const harness = createEngineHarness(1);
  for (const nodeId of ['d-1', 'd-2'])
    await harness.tree.createHead({ accountId, nodeId, domainId, regionId: 'r', chainId: nodeId }, []);
  await write(harness, 'd-1', 1);
  await harness.tree.release({ accountId, nodeId: 'd-1' }, []);
  await recover(harness);
  return harness;
}

function sweep({ deps }: EngineHarness, trust: Partial<ClockTrust> = {}, more: Partial<EngineDeps> = {}) {
  const trusted = { ...deps, ...more, trust: { ...TRUSTED_CLOCK, ...trust } };
  return createReclaimer(trusted, { ...RECLAIM_TIMES, searchEveryMs: 0 }).sweep(Number.POSITIVE_INFINITY);
}
const HELD = { mayDeleteByTime: () => false, isTrusted: () => false };

const objectRows = ({ catalogue }: EngineHarness) => catalogue.rows(objectEntity);
const isThere = ({ objects }: EngineHarness) => objects.stored.has(objectKey(domainId, blockId(1)));
const tombstones = (harness: EngineHarness) =>
  objectRows(harness).flatMap(({ tombstonedAt }) => (tombstonedAt === undefined ? [] : [tombstonedAt]));

/** All rows that are dead, changed by hand. */
async function changeDead(harness: EngineHarness, change: object): Promise<void> {
  for (const row of objectRows(harness)) {
    if (row.refs === 0) await harness.catalogue.transact([put(objectEntity, { ...row, ...change }, 'any')]);
  }
}

test('10.4: while the clock is ahead nothing gets a tombstone', async () => {
  const harness = await dead();
  harness.clock.at += 40 * DAY_MS;
  await sweep(harness, HELD);
  expect([isThere(harness), tombstones(harness)]).toEqual([true, []]);
  await sweep(harness);
  expect(isThere(harness)).toBe(false);
});

test('10.4: while the clock is ahead no tombstone is forgotten', async () => {
  const harness = await dead();
  harness.clock.at += 25 * HOUR_MS;
  await sweep(harness);
  const known = objectRows(harness);
  harness.clock.at += 40 * DAY_MS;
  await sweep(harness, HELD);
  expect(objectRows(harness)).toEqual(known);
});

test('10.4: while the clock is ahead no upload is taken for an orphan', async () => {
  const harness = await dead();
  await harness.storeBlocks(domainId, [blockId(5)]);
  harness.clock.at += 40 * DAY_MS;
  await sweep(harness, HELD);
  expect(objectRows(harness).some(({ id }) => id === blockId(5))).toBe(false);
  await sweep(harness);
  expect(objectRows(harness).some(({ id }) => id === blockId(5))).toBe(true);
});

test('10.4: a clock that jumps in the middle of a round deletes nothing more', async () => {
  const harness = await dead();
  harness.clock.at += 25 * HOUR_MS;
  let looks = 0;
  await sweep(harness, { mayDeleteByTime: () => ++looks === 1 });
  expect(looks).toBeGreaterThan(1);
  expect([isThere(harness), tombstones(harness)]).toEqual([true, []]);
});

test('10.4: a delete is not sent where the clock was set back since its tombstone', async () => {
  const harness = await dead();
  harness.clock.at += 25 * HOUR_MS;
  const tryWrite: EngineDeps['catalogue']['tryWrite'] = async (each) => {
    const done = await harness.catalogue.tryWrite(each);
    harness.clock.at -= 60_000;
    return done;
  };
  await sweep(harness, {}, { catalogue: { ...harness.catalogue, tryWrite } });
  expect(tombstones(harness).length).toBeGreaterThan(0);
  expect(isThere(harness)).toBe(true);
});

test('10.4: what died by a clock that was behind has its grace time from when it really died', async () => {
  const harness = await dead();
  const really = harness.clock.at;
  await changeDead(harness, { zeroAt: really - 40 * DAY_MS });
  const correct = (at: number) => Math.max(at, really);
  harness.clock.at += 23 * HOUR_MS;
  await sweep(harness, { correct });
  expect(isThere(harness)).toBe(true);
  harness.clock.at += 2 * HOUR_MS;
  await sweep(harness, { correct });
  expect(isThere(harness)).toBe(false);
});

test('10.4: what died by a clock that was ahead has its grace time from when that is found', async () => {
  const harness = await dead();
  await changeDead(harness, { zeroAt: harness.clock.at + 40 * DAY_MS });
  await sweep(harness);
  harness.clock.at += 25 * HOUR_MS;
  await sweep(harness);
  expect(isThere(harness)).toBe(false);
});

test('10.4: a clock that is not trusted mends nothing: by one that is behind, all is ahead', async () => {
  const harness = await dead();
  await changeDead(harness, { zeroAt: harness.clock.at + 40 * DAY_MS });
  const known = objectRows(harness);
  await sweep(harness, { isTrusted: () => false });
  expect(objectRows(harness)).toEqual(known);
});

test('10.4: a tombstone of a clock that was ahead stands from now on', async () => {
  const harness = await dead();
  await changeDead(harness, { tombstonedAt: harness.clock.at + 40 * DAY_MS });
  harness.clock.at += 25 * HOUR_MS;
  await sweep(harness);
  expect(new Set(tombstones(harness))).toEqual(new Set([harness.clock.at]));
  for (let round = 0; round < 3; round++) {
    harness.clock.at += RECLAIM_TIMES.holdMs;
    await sweep(harness);
  }
  expect([isThere(harness), tombstones(harness)]).toEqual([false, []]);
});

test('10.4: an entry that a clock touched which was ahead counts as touched now', async () => {
  const { deps, catalogue, clock, worker } = createEngineHarness(1);
  const place = { accountId, domainId, regionId: 'r', nodeId: 'd-1' };
  const entry = newEntry(deps, { ...place, kind: 'SWITCH', phase: 'TAKING' });
  await catalogue.transact([putEntry({ ...entry, touchedAt: clock.at + 40 * DAY_MS })]);
  expect(await worker.sweep(Number.POSITIVE_INFINITY)).toMatchObject({ undone: 0 });
  expect(catalogue.rows(entryEntity)).toMatchObject([{ phase: 'TAKING', touchedAt: clock.at }]);
  clock.at += 16 * 60_000;
  expect(await worker.sweep(Number.POSITIVE_INFINITY)).toMatchObject({ undone: 1 });
});

test('10.4: a round that begins by a clock that is ahead deletes nothing, also if it is right meanwhile', async () => {
  const harness = await dead();
  const right = harness.clock.at;
  harness.clock.at += 40 * DAY_MS;
  const list: EngineDeps['catalogue']['list'] = async (entity, query) => {
    if (entity.name === objectEntity.name || entity.name === entryEntity.name) harness.clock.at = right;
    return harness.catalogue.list(entity, query);
  };
  const mayDeleteByTime = (now: number) => now <= right + HOUR_MS;
  await sweep(harness, { mayDeleteByTime }, { catalogue: { ...harness.catalogue, list } });
  expect([isThere(harness), tombstones(harness)]).toEqual([true, []]);
});
