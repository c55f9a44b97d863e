import { describe, expect, test } from 'vitest';
import type { Entity } from '../../src/platform/catalogue/entity.ts';
import type { Catalogue, Read } from '../../src/platform/catalogue/port.ts';
import { createInstance } from '../../src/service/instances/create.ts';
import { readsOfHolders } from '../../src/service/model/instances/holders.ts';
import { readOfCounter } from '../../src/service/model/overview/counter.ts';
import { slotEntity } from '../../src/service/model/policies/run-rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { createPolicy } from '../../src/service/policies/create.ts';
import { runSlot } from '../../src/service/policies/run-slot.ts';
import { tick } from '../../src/service/policies/timer.ts';
import type { Service } from '../../src/service/service.ts';
import { rowsOfAttempt, SHARED_BY_ATTEMPTS } from '../../src/service/snapshots/attempt-rows.ts';
import { attemptSnapshot } from '../../src/service/snapshots/create.ts';
import { createEngineHarness, type EngineHarness } from '../support/engine-harness.ts';
import { acquire, caller, newDisk } from '../support/lease-scene.ts';
import { MEMORY_ACCOUNT, memoryService, openMemoryAccount } from '../support/memory-service.ts';
import { ANY_POLICY, FREE_DISK } from '../support/sweep-cases.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const DAY_MS = 24 * 3600_000;

/** The same catalogue, which notes what is read: rows, and in how many calls. */
function watchReads(catalogue: Catalogue) {
  const reads: Read[] = [];
  let calls = 0;
  const note = (...noted: readonly Read[]) => {
    if (noted.length > 0) calls += 1;
    reads.push(...noted);
  };
  const watched: Catalogue = {
    ...catalogue,
    get: (entity, key) => {
      note({ entity, key });
      return catalogue.get(entity, key);
    },
    getMany: (entity, keys) => {
      note(...keys.map((key) => ({ entity, key })));
      return catalogue.getMany(entity, keys);
    },
    getEach: ((...wanted: readonly Read[]) => {
      note(...wanted);
      return (catalogue.getEach as (...all: unknown[]) => Promise<unknown>)(...wanted);
    }) as Catalogue['getEach'],
  };
  return { watched, reads, calls: () => calls };
}

const textOf = ({ entity, key }: { readonly entity: Entity; readonly key: object }) =>
  `${entity.name} ${JSON.stringify(Object.entries(key).sort())}`;

async function openHarness(): Promise<EngineHarness> {
  const harness = createEngineHarness(9);
  await openMemoryAccount(memoryService(harness.deps));
  return harness;
}

const INSTANCE = { region: null, name: null, start: true, deletionProtection: false, tags: [], clientToken: null };

describe('an attempt at a snapshot reads the rows that are listed for reading ahead, and no others', () => {
  const disks: readonly (readonly [string, (service: Service) => Promise<string>])[] = [
    ['a free disk', async (service) => (await newDisk(service)).id],
    [
      'a disk that somebody holds open',
      async (service) => {
        const disk = await newDisk(service);
        await acquire(service, disk, 'host-a');
        return disk.id;
      },
    ],
    [
      'a disk of an instance',
      async (service) => {
        const instance = await createInstance(service, caller, { ...INSTANCE, systemDisk: FREE_DISK, dataDisks: [] });
        return instance.systemDiskId ?? '';
      },
    ],
  ];
  test.each(disks)('%s', async (_name, prepare) => {
    const harness = await openHarness();
    const diskId = await prepare(memoryService(harness.deps));
    const { watched, reads } = watchReads(harness.catalogue);
    const wanted = { diskId, kind: 'AUTO' as const, tags: [] };
    const how = { record: () => [], withManifest: true };
    const service = memoryService({ ...harness.deps, catalogue: watched });
    expect(await attemptSnapshot(service, caller, wanted, how)).toMatchObject({ ok: true });

    const own = rowsOfAttempt({ accountId: MEMORY_ACCOUNT, diskId });
    const disk = await harness.catalogue.get(own.disk.entity, own.disk.key);
    const ofRow = disk === undefined ? [] : [...readsOfHolders(disk), readOfCounter(disk)];
    const listed = [...Object.values(own), ...ofRow].map(textOf);
    const ofDisk = reads.filter(({ entity }) => !SHARED_BY_ATTEMPTS.includes(entity)).map(textOf);
    expect(ofDisk.sort()).toEqual(listed.sort());
  });
});

test('a slot of many disks takes as many reading calls as one of a single disk', async () => {
  const callsOf = async (count: number): Promise<number> => {
    const harness = await openHarness();
    const service = memoryService(harness.deps);
    const { id: policyId } = await createPolicy(service, caller, ANY_POLICY);
    for (let at = 0; at < count; at++) {
      const systemDisk = { ...FREE_DISK, policyId };
      await createInstance(service, caller, { ...INSTANCE, systemDisk, dataDisks: [] });
    }
    harness.clock.at += DAY_MS;
    await tick(service, FOREVER);
    const { watched, calls } = watchReads(harness.catalogue);
    const busy = memoryService({ ...harness.deps, catalogue: watched });
    for (const slot of harness.catalogue.rows(slotEntity)) {
      await runSlot({ service: busy, report: () => undefined }, slot, FOREVER);
    }
    expect(harness.catalogue.rows(snapshotEntity)).toHaveLength(count);
    return calls();
  };
  expect(await callsOf(5)).toBe(await callsOf(1));
});
