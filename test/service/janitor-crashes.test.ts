import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { markInArrears } from '../../src/service/accounts/arrears.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { sweepSamples } from '../../src/service/capacity/sample.ts';
import { attachDisk } from '../../src/service/disks/attach.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import { sweepUnpaid } from '../../src/service/disks/end-of-payment.ts';
import { releaseInstance } from '../../src/service/instances/change.ts';
import { createInstance } from '../../src/service/instances/create.ts';
import { sweepInstances } from '../../src/service/instances/work.ts';
import { meteredHourEntity } from '../../src/service/model/capacity/metering-rows.ts';
import { sampleEntity } from '../../src/service/model/capacity/rows.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import { paidUntilEntity } from '../../src/service/model/disks/paid-until.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { instanceEntity, instanceWorkEntity } from '../../src/service/model/instances/rows.ts';
import { cancellationEntity, coverCountEntity, coverEntity } from '../../src/service/model/policies/rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { createPolicy } from '../../src/service/policies/create.ts';
import { deletePolicy, sweepCancellations } from '../../src/service/policies/delete.ts';
import type { Service } from '../../src/service/service.ts';
import { sweepArrears } from '../../src/service/snapshots/arrears.ts';
import { createSnapshot } from '../../src/service/snapshots/create.ts';
import { createEngineHarness, type EngineHarness, findFaults, forkHarness } from '../support/engine-harness.ts';
import { FAULTS, type Fault, injectFault } from '../support/fault-injector.ts';
import { MEMORY_ACCOUNT, memoryService, openMemoryAccount } from '../support/memory-service.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const FOREVER = Number.POSITIVE_INFINITY;
const caller = serviceCaller(MEMORY_ACCOUNT);
const NONE = { name: null, snapshotId: null, imageId: null, encrypted: null, encryptionKeyId: null };
const DISK = {
  ...NONE,
  category: 'CLOUD',
  deleteAutoSnapshots: false,
  deleteWithInstance: true,
  sizeBytes: 1024,
} as const;
const FREE = {
  ...DISK,
  region: null,
  kind: null,
  chargeType: 'POSTPAID',
  expiresAt: null,
  tags: [],
  clientToken: null,
} as const;
const SNAPSHOT = { name: null, description: null, retentionDays: null, tags: [], clientToken: null };

/** The rounds of the janitor that end what users have begun or left, as its function runs them. */
async function sweep(deps: EngineDeps): Promise<void> {
  const service = memoryService(deps);
  await sweepInstances(service, FOREVER);
  await sweepCancellations(service, FOREVER);
  await sweepArrears(service, FOREVER);
  await sweepUnpaid(service, { graceMs: DAY_MS }, FOREVER);
  await sweepSamples(service, FOREVER);
}

async function recover(harness: EngineHarness): Promise<void> {
  for (let round = 0; round < 4; round++) {
    harness.clock.at += 2 * MINUTE_MS;
    await sweep(harness.deps).catch(() => undefined);
  }
  harness.clock.at += 61 * MINUTE_MS; // what was kept in use is looked at again
  await sweep(harness.deps);
  await harness.settle();
}

/** What is there at the end, without what differs from run to run. */
function endState({ catalogue }: EngineHarness): unknown {
  return {
    disks: catalogue
      .rows(diskEntity)
      .map(
        ({ name, status, policyId, instanceIds = [] }) => `${name} ${status} ${policyId ?? '-'} ${instanceIds.length}`,
      )
      .sort(),
    instances: catalogue
      .rows(instanceEntity)
      .map(({ name, status, dataDiskIds }) => [name, status, dataDiskIds.length]),
    snapshots: catalogue
      .rows(snapshotEntity)
      .map(({ name }) => name)
      .sort(),
    chains: catalogue
      .rows(chainEntity)
      .map(({ manualCount, autoCount, diskReleased }) => `${manualCount} ${autoCount} ${diskReleased}`)
      .sort(),
    samples: catalogue.rows(sampleEntity).length,
    metered: catalogue.rows(meteredHourEntity).map(({ pages }) => pages),
    left: [
      ...catalogue.rows(instanceWorkEntity),
      ...catalogue.rows(cancellationEntity),
      ...catalogue.rows(coverEntity),
      ...catalogue.rows(coverCountEntity),
      ...catalogue.rows(paidUntilEntity),
    ],
  };
}

/**
 * An account 15 days in arrears with three snapshots, one of them in use. Two prepaid disks at the
 * end of their grace time, one attached. A policy that was deleted with disks left. An instance
 * whose creation, and one whose release, was cut off.
 */
async function scene(): Promise<EngineHarness> {
  const harness = createEngineHarness(11);
  const service = memoryService(harness.deps);
  await openMemoryAccount(service);
  const disk = async (name: string, input: object = {}) => createDisk(service, caller, { ...FREE, name, ...input });
  const instance = (name: string, on: Service, more: object = {}) =>
    createInstance(on, caller, {
      ...{ region: null, start: true, deletionProtection: false, tags: [], clientToken: null, dataDisks: [] },
      name,
      systemDisk: { ...DISK, name: `${name}-system` },
      ...more,
    });

  const source = await disk('source');
  for (const name of ['first', 'second'])
    await createSnapshot(service, caller, { ...SNAPSHOT, diskId: source.id, name });
  const used = await createSnapshot(service, caller, { ...SNAPSHOT, diskId: source.id, name: 'used' });
  await disk('clone', { snapshotId: used.id });

  const expiresAt = new Date(harness.clock.at + MINUTE_MS).toISOString();
  await disk('unpaid', { chargeType: 'PREPAID', expiresAt });
  const attached = await disk('unpaid-attached', { chargeType: 'PREPAID', expiresAt });
  const holder = await instance('holder', service);
  await attachDisk(service, caller, { diskId: attached.id, instanceId: holder.id });

  const when = {
    hours: [0],
    weekdays: [1],
    retentionDays: 30,
    timeZone: null,
    region: null,
    tags: [],
    clientToken: null,
  };
  const policy = await createPolicy(service, caller, { ...when, name: 'gone' });
  for (const name of ['covered-1', 'covered-2', 'covered-3']) await disk(name, { policyId: policy.id });
  await cut(harness, 2, (on) => deletePolicy(on, caller, policy.id));
  await cut(harness, 2, (on) => instance('cut', on, { dataDisks: [{ ...DISK, name: 'cut-data' }] }));
  const kept = { ...DISK, name: 'kept', deleteWithInstance: false };
  const leaving = await instance('leaving', service, { start: false, dataDisks: [kept] });
  await cut(harness, 1, (on) => releaseInstance(on, caller, leaving.id));

  await harness.settle();
  await markInArrears(service, { account: MEMORY_ACCOUNT });
  harness.clock.at += 15 * DAY_MS + MINUTE_MS;
  return harness;
}

/** A call whose process is killed after so many transactions. */
async function cut(
  { deps }: EngineHarness,
  transactions: number,
  call: (on: Service) => Promise<unknown>,
): Promise<void> {
  let left = transactions;
  const transact: typeof deps.catalogue.transact = async (writes) => {
    if (left-- <= 0) throw new Error('killed');
    return deps.catalogue.transact(writes);
  };
  const catalogue = { ...deps.catalogue, transact };
  await expect(call(memoryService({ ...deps, catalogue }))).rejects.toThrow('killed');
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

test('the scene has something to do for every round', () => {
  expect(expected).toEqual({
    disks: [
      ...['clone AVAILABLE - 0', 'covered-1 AVAILABLE - 0', 'covered-2 AVAILABLE - 0', 'covered-3 AVAILABLE - 0'],
      ...['cut-data IN_USE - 1', 'cut-system IN_USE - 1', 'holder-system IN_USE - 1', 'kept AVAILABLE - 0'],
      'source AVAILABLE - 0',
    ],
    instances: expect.arrayContaining([
      ['holder', 'RUNNING', 0],
      ['cut', 'RUNNING', 1],
    ]),
    snapshots: ['used'],
    chains: expect.any(Array),
    samples: 2,
    metered: [2, 2],
    left: [],
  });
  expect(calls.filter((name) => name === 'catalogue.transact').length).toBeGreaterThan(15);
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
}

describe('1.3, 2.2, 3.6, 5.2, 8.1: whatever happens to any one call of the janitor’s rounds, the end is the same', () => {
  test.each(FAULTS)(
    '%s',
    async (fault) => {
      for (let at = 0; at < calls.length; at++) await disturbed(at, fault);
    },
    120_000,
  );
});

test('1.3, 2.2, 3.6, 5.2, 8.1: a janitor that was killed at every call in turn still comes to the same end', async () => {
  const harness = forkHarness(begin, 3);
  for (let at = 0; at < calls.length; at++) {
    const injected = injectFault(harness.deps, { at, fault: 'hangs after', meanwhile: async () => undefined });
    await injected.run(sweep);
  }
  await recover(harness);
  expect(endState(harness)).toEqual(expected);
});
