import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Catalogue, Write } from '../../src/platform/catalogue/port.ts';
import type { WorkMessage } from '../../src/platform/queue/port.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { createInstance } from '../../src/service/instances/create.ts';
import { instanceEntity } from '../../src/service/model/instances/rows.ts';
import { runEntity } from '../../src/service/model/policies/run-rows.ts';
import { createPolicy } from '../../src/service/policies/create.ts';
import { runSlot } from '../../src/service/policies/run-slot.ts';
import { tick } from '../../src/service/policies/timer.ts';
import { createEngineHarness } from '../support/engine-harness.ts';
import { MEMORY_ACCOUNT, memoryService, openMemoryAccount } from '../support/memory-service.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const INSTANCES = 3;
const DISKS = 4;

/** Which instances each transaction under way looks at. */
function watched(catalogue: Catalogue) {
  const underWay = new Map<string, number>();
  const most = { ofOne: 0, ofAll: 0 };
  const instanceOf = (writes: readonly Write[]) =>
    writes.flatMap((write) =>
      write.entity === instanceEntity && 'key' in write ? [JSON.stringify(write.key)] : [],
    )[0];
  const transact: Catalogue['transact'] = async (writes) => {
    const id = instanceOf(writes);
    if (id === undefined) return catalogue.transact(writes);
    underWay.set(id, (underWay.get(id) ?? 0) + 1);
    most.ofOne = Math.max(most.ofOne, ...underWay.values());
    most.ofAll = Math.max(
      most.ofAll,
      [...underWay.values()].reduce((sum, count) => sum + count, 0),
    );
    await nextTurn();
    const result = await catalogue.transact(writes);
    underWay.set(id, (underWay.get(id) ?? 0) - 1);
    return result;
  };
  return { most, catalogue: { ...catalogue, transact } };
}

test('5.3: disks of different instances run at the same time, those of the same one after the other', async () => {
  const harness = createEngineHarness(5);
  harness.clock.at = Date.UTC(2026, 5, 1, 23, 30);
  const service = memoryService(harness.deps);
  const caller = serviceCaller(MEMORY_ACCOUNT);
  await openMemoryAccount(service);
  const named = { region: null, name: null, tags: [], clientToken: null };
  const when = { hours: [0], weekdays: [1, 2, 3, 4, 5, 6, 7], retentionDays: 30, timeZone: null };
  const { id: policyId } = await createPolicy(service, caller, { ...named, ...when });
  const none = { name: null, snapshotId: null, imageId: null, encrypted: null, encryptionKeyId: null };
  const kept = { category: 'CLOUD', deleteAutoSnapshots: false, deleteWithInstance: true, sizeBytes: 1024 } as const;
  const disk = { ...none, ...kept, policyId };
  const dataDisks = Array.from({ length: DISKS - 1 }, () => disk);
  for (let at = 0; at < INSTANCES; at++) {
    const input = { ...named, start: true, deletionProtection: false, systemDisk: disk, dataDisks };
    await createInstance(service, caller, input);
  }
  harness.clock.at += 3_600_000;
  const sent: WorkMessage[] = [];
  const { most, catalogue } = watched(harness.catalogue);
  const queue = { send: async (messages: readonly WorkMessage[]) => void sent.push(...messages) };
  const busy = memoryService({ ...harness.deps, catalogue, queue });
  await tick(busy, FOREVER);
  const [message] = sent;
  if (message?.kind !== 'slot') throw new Error('no slot');
  expect(await runSlot({ service: busy, report: () => undefined }, message, FOREVER)).toBe('gone');
  const runs = harness.catalogue.rows(runEntity);
  expect(runs.map(({ status }) => status)).toEqual(Array.from({ length: INSTANCES * DISKS }, () => 'DONE'));
  expect(most).toEqual({ ofOne: 1, ofAll: INSTANCES });
  expect(sent).toHaveLength(1); // nothing is left to be done by others
});
