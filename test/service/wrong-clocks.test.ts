import { describe, expect, test } from 'vitest';
import { objectKey } from '../../src/engine/blocks/block.ts';
import { newEntry, putEntry } from '../../src/engine/books/entries.ts';
import { entryEntity, objectEntity } from '../../src/engine/books/rows.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import { isoTime } from '../../src/platform/clock.ts';
import { markInArrears } from '../../src/service/accounts/arrears.ts';
import { setTrashRetention } from '../../src/service/accounts/trash-hours.ts';
import { openDraft } from '../../src/service/datapath/drafts.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import { createInstance } from '../../src/service/instances/create.ts';
import { findJob } from '../../src/service/jobs/jobs.ts';
import { renewLease } from '../../src/service/leases/renew.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import { draftEntity } from '../../src/service/model/datapath/rows.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { instanceWorkEntity, workShard } from '../../src/service/model/instances/rows.ts';
import { jobEntity } from '../../src/service/model/jobs/rows.ts';
import { leaseEntity } from '../../src/service/model/leases/rows.ts';
import { runEntity, slotEntity } from '../../src/service/model/policies/run-rows.ts';
import { scrubEntity } from '../../src/service/model/scrubs/rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { trashEntity } from '../../src/service/model/trash/rows.ts';
import { createPolicy } from '../../src/service/policies/create.ts';
import { tick } from '../../src/service/policies/timer.ts';
import { newScrub } from '../../src/service/scrubs/new-scrub.ts';
import { createSnapshot } from '../../src/service/snapshots/create.ts';
import { deleteSnapshot } from '../../src/service/snapshots/delete.ts';
import { type ClockWorld, clockWorld, DAY_MS, HOUR_MS, MINUTE_MS } from '../support/jumping-clock.ts';
import { acquire, caller, commit, newDisk, snapshot } from '../support/lease-scene.ts';
import { MEMORY_ACCOUNT, MEMORY_REGION } from '../support/memory-service.ts';
import { ANY_POLICY, FREE_DISK } from '../support/sweep-cases.ts';

const EVERY_HOUR = Array.from({ length: 24 }, (_, hour) => hour);
const PLACE = { region: null, name: null, start: true, deletionProtection: false, tags: [], clientToken: null };
const ANY_SNAPSHOT = { name: null, description: null, tags: [], clientToken: null };
const SHIFTS = [
  ['an hour ahead', HOUR_MS],
  ['40 days ahead', 40 * DAY_MS],
  ['a year ahead', 365 * DAY_MS],
  ['an hour behind', -HOUR_MS],
  ['40 days behind', -40 * DAY_MS],
] as const;

/** Something that stores instants, and what has to come of it all the same. */
interface Case {
  readonly name: string;
  /** While the clock is still right. */
  readonly before?: (world: ClockWorld) => Promise<void>;
  /** While it is wrong; a round follows. */
  readonly act?: (world: ClockWorld) => Promise<void>;
  /** With the clock right again. */
  readonly healed: (world: ClockWorld) => Promise<void>;
}

const rows = {
  disks: ({ harness }: ClockWorld) => harness.catalogue.rows(diskEntity),
  snapshots: ({ harness }: ClockWorld) => harness.catalogue.rows(snapshotEntity),
  drafts: ({ harness }: ClockWorld) => harness.catalogue.rows(draftEntity),
  leases: ({ harness }: ClockWorld) => harness.catalogue.rows(leaseEntity),
  trash: ({ harness }: ClockWorld) => harness.catalogue.rows(trashEntity),
  slots: ({ harness }: ClockWorld) => harness.catalogue.rows(slotEntity),
};

/** Only the last two minutes of that time have their rounds. */
async function waitFor(world: ClockWorld, ms: number): Promise<void> {
  world.pass(ms - 2 * MINUTE_MS);
  await world.minutes(2);
}

/** These rows are there for so many days, and gone a few hours later. */
async function goAfter(world: ClockWorld, days: number, seen: (world: ClockWorld) => readonly object[]): Promise<void> {
  await waitFor(world, (days - 0.1) * DAY_MS);
  expect(seen(world)).toHaveLength(1);
  await waitFor(world, 0.2 * DAY_MS);
  expect(seen(world)).toEqual([]);
}

/** Dead objects are stored for a day, and gone two hours later. */
async function deadObjectsGo(world: ClockWorld): Promise<void> {
  const dead = deadObjects(world);
  expect(dead).toBeGreaterThan(0);
  await waitFor(world, 22 * HOUR_MS);
  expect(deadObjects(world)).toBe(dead);
  await waitFor(world, 4 * HOUR_MS);
  await world.minutes(5);
  expect(deadObjects(world)).toBe(0);
}

async function leasesEnd(world: ClockWorld): Promise<void> {
  await world.minutes(12);
  expect(rows.leases(world)).toEqual([]);
}

async function guardedDisk({ service }: ClockWorld, hours: readonly number[]): Promise<void> {
  const { id: policyId } = await createPolicy(service, caller, { ...ANY_POLICY, hours });
  await createInstance(service, caller, { ...PLACE, systemDisk: { ...FREE_DISK, policyId }, dataDisks: [] });
}

async function keptSnapshot({ service }: ClockWorld, retentionDays: number | null): Promise<void> {
  const { id: diskId } = await newDisk(service);
  await createSnapshot(service, caller, { ...ANY_SNAPSHOT, diskId, retentionDays });
}

async function draft({ service }: ClockWorld): Promise<void> {
  const { id: diskId } = await newDisk(service);
  await openDraft(service, caller, { diskId, expectedVersion: 0, forReading: false, label: null, clientToken: null });
}

/** A block that only a snapshot needs. */
async function onlyInSnapshot(world: ClockWorld): Promise<void> {
  const { service, harness } = world;
  const disk = await newDisk(service);
  await commit(harness, service, disk, { value: 1 });
  await snapshot(service, disk);
  await commit(harness, service, disk, { value: 9 }); // the same index
  await world.minutes(2);
}

const PERSON = { force: true, by: 'PERSON' } as const;

async function deleteTheSnapshot(world: ClockWorld): Promise<void> {
  for (const { id } of rows.snapshots(world)) await deleteSnapshot(world.service, caller, id, PERSON);
}

const deadObjects = ({ harness }: ClockWorld) =>
  harness.catalogue.rows(objectEntity).filter(({ refs, domainId, id }) => {
    return refs === 0 && harness.objects.stored.has(objectKey(domainId, id as never));
  }).length;

const OF_POLICIES: readonly Case[] = [
  {
    name: 'next run: the hours that follow have their snapshots',
    before: (world) => guardedDisk(world, EVERY_HOUR),
    healed: async (world) => {
      world.pass(HOUR_MS - (world.now() % HOUR_MS) + MINUTE_MS);
      for (let hour = 0; hour < 3; hour++) {
        await world.round();
        const slotAt = isoTime(world.now() - (world.now() % HOUR_MS));
        const run = world.harness.catalogue.rows(runEntity).find((other) => other.slotAt === slotAt);
        expect(run).toMatchObject({ status: 'DONE', at: isoTime(world.now()) });
        expect(rows.snapshots(world).some(({ id }) => id === run?.snapshotId)).toBe(true);
        world.pass(HOUR_MS);
      }
    },
  },
  {
    name: 'next run of a policy that was made meanwhile',
    act: (world) => guardedDisk(world, EVERY_HOUR),
    healed: async (world) => {
      world.pass(HOUR_MS - (world.now() % HOUR_MS) + MINUTE_MS);
      await world.round();
      const slotAt = isoTime(world.now() - (world.now() % HOUR_MS));
      expect(rows.slots(world).find((slot) => slot.slotAt === slotAt)).toMatchObject({ status: 'DONE', done: 1 });
    },
  },
  {
    name: 'a slot whose message is lost is waked',
    before: async (world) => {
      await guardedDisk(world, EVERY_HOUR);
      world.pass(HOUR_MS);
    },
    act: async (world) => {
      await world.watch.observe();
      await tick({ ...world.service, queue: { send: async () => {} } }, Number.POSITIVE_INFINITY);
    },
    healed: async (world) => {
      await world.minutes(10);
      expect(rows.slots(world).filter(({ wakeAt }) => wakeAt !== undefined)).toEqual([]);
    },
  },
];

const OF_WRITERS: readonly Case[] = [
  {
    name: 'a lease that was taken',
    act: async ({ service }) => void (await acquire(service, await newDisk(service), 'host-a')),
    healed: leasesEnd,
  },
  {
    name: 'a lease that was renewed',
    before: async ({ service }) => void (await acquire(service, await newDisk(service), 'host-a')),
    act: async (world) => {
      const [lease] = rows.leases(world);
      await renewLease(world.service, caller, { diskId: lease?.diskId ?? '', fence: lease?.fence ?? 0 });
    },
    healed: leasesEnd,
  },
  {
    name: 'a snapshot that waits for its writer',
    act: async ({ service }) => {
      const disk = await newDisk(service);
      await acquire(service, disk, 'host-a');
      await snapshot(service, disk);
    },
    healed: async (world) => {
      await world.minutes(2);
      const [made] = rows.snapshots(world);
      expect(made?.status).toBe('ACCOMPLISHED');
    },
  },
  {
    name: 'a draft that was opened',
    act: draft,
    healed: async (world) => {
      await waitFor(world, 22 * HOUR_MS);
      expect(rows.drafts(world)).toMatchObject([{ state: 'OPEN' }]);
      await waitFor(world, 4 * HOUR_MS);
      expect(rows.drafts(world)).toMatchObject([{ state: 'DISCARDED' }]);
    },
  },
  {
    name: 'a draft that was open',
    before: draft,
    healed: async (world) => {
      await waitFor(world, 22 * HOUR_MS);
      expect(rows.drafts(world)).toMatchObject([{ state: 'OPEN' }]);
    },
  },
];

async function trashForAWeek(world: ClockWorld): Promise<void> {
  await setTrashRetention(world.service, caller, 7 * 24);
  await keptSnapshot(world, null);
}

const OF_TIME: readonly Case[] = [
  {
    name: 'the retention of a snapshot that was made',
    act: (world) => keptSnapshot(world, 7),
    healed: (world) => goAfter(world, 7, rows.snapshots),
  },
  {
    name: 'the retention of a snapshot that was there',
    before: (world) => keptSnapshot(world, 7),
    healed: (world) => goAfter(world, 7, rows.snapshots),
  },
  {
    name: 'the time of what was deleted meanwhile',
    before: trashForAWeek,
    act: deleteTheSnapshot,
    healed: (world) => goAfter(world, 7, rows.trash),
  },
  {
    name: 'the time of what lay in the recycle bin',
    before: async (world) => {
      await trashForAWeek(world);
      await deleteTheSnapshot(world);
    },
    healed: (world) => goAfter(world, 7, rows.trash),
  },
  {
    name: 'arrears that were marked',
    before: (world) => keptSnapshot(world, null),
    act: async ({ service }) => void (await markInArrears(service, { account: MEMORY_ACCOUNT })),
    healed: (world) => goAfter(world, 15, rows.snapshots),
  },
  {
    name: 'arrears that were there',
    before: async (world) => {
      await keptSnapshot(world, null);
      await markInArrears(world.service, { account: MEMORY_ACCOUNT });
    },
    healed: (world) => goAfter(world, 15, rows.snapshots),
  },
  {
    name: 'a prepaid disk',
    before: async (world) => {
      const expiresAt = isoTime(world.now() + 10 * DAY_MS);
      await createDisk(world.service, caller, { ...FREE_DISK, chargeType: 'PREPAID', expiresAt });
    },
    healed: (world) => goAfter(world, 11, rows.disks),
  },
];

const OF_THE_ENGINE: readonly Case[] = [
  {
    name: 'objects that lost their references',
    before: onlyInSnapshot,
    act: deleteTheSnapshot,
    healed: async (world) => {
      await world.minutes(1);
      await deadObjectsGo(world);
    },
  },
  {
    name: 'objects that had lost their references',
    before: async (world) => {
      await onlyInSnapshot(world);
      await deleteTheSnapshot(world);
      await world.minutes(2);
    },
    healed: deadObjectsGo,
  },
  {
    name: 'a tombstone',
    before: async (world) => {
      await onlyInSnapshot(world);
      await deleteTheSnapshot(world);
      await world.minutes(2);
    },
    act: async ({ harness }) => {
      for (const row of harness.catalogue.rows(objectEntity).filter(({ refs }) => refs === 0)) {
        await harness.catalogue.transact([put(objectEntity, { ...row, tombstonedAt: harness.clock.at }, 'any')]);
      }
    },
    healed: async (world) => {
      await waitFor(world, 26 * HOUR_MS);
      await world.minutes(8);
      expect(world.harness.catalogue.rows(objectEntity).filter(({ refs }) => refs === 0)).toEqual([]);
    },
  },
  {
    name: 'what a dead writer took is undone',
    act: async ({ harness: { deps } }) => {
      const place = { accountId: MEMORY_ACCOUNT, domainId: 'dom', regionId: MEMORY_REGION, nodeId: 'd-1' };
      await deps.catalogue.transact([putEntry(newEntry(deps, { ...place, kind: 'SWITCH', phase: 'TAKING' }))]);
    },
    healed: async (world) => {
      await world.minutes(20);
      expect(world.harness.catalogue.rows(entryEntity).filter(({ phase }) => phase === 'TAKING')).toEqual([]);
    },
  },
  {
    name: 'a job is done when its work is',
    before: onlyInSnapshot,
    act: deleteTheSnapshot,
    healed: async (world) => {
      await world.minutes(3);
      const [job] = world.harness.catalogue.rows(jobEntity);
      expect(await findJob(world.service, caller, job?.id ?? '')).toMatchObject({ status: 'SUCCEEDED' });
    },
  },
];

const OF_BACKGROUND_WORK: readonly Case[] = [
  {
    name: 'a release of an instance that was cut off',
    act: async ({ service: { catalogue, clock } }) => {
      const instanceId = 'i-1';
      const cutOff = { shard: workShard(instanceId), instanceId, accountId: MEMORY_ACCOUNT, kind: 'RELEASE' } as const;
      await catalogue.transact([put(instanceWorkEntity, { ...cutOff, createdAt: isoTime(clock.now()) })]);
    },
    healed: async (world) => {
      await world.minutes(3);
      expect(world.harness.catalogue.rows(instanceWorkEntity)).toEqual([]);
    },
  },
  {
    name: 'a scrub whose worker died',
    act: async ({ service }) => {
      const asked = { region: MEMORY_REGION, samplePercent: 100, repair: false };
      await service.catalogue.transact([put(scrubEntity, newScrub(service, MEMORY_ACCOUNT, asked))]);
    },
    healed: async (world) => {
      await world.minutes(9);
      expect(world.harness.catalogue.rows(scrubEntity)).toMatchObject([{ status: 'SUCCEEDED' }]);
    },
  },
  {
    name: 'the background scrub reads a chain again when it is due',
    act: async ({ service }) => void (await newDisk(service)),
    healed: async (world) => {
      await world.minutes(1);
      await waitFor(world, 31 * DAY_MS);
      const [chain] = world.harness.catalogue.rows(chainEntity);
      expect(Date.parse(chain?.lastVerifiedAt ?? '')).toBeGreaterThan(world.now() - 3 * MINUTE_MS);
    },
  },
];

const CASES = [...OF_POLICIES, ...OF_WRITERS, ...OF_TIME, ...OF_THE_ENGINE, ...OF_BACKGROUND_WORK];

describe.each(SHIFTS)('10.4: a clock that was %s for a minute has done no lasting harm', (_, shiftMs) => {
  test.each(CASES)('$name', async ({ before, act, healed }) => {
    const world = await clockWorld();
    await before?.(world);
    await world.minutes(5);
    world.setWrong(shiftMs);
    await act?.(world);
    await world.minutes(1);
    world.setWrong(0);
    await world.round();
    await healed(world);
  });
});
