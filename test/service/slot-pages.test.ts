import { beforeEach, describe, expect, test } from 'vitest';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { patch, put } from '../../src/platform/catalogue/port.ts';
import { createInstance } from '../../src/service/instances/create.ts';
import { coverEntity } from '../../src/service/model/policies/rows.ts';
import { type RunRow, runEntity, type SlotRow, slotEntity } from '../../src/service/model/policies/run-rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { createPolicy } from '../../src/service/policies/create.ts';
import { runSlot } from '../../src/service/policies/run-slot.ts';
import { tick } from '../../src/service/policies/timer.ts';
import { createEngineHarness, type EngineHarness } from '../support/engine-harness.ts';
import { caller } from '../support/lease-scene.ts';
import { MEMORY_ACCOUNT, memoryService, openMemoryAccount } from '../support/memory-service.ts';
import { badId, type Poison, poisoned } from '../support/poison.ts';
import { ANY_POLICY, FREE_DISK } from '../support/sweep-cases.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const DAY_MS = 24 * 3600_000;
/** More disks than a worker reads in one request. */
const BAD_DISKS = 101;
const badDisk = (number: number): string => `d-${badId(number)}`;

let harness: EngineHarness;
let goodDisk: string;

/** A slot that was just opened for a policy of one disk, and of many bad ones before it. */
beforeEach(async () => {
  harness = createEngineHarness(3);
  const service = memoryService(harness.deps);
  await openMemoryAccount(service);
  const { id: policyId } = await createPolicy(service, caller, ANY_POLICY);
  const place = { region: null, name: null, start: true, deletionProtection: false, tags: [], clientToken: null };
  const systemDisk = { ...FREE_DISK, policyId };
  const instance = await createInstance(service, caller, { ...place, systemDisk, dataDisks: [] });
  goodDisk = instance.systemDiskId ?? '';
  for (let number = 0; number < BAD_DISKS; number++) {
    const cover = { accountId: MEMORY_ACCOUNT, policyId, diskId: badDisk(number) };
    await service.catalogue.transact([put(coverEntity, cover)]);
  }
  harness.clock.at += DAY_MS;
  await tick(service, FOREVER);
});

const slot = () => harness.catalogue.rows(slotEntity)[0] as SlotRow;
const runOf = (diskId: string) => harness.catalogue.rows(runEntity).find((run) => run.diskId === diskId);
const run = (deps: EngineDeps) => runSlot({ service: memoryService(deps), report: () => undefined }, slot(), FOREVER);

test('5.3: disks whose runs cannot be recorded keep none behind them from its snapshot', async () => {
  await expect(run(poisoned(harness.deps))).rejects.toThrow('poisoned');
  expect(runOf(goodDisk)).toMatchObject({ status: 'DONE' });
  expect(slot()).toMatchObject({ status: 'RUNNING', done: 0 });
  await run(harness.deps); // the bad disks are none, and so have no runs
  expect(slot()).toMatchObject({ status: 'DONE', done: 1 });
  expect(harness.catalogue.rows(snapshotEntity)).toHaveLength(1);
});

/** As if each disk had met a snapshot in progress. */
async function skipAll({ accountId, policyId, slotAt, forgetAt }: SlotRow): Promise<void> {
  const bad = Array.from({ length: BAD_DISKS }, (_, number) => badDisk(number));
  const skipped = [...bad, goodDisk].map((diskId): RunRow => {
    const key = { accountId, diskId, policyId, slotAt };
    const rest = { missedSlots: 0, tries: 1, retrySlot: slotAt, at: slotAt, forgetAt };
    return { ...key, ...rest, status: 'SKIPPED', code: 'SnapshotCreating' };
  });
  for (const row of skipped) await harness.catalogue.transact([put(runEntity, row)]);
  const set = { status: 'RETRYING', skipped: skipped.length, again: skipped.length } as const;
  await harness.catalogue.transact([patch(slotEntity, { accountId, policyId, slotAt }, { set })]);
}

describe('5.4: a disk that was skipped is tried again, however many before it', () => {
  test('fail again', async () => {
    await skipAll(slot());
    const poison: Poison = { spared: [runEntity] };
    expect(await run(poisoned(harness.deps, poison))).toBe('done');
    expect(runOf(goodDisk)).toMatchObject({ status: 'DONE' });
    expect(slot()).toMatchObject({ status: 'RETRYING', done: 1, skipped: BAD_DISKS, again: BAD_DISKS });
  });

  test('cannot be recorded', async () => {
    await skipAll(slot());
    await expect(run(poisoned(harness.deps))).rejects.toThrow('poisoned');
    expect(runOf(goodDisk)).toMatchObject({ status: 'DONE' });
    expect(slot()).toMatchObject({ status: 'RETRYING', again: BAD_DISKS });
  });
});
