import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { updateDisk } from '../../src/service/disks/change.ts';
import { sweepListing } from '../../src/service/listing/sweep.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { DISK_LISTS } from '../../src/service/model/listed/disk-lists.ts';
import { listedEntity } from '../../src/service/model/listed/rows.ts';
import { COUNTED, overviewEntity } from '../../src/service/model/overview/rows.ts';
import { watchAgainEntity, watchBackfillEntity, watchEntity } from '../../src/service/model/watch/rows.ts';
import { updatePolicy } from '../../src/service/policies/change.ts';
import { overviewOf } from '../../src/service/watch/overview.ts';
import { recount } from '../../src/service/watch/recount.ts';
import { sweepWatch } from '../../src/service/watch/sweep.ts';
import { createEngineHarness, type EngineHarness, findFaults, forkHarness } from '../support/engine-harness.ts';
import { FAULTS, type Fault, injectFault } from '../support/fault-injector.ts';
import { MEMORY_ACCOUNT, MEMORY_REGION, memoryService, openMemoryAccount } from '../support/memory-service.ts';
import {
  dropSnapshot,
  HOUR_MS,
  makeDisk,
  makePolicy,
  makeSnapshot,
  setOfDisk,
  setOfTag,
  toldBreaches,
  watchCaller,
} from '../support/watch-scene.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const GOLD = [{ key: 'tier', value: 'gold' }];

const sweep = (deps: EngineDeps) => sweepWatch(memoryService(deps), FOREVER);

async function recover(harness: EngineHarness): Promise<void> {
  for (let round = 0; round < 3; round++) {
    harness.clock.at += 60_000;
    await sweep(harness.deps).catch(() => undefined);
  }
  await harness.settle();
}

function sumsOf({ catalogue }: EngineHarness) {
  const shards = catalogue.rows(overviewEntity);
  return Object.fromEntries(COUNTED.map((name) => [name, shards.reduce((sum, shard) => sum + shard[name], 0)]));
}

/** How much is wrong of what is counted. */
async function driftOf(harness: EngineHarness): Promise<number> {
  return (await recount(memoryService(harness.deps), { accountId: MEMORY_ACCOUNT, region: MEMORY_REGION })).drift;
}

/** By the names of disks, and each told thing once more for each time it was told. */
function endState(harness: EngineHarness): unknown {
  const { catalogue } = harness;
  const disks = catalogue.rows(diskEntity);
  const nameOf = (id: string) => disks.find((disk) => disk.id === id)?.name ?? 'gone';
  const now = harness.clock.at;
  return {
    told: toldBreaches(harness)
      .map((line) => line.replace(/d-\w+/, nameOf))
      .sort(),
    disks: disks.map(({ name, inBreachSince, breachReason }) => `${name} ${inBreachSince} ${breachReason}`).sort(),
    listed: catalogue
      .rows(listedEntity)
      .flatMap(({ list, id }) => (list.startsWith(DISK_LISTS.BREACH) ? [`${list} ${nameOf(id)}`] : []))
      .sort(),
    // Every look puts the next one off, and none is left that is due.
    watched: catalogue
      .rows(watchEntity)
      .map(({ diskId, dueAt }) => `${nameOf(diskId)} ${Date.parse(dueAt) > now}`)
      .sort(),
    newest: catalogue
      .rows(chainEntity)
      .map(({ id, newestId }) => `${nameOf(id)} ${newestId !== undefined}`)
      .sort(),
    counted: sumsOf(harness),
    again: catalogue.rows(watchAgainEntity).length,
    backfill: catalogue.rows(watchBackfillEntity).map(({ state }) => state),
  };
}

/**
 * Disks whose breach is to begin: of a policy, of a tag, of one whose newest snapshot was deleted,
 * and of an earlier version. One whose breach is to end, one that has lost its objective, and one
 * that is as it should be.
 */
async function scene(): Promise<EngineHarness> {
  const harness = createEngineHarness(13);
  const service = memoryService(harness.deps);
  await openMemoryAccount(service);
  await sweepListing(service, FOREVER);
  await overviewOf(service, watchCaller, null);
  const policyId = await makePolicy(service, [0, 12]);
  const missed = await makeDisk(service, 'missed', { policyId });
  const late = await makeDisk(service, 'late', { tags: GOLD });
  const robbed = await makeDisk(service, 'robbed');
  const fine = await makeDisk(service, 'fine');
  const eased = await makeDisk(service, 'eased');
  const dropped = await makeDisk(service, 'dropped');
  for (const { id } of [robbed, fine, eased, dropped]) await setOfDisk(service, id, { hours: 2 });
  harness.clock.at += 3 * HOUR_MS;
  for (const { id } of [missed, late, robbed, fine]) await makeSnapshot(service, id);
  await sweep(harness.deps);
  harness.clock.at += HOUR_MS;
  const second = await makeSnapshot(service, robbed.id);
  await setOfTag(service, 'tier', 'gold', 1);
  await updatePolicy(service, watchCaller, { policyId, hours: [0, 3, 6, 9, 12, 15, 18, 21] } as never);
  harness.clock.at += 1.5 * HOUR_MS;
  await makeSnapshot(service, fine.id);
  await dropSnapshot(service, second);
  harness.clock.at += 4 * HOUR_MS;
  await makeSnapshot(service, fine.id);
  await setOfDisk(service, eased.id, { hours: 500 });
  await setOfDisk(service, dropped.id, {});
  const old = await makeDisk(service, 'old', { tags: GOLD });
  await forgetWatch(harness, old.id);
  harness.clock.at += 1.5 * HOUR_MS;
  await harness.settle();
  return harness;
}

/** As an earlier version has left it. */
async function forgetWatch({ catalogue, deps }: EngineHarness, diskId: string): Promise<void> {
  const row = catalogue.rows(watchEntity).find((watch) => watch.diskId === diskId);
  if (row === undefined) throw new Error('the disk has no row to be forgotten');
  await deps.catalogue.transact([
    { kind: 'delete', entity: watchEntity, key: { accountId: row.accountId, diskId }, when: [] },
    { kind: 'delete', entity: watchBackfillEntity, key: { id: 'watch' }, when: [] },
  ]);
}

let begin: EngineHarness;
let expected: unknown;
let calls: readonly string[];

beforeAll(async () => {
  begin = await scene();
  const undisturbed = forkHarness(begin, 1);
  const { deps, calls: made } = injectFault(undisturbed.deps);
  await sweep(deps);
  calls = made;
  await recover(undisturbed);
  expected = endState(undisturbed);
});

test('the scene has breaches that begin and end, and disks to be sent for', () => {
  expect(expected).toMatchObject({
    told: [
      ...['began dropped', 'began eased', 'began late', 'began missed', 'began old', 'began robbed'],
      ...['ended dropped', 'ended eased'],
    ],
    disks: expect.arrayContaining([
      expect.stringMatching(/^fine undefined/),
      expect.stringMatching(/^missed 2026.* DISK_NOT_ATTACHED$/),
      expect.stringMatching(/^robbed 2026.* NO_POLICY$/),
    ]),
    watched: ['eased true', 'fine true', 'late true', 'missed true', 'old true', 'robbed true'],
    counted: { manual: 6, automatic: 0, protected: 2, inBreach: 4, exempt: 0, local: 0 },
    again: 0,
    backfill: ['DONE'],
  });
  expect(calls.filter((name) => name === 'catalogue.transact').length).toBeGreaterThan(5);
});

async function disturbed(at: number, fault: Fault): Promise<void> {
  const harness = forkHarness(begin, 100 + at);
  let rounds = 0;
  const meanwhile = async () => {
    if (rounds++ === 0) await sweep(harness.deps);
  };
  const injected = injectFault(harness.deps, { at, fault, meanwhile });
  await injected.run(sweep);
  expect(injected.reached(), `call ${at}`).toBe(true);
  await recover(harness);
  expect(endState(harness), `${fault} at call ${at}, ${calls[at]}`).toEqual(expected);
  expect(await findFaults(harness)).toEqual([]);
  expect(await driftOf(harness)).toBe(0);
}

describe('8.4: whatever happens to any one call of the janitor’s round, each breach is told once', () => {
  test.each(FAULTS)(
    '%s',
    async (fault) => {
      for (let at = 0; at < calls.length; at++) await disturbed(at, fault);
    },
    120_000,
  );
});

test('8.4: a janitor that was killed at every call in turn still comes to the same end', async () => {
  const harness = forkHarness(begin, 3);
  for (let at = 0; at < calls.length; at++) {
    const injected = injectFault(harness.deps, { at, fault: 'hangs after', meanwhile: async () => undefined });
    await injected.run(sweep);
  }
  await recover(harness);
  expect(endState(harness)).toEqual(expected);
});

describe('8.4: a snapshot that ends a breach', () => {
  /** Makes the snapshot as a client does, which asks again if it hears of no success. */
  async function snapshotAt(at: number, fault: Fault): Promise<{ readonly told: string[]; readonly reached: boolean }> {
    const harness = createEngineHarness(17);
    const service = memoryService(harness.deps);
    await openMemoryAccount(service);
    await overviewOf(service, watchCaller, null);
    const { id } = await makeDisk(service, 'late');
    await setOfDisk(service, id, { hours: 1 });
    harness.clock.at += 2 * HOUR_MS;
    await sweep(harness.deps);
    harness.clock.at += 1000;
    const fork = forkHarness(harness, 19 + at);
    const make = (deps: EngineDeps) => makeSnapshot(memoryService(deps), id);
    const injected = injectFault(fork.deps, { at, fault, meanwhile: async () => void (await sweep(fork.deps)) });
    const { error, killed } = await injected.run(make);
    if (error !== undefined || killed) await make(fork.deps);
    await recover(fork);
    expect(await driftOf(fork), `drift, call ${at}`).toBe(0);
    return { told: toldBreaches(fork).map((line) => line.split(' ')[0] ?? ''), reached: injected.reached() };
  }

  test.each(FAULTS)('tells so once: %s', async (fault) => {
    for (let at = 0; ; at++) {
      const { told, reached } = await snapshotAt(at, fault);
      if (!reached) break;
      expect(told, `call ${at}`).toEqual(['began', 'ended']);
    }
  });
});

test('8.4: a tag that is taken away takes the objective with it', async () => {
  const harness = createEngineHarness(23);
  const service = memoryService(harness.deps);
  await openMemoryAccount(service);
  const { id: diskId } = await makeDisk(service, 'tagged', { tags: GOLD });
  await setOfTag(service, 'tier', 'gold', 1);
  harness.clock.at += 2 * HOUR_MS;
  await sweep(harness.deps);
  await updateDisk(service, watchCaller, { diskId, removeTags: ['tier'] } as never);
  await sweep(harness.deps);
  expect(toldBreaches(harness)).toEqual([`began ${diskId}`, `ended ${diskId}`]);
  expect(harness.catalogue.rows(watchEntity)).toEqual([]);
});
