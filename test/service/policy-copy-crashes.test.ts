import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import type { WorkMessage } from '../../src/platform/queue/port.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { runCopy } from '../../src/service/copies/run.ts';
import { sweepCopies } from '../../src/service/copies/sweep.ts';
import { createInstance } from '../../src/service/instances/create.ts';
import { snapshotServiceEntity } from '../../src/service/model/accounts/rows.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import { copyEntity } from '../../src/service/model/copies/rows.ts';
import { policyCopyEntity } from '../../src/service/model/policies/copy-rows.ts';
import { expiryEntity } from '../../src/service/model/snapshots/expiry-rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { createPolicy } from '../../src/service/policies/create.ts';
import { runPolicyCopy } from '../../src/service/policies/run-copy.ts';
import { runSlot } from '../../src/service/policies/run-slot.ts';
import { sweepPolicyCopies } from '../../src/service/policies/sweep-copies.ts';
import { tick } from '../../src/service/policies/timer.ts';
import { setQuota } from '../../src/service/quotas/quotas.ts';
import { createEngineHarness, type EngineHarness, findFaults, forkHarness } from '../support/engine-harness.ts';
import { FAULTS, type Fault, injectFault } from '../support/fault-injector.ts';
import { MEMORY_ACCOUNT, memoryService, OTHER_MEMORY_REGION, openMemoryAccount } from '../support/memory-service.ts';
import { FREE_DISK } from '../support/sweep-cases.ts';
import { write } from '../support/use-case-scene.ts';

const MINUTE_MS = 60_000;
const FOREVER = Number.POSITIVE_INFINITY;
const caller = serviceCaller(MEMORY_ACCOUNT);

/** Timer, janitor, and workers for what they send: one process, which a fault can end anywhere. */
async function fire(deps: EngineDeps): Promise<void> {
  const sent: WorkMessage[] = [];
  const queue = {
    send: async (messages: readonly WorkMessage[]) => {
      await deps.queue.send(messages);
      sent.push(...messages);
    },
  };
  const service = memoryService({ ...deps, queue });
  const report = () => undefined;
  await tick(service, FOREVER);
  await sweepPolicyCopies(service, FOREVER);
  await sweepCopies(service, FOREVER);
  for (let message = sent.shift(); message !== undefined; message = sent.shift()) {
    if (message.kind === 'slot') await runSlot({ service, report }, message, FOREVER);
    if (message.kind === 'policyCopy') await runPolicyCopy({ service, report }, message);
    if (message.kind === 'copy') await runCopy(service, message, FOREVER);
  }
}

/** Fires as the clock goes on, until nothing waits any more. */
async function recover(harness: EngineHarness): Promise<void> {
  for (let round = 0; round < 8; round++) {
    harness.clock.at += 7 * MINUTE_MS;
    await fire(harness.deps);
  }
  await harness.settle();
}

const isThere = ({ region }: { readonly region: string }) => region === OTHER_MEMORY_REGION;

/** What users see at the end, without ids and instants that differ from run to run. */
function endState({ catalogue }: EngineHarness): unknown {
  const snapshots = catalogue.rows(snapshotEntity);
  const copies = snapshots.filter(isThere);
  return {
    sources: snapshots.filter((row) => !isThere(row)).length,
    copies: copies.map(({ name, kind, status, retentionDays }) => [name, kind, status, retentionDays]).sort(),
    wanted: catalogue
      .rows(policyCopyEntity)
      .map(({ status, snapshotId, copyId, problemCode }) => {
        const copy = copies.find(({ id }) => id === copyId);
        return { status, problemCode, isOfSource: copy?.copiedFromId === snapshotId };
      })
      .sort((a, b) => Number(a.isOfSource) - Number(b.isOfSource)),
    counts: catalogue
      .rows(chainEntity)
      .filter(isThere)
      .map(({ autoCount, withoutNode }) => [autoCount, withoutNode]),
    underWay: catalogue.rows(copyEntity).filter(({ status }) => status === 'RUNNING').length,
    expiry: catalogue.rows(expiryEntity).length,
  };
}

/** Two hourly snapshots of a disk have copies, as many as the quota allows; a third is due. */
async function scene(): Promise<EngineHarness> {
  const harness = createEngineHarness(7);
  const service = memoryService(harness.deps);
  harness.clock.at = Date.UTC(2026, 5, 1, 23, 30);
  await openMemoryAccount(service);
  const place = { accountId: MEMORY_ACCOUNT, region: OTHER_MEMORY_REGION };
  await service.catalogue.transact([put(snapshotServiceEntity, { ...place, openedAt: 'any', acceptedTerms: 'any' })]);
  await setQuota(service, caller, { region: OTHER_MEMORY_REGION, kind: 'AUTO_SNAPSHOTS_PER_DISK', limit: 2 });
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const when = { hours, weekdays: [1, 2, 3, 4, 5, 6, 7], retentionDays: 30, timeZone: null };
  const copyTargets = [{ region: OTHER_MEMORY_REGION, retentionDays: 90 }];
  const named = { region: null, name: 'safe', tags: [], clientToken: null };
  const { id: policyId } = await createPolicy(service, caller, { ...named, ...when, copyTargets });
  const machine = { region: null, name: null, start: true, deletionProtection: false, tags: [], clientToken: null };
  const instance = await createInstance(service, caller, {
    ...machine,
    systemDisk: { ...FREE_DISK, sizeBytes: 2 ** 30, policyId },
    dataDisks: [],
  });
  const diskId = instance.systemDiskId ?? '';
  for (const hour of [0, 1]) {
    harness.clock.at = Date.UTC(2026, 5, 2, hour, 1);
    await write(service, diskId, [hour, 2]);
    await harness.settle();
    await fire(harness.deps);
    await harness.settle();
  }
  await write(service, diskId, [3, 4]);
  await harness.settle();
  harness.clock.at = Date.UTC(2026, 5, 2, 2, 1);
  return harness;
}

const UNDISTURBED = 1;
let begin: EngineHarness;
let expected: unknown;
let calls: readonly string[];

beforeAll(async () => {
  begin = await scene();
  const undisturbed = forkHarness(begin, UNDISTURBED);
  const { deps, calls: made } = injectFault(undisturbed.deps);
  await fire(deps);
  calls = made;
  await recover(undisturbed);
  expected = endState(undisturbed);
});

test('the scene has a copy for which the oldest one gives way', () => {
  const copy = ['auto2.0_20260602', 'AUTO', 'ACCOMPLISHED', 90];
  const named = [expect.stringContaining(copy[0] as string), ...copy.slice(1)];
  const done = { status: 'DONE', problemCode: undefined };
  expect(expected).toEqual({
    sources: 3,
    copies: [named, named],
    wanted: [
      { ...done, isOfSource: false },
      { ...done, isOfSource: true },
      { ...done, isOfSource: true },
    ],
    counts: [[2, 0]],
    underWay: 0,
    expiry: 5,
  });
  expect(calls.length).toBeGreaterThan(50);
});

async function disturbed(at: number, fault: Fault): Promise<void> {
  const harness = forkHarness(begin, UNDISTURBED); // with the same ids, and so the same calls
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

describe('7.2: whatever happens to any one call, there is one copy of each', () => {
  test.each(FAULTS)(
    '%s',
    async (fault) => {
      for (let at = 0; at < calls.length; at++) await disturbed(at, fault);
    },
    240_000,
  );
});

test('7.2: workers killed at every call in turn come to the same end', async () => {
  const harness = forkHarness(begin, 3);
  for (let at = 0; at < calls.length; at++) {
    const injected = injectFault(harness.deps, { at, fault: 'hangs after', meanwhile: async () => undefined });
    await injected.run(fire);
  }
  await recover(harness);
  expect(endState(harness)).toEqual(expected);
});

test('7.2: two processes at the same time make one copy', async () => {
  const harness = forkHarness(begin, 4);
  await Promise.all([fire(harness.deps), fire(harness.deps), fire(harness.deps)]);
  await recover(harness);
  expect(endState(harness)).toEqual(expected);
});
