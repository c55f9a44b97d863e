import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineDeps } from '../../src/engine/deps.ts';
import type { WorkMessage } from '../../src/platform/queue/port.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import { createInstance } from '../../src/service/instances/create.ts';
import { policyEntity } from '../../src/service/model/policies/rows.ts';
import { runEntity, slotEntity } from '../../src/service/model/policies/run-rows.ts';
import { expiryEntity } from '../../src/service/model/snapshots/expiry-rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { createPolicy } from '../../src/service/policies/create.ts';
import { runSlot } from '../../src/service/policies/run-slot.ts';
import { tick } from '../../src/service/policies/timer.ts';
import { setQuota } from '../../src/service/quotas/quotas.ts';
import { sweepExpired } from '../../src/service/snapshots/expiry.ts';
import { createEngineHarness, type EngineHarness, findFaults, forkHarness } from '../support/engine-harness.ts';
import { FAULTS, type Fault, injectFault } from '../support/fault-injector.ts';
import { manifestsBehind } from '../support/manifests.ts';
import { MEMORY_ACCOUNT, memoryService, openMemoryAccount } from '../support/memory-service.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const FOREVER = Number.POSITIVE_INFINITY;
const caller = serviceCaller(MEMORY_ACCOUNT);
const NEW_DISK = { category: 'CLOUD', deleteAutoSnapshots: false, deleteWithInstance: true, sizeBytes: 1024 } as const;

type SlotMessage = Extract<WorkMessage, { kind: 'slot' }>;
const isSlot = (message: WorkMessage): message is SlotMessage => message.kind === 'slot';

/** A tick, and workers for what it sent: one process, which a fault can end anywhere. */
async function fire(deps: EngineDeps): Promise<void> {
  const sent: SlotMessage[] = [];
  const queue = {
    send: async (messages: readonly WorkMessage[]) => {
      await deps.queue.send(messages);
      sent.push(...messages.filter(isSlot));
    },
  };
  const service = memoryService({ ...deps, queue });
  await tick(service, FOREVER);
  for (const message of sent) await runSlot({ service, report: () => undefined }, message, FOREVER);
  await sweepExpired(service, FOREVER);
}

/** Fires as the clock goes on, until all retries are over. */
async function recover(harness: EngineHarness): Promise<void> {
  for (let round = 0; round < 8; round++) {
    harness.clock.at += 4 * MINUTE_MS;
    await fire(harness.deps);
  }
  await harness.settle();
}

const text = (values: object) => JSON.stringify(values, Object.keys(values).sort());

/** What users see at the end, without ids and instants that differ from run to run. */
function endState(harness: EngineHarness): unknown {
  const { catalogue } = harness;
  const snapshots = catalogue.rows(snapshotEntity);
  return {
    next: catalogue.rows(policyEntity).map(({ nextRunAt, missedSlots }) => [nextRunAt, missedSlots]),
    slots: catalogue
      .rows(slotEntity)
      .map(({ slotAt, status, done, skipped, failed, again, missedSlots }) =>
        text({ slotAt, status, done, skipped, failed, again, missedSlots }),
      )
      .sort(),
    runs: catalogue
      .rows(runEntity)
      .map(({ diskId, slotAt, status, code, retrySlot, snapshotId }) => {
        const exists = snapshots.some(({ id, diskId: of }) => id === snapshotId && of === diskId);
        return text({ diskId, slotAt, status, ...(code && { code }), ...(retrySlot && { retrySlot }), exists });
      })
      .sort(),
    snapshots: snapshots.map(({ diskId, kind, name }) => `${diskId} ${kind} ${name}`).sort(),
    expiry: catalogue.rows(expiryEntity).length,
    manifestsBehind: manifestsBehind(harness),
  };
}

/**
 * Three slots are due, two of which are missed. Of three disks one is not in use, and two have an
 * automatic snapshot each from the days before: one whose quota it fills, as the region's is 1.
 */
async function scene(): Promise<EngineHarness> {
  const harness = createEngineHarness(7);
  const service = memoryService(harness.deps);
  harness.clock.at = Date.UTC(2026, 5, 1, 23, 30);
  await openMemoryAccount(service);
  await setQuota(service, caller, { region: null, kind: 'AUTO_SNAPSHOTS_PER_DISK', limit: 1 });
  const when = { hours: [0, 8], weekdays: [1, 2, 3, 4, 5, 6, 7], retentionDays: 30, timeZone: null };
  const named = { region: null, name: 'nightly', tags: [], clientToken: null };
  const { id: policyId } = await createPolicy(service, caller, { ...named, ...when });
  const none = { name: null, snapshotId: null, imageId: null, encrypted: null, encryptionKeyId: null };
  const disk = { ...NEW_DISK, ...none, policyId };
  const instance = { region: null, name: null, start: true, deletionProtection: false, tags: [], clientToken: null };
  await createInstance(service, caller, { ...instance, systemDisk: disk, dataDisks: [disk] });
  const free = {
    ...disk,
    region: null,
    kind: null,
    chargeType: 'POSTPAID',
    expiresAt: null,
    tags: [],
    clientToken: null,
  } as const;
  await createDisk(service, caller, free);
  await harness.settle();
  harness.clock.at = Date.UTC(2026, 5, 2, 0, 1);
  await fire(harness.deps);
  await harness.settle();
  harness.clock.at = Date.UTC(2026, 5, 3, 8, 30);
  return harness;
}

let begin: EngineHarness;
let expected: unknown;
let calls: readonly string[];

beforeAll(async () => {
  begin = await scene();
  const undisturbed = forkHarness(begin, 1);
  const { deps, calls: made } = injectFault(undisturbed.deps);
  await fire(deps);
  calls = made;
  await recover(undisturbed);
  expected = endState(undisturbed);
});

test('the scene has what can go wrong: missed slots, a skipped disk, quotas that give way', () => {
  expect(expected).toMatchObject({
    slots: [
      expect.stringContaining('MISSED'),
      expect.stringContaining('MISSED'),
      expect.stringContaining('"missedSlots":0,"skipped":1'),
      expect.stringContaining('"done":2,"failed":0,"missedSlots":2,"skipped":1'),
    ],
    snapshots: [expect.stringContaining('auto2.0_20260603'), expect.stringContaining('auto2.0_20260603')],
    expiry: 2,
    manifestsBehind: [],
  });
  expect(calls.filter((name) => name === 'catalogue.transact').length).toBeGreaterThan(5);
});

async function disturbed(at: number, fault: Fault): Promise<void> {
  const harness = forkHarness(begin, 100 + at);
  let rounds = 0;
  const meanwhile = async () => {
    if (rounds++ === 0) await fire(harness.deps);
  };
  const injected = injectFault(harness.deps, { at, fault, meanwhile });
  await injected.run(fire);
  expect(injected.reached(), `call ${at}`).toBe(true);
  await recover(harness);
  expect(endState(harness), `${fault} at call ${at}, ${calls[at]}`).toEqual(expected);
  expect(await findFaults(harness)).toEqual([]);
}

describe('5.3: whatever happens to any one call of timer, worker or clean-up, the end is the same', () => {
  test.each(FAULTS)(
    '%s',
    async (fault) => {
      for (let at = 0; at < calls.length; at++) await disturbed(at, fault);
    },
    120_000,
  );
});

test('5.3: a timer that was killed again and again, at every call in turn, still comes to the same end', async () => {
  const harness = forkHarness(begin, 3);
  for (let at = 0; at < 60; at++) {
    const injected = injectFault(harness.deps, { at, fault: 'hangs after', meanwhile: async () => undefined });
    await injected.run(fire);
  }
  await recover(harness);
  expect(endState(harness)).toEqual(expected);
});

test('5.3: a timer that was off for a day makes up for one slot', async () => {
  const harness = forkHarness(begin, 4);
  harness.clock.at += 24 * HOUR_MS;
  await Promise.all([fire(harness.deps), fire(harness.deps)]);
  await recover(harness);
  const slots = harness.catalogue.rows(slotEntity);
  expect(slots.filter(({ status }) => status === 'MISSED')).toHaveLength(4);
  expect(slots.filter(({ status }) => status === 'DONE')).toHaveLength(2);
  expect(harness.catalogue.rows(snapshotEntity)).toHaveLength(2);
});
