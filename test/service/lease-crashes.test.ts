import { describe, expect, test } from 'vitest';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { attachDisk } from '../../src/service/disks/attach.ts';
import { rollbackDisk } from '../../src/service/disks/rollback.ts';
import { createInstance } from '../../src/service/instances/create.ts';
import { releaseLease } from '../../src/service/leases/end.ts';
import { renewLease } from '../../src/service/leases/renew.ts';
import { sweepLeases } from '../../src/service/leases/sweep.ts';
import { leaseEntity } from '../../src/service/model/leases/rows.ts';
import { progressEntity } from '../../src/service/model/snapshots/progress-rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import type { Service } from '../../src/service/service.ts';
import { deleteSnapshot } from '../../src/service/snapshots/delete.ts';
import { finishOverdue, sweepOverdue } from '../../src/service/snapshots/overdue.ts';
import { type EngineHarness, findFaults, forkHarness } from '../support/engine-harness.ts';
import { FAULTS, type Fault, injectFault } from '../support/fault-injector.ts';
import {
  acquire,
  caller,
  commit,
  type LeaseScene,
  leaseFaults,
  leaseScene,
  newDisk,
  restOf,
  snapshot,
} from '../support/lease-scene.ts';
import type { MemoryCatalogue } from '../support/memory-catalogue.ts';
import { MEMORY_ACCOUNT, memoryService } from '../support/memory-service.ts';

const FOREVER = Number.POSITIVE_INFINITY;

interface Operation {
  readonly name: string;
  /** Before it, without faults. */
  readonly first?: (service: Service, scene: LeaseScene) => Promise<unknown>;
  readonly run: (service: Service, scene: LeaseScene) => Promise<unknown>;
}

const held = (service: Service, { disk }: LeaseScene) => acquire(service, disk, 'host-a');
const inProgress = async (service: Service, scene: LeaseScene) => {
  await held(service, scene);
  return snapshot(service, scene.disk);
};
const leaseOf = ({ harness, disk }: LeaseScene) =>
  harness.catalogue.rows(leaseEntity).find(({ diskId }) => diskId === disk.id);
const fenceOf = (scene: LeaseScene) => leaseOf(scene)?.fence ?? -1;
const lastSnapshot = ({ harness, snapshotId }: LeaseScene) =>
  harness.catalogue.rows(snapshotEntity).find(({ id }) => id !== snapshotId)?.id ?? '';

const OPERATIONS: readonly Operation[] = [
  { name: 'a lease with a new host', run: held },
  {
    name: 'a lease that is stolen',
    first: inProgress,
    run: (service, { disk }) => acquire(service, disk, 'host-b', true),
  },
  {
    name: 'a lease under an instance',
    first: async (service, { disk }) => {
      const none = {
        name: null,
        snapshotId: null,
        imageId: null,
        encrypted: null,
        encryptionKeyId: null,
        policyId: null,
      };
      const systemDisk = {
        ...none,
        sizeBytes: 1024,
        category: 'CLOUD',
        deleteAutoSnapshots: false,
        deleteWithInstance: true,
      } as const;
      const rest = {
        region: null,
        name: null,
        dataDisks: [],
        start: true,
        deletionProtection: false,
        tags: [],
        clientToken: null,
      };
      const instance = await createInstance(service, caller, { ...rest, systemDisk });
      await attachDisk(service, caller, { diskId: disk.id, instanceId: instance.id });
    },
    run: held,
  },
  { name: 'a snapshot that begins', first: held, run: (service, { disk }) => snapshot(service, disk) },
  {
    name: 'a flush that is answered',
    first: inProgress,
    run: (service, scene) => renewLease(service, caller, { diskId: scene.disk.id, fence: fenceOf(scene), flushed: 1 }),
  },
  {
    name: 'a flush that nobody answers',
    first: async (service, scene) => {
      await inProgress(service, scene);
      scene.harness.clock.at += 15_000;
    },
    run: (service, scene) =>
      finishOverdue(service, { kind: 'snapshot', accountId: MEMORY_ACCOUNT, id: lastSnapshot(scene) }),
  },
  {
    name: 'a snapshot that is cancelled',
    first: inProgress,
    run: (service, scene) => deleteSnapshot(service, caller, lastSnapshot(scene), { force: false, by: 'PERSON' }),
  },
  {
    name: 'a lease that is given back',
    first: inProgress,
    run: (service, scene) => releaseLease(service, caller, { diskId: scene.disk.id, fence: fenceOf(scene) }),
  },
  {
    name: 'a rollback that breaks it',
    first: held,
    run: (service, { disk, snapshotId }) => {
      const input = { diskId: disk.id, snapshotId, dryRun: false, safetySnapshot: true, safetySnapshotName: null };
      const more = { expectedVersion: null, startInstance: false, breakLease: true, clientToken: 'back' };
      return rollbackDisk(service, caller, { ...input, ...more });
    },
  },
  {
    name: 'a commit after it has expired',
    first: async (service, scene) => {
      await held(service, scene);
      scene.harness.clock.at += 30_000;
    },
    run: (service, { harness, disk }) => commit(harness, service, disk, { value: 7 }),
  },
  {
    name: 'the janitor',
    first: async (service, scene) => {
      await inProgress(service, scene);
      scene.harness.clock.at += 6 * 60_000;
    },
    run: async (service) => {
      await sweepOverdue(service, FOREVER);
      await sweepLeases(service, FOREVER);
    },
  },
];

const at = (scene: LeaseScene, harness: EngineHarness): LeaseScene => ({ ...scene, harness });

async function strike(operation: Operation, scene: LeaseScene, place: number, fault: Fault): Promise<string[]> {
  const harness = forkHarness(scene.harness, 100 + place);
  const own = at(scene, harness);
  const meanwhile = async () => {
    harness.clock.at += 6 * 60_000;
    await sweepOverdue(memoryService(harness.deps), FOREVER);
    await sweepLeases(memoryService(harness.deps), FOREVER);
  };
  const injected = injectFault(harness.deps, { at: place, fault, meanwhile });
  const { error } = await injected.run((deps: EngineDeps) => operation.run(memoryService(deps), own));
  const faults = injected.reached() ? [] : ['the fault was never reached'];
  const code = (error as { code?: string } | undefined)?.code;
  if (error !== undefined && (code === undefined || code === 'Internal'))
    faults.push(error instanceof Error ? error.message : (code ?? 'no error'));
  faults.push(...leaseFaults(harness), ...(await lifeGoesOn(own)));
  faults.push(...(await restOf(harness)), ...leaseFaults(harness), ...(await findFaults(harness)));
  return faults;
}

/**
 * Whatever was left: the disk can be taken and written to, and a snapshot of it comes to its end.
 */
async function lifeGoesOn(scene: LeaseScene): Promise<string[]> {
  const { harness, disk } = scene;
  const service = memoryService(harness.deps);
  harness.clock.at += 31_000;
  await sweepOverdue(service, FOREVER);
  const { fence } = await acquire(service, disk, 'host-z', true);
  await commit(harness, service, disk, { value: 40, fence });
  const begun = await snapshot(service, disk);
  await renewLease(service, caller, { diskId: disk.id, fence, flushed: 1 });
  const done = harness.catalogue.rows(snapshotEntity).find(({ id }) => id === begun.id);
  return done?.consistency === 'FLUSHED' ? [] : [`a snapshot afterwards is ${done?.status}`];
}

describe('9.3: any single call may go wrong in any way, and nothing is left hanging', () => {
  test.each(OPERATIONS)(
    '$name',
    async (operation) => {
      const scene = await leaseScene(5);
      await operation.first?.(memoryService(scene.harness.deps), scene);
      const whole = forkHarness(scene.harness, 1);
      const { run, calls } = injectFault(whole.deps);
      const { error } = await run((deps) => operation.run(memoryService(deps), at(scene, whole)));
      expect(error).toBeUndefined();
      const wrong: Record<string, string[]> = {};
      for (const [place, call] of calls.entries()) {
        for (const fault of FAULTS) {
          const faults = await strike(operation, scene, place, fault);
          if (faults.length > 0) wrong[`${call} (${place}) ${fault}`] = faults;
        }
      }
      expect(calls.filter((call) => call === 'catalogue.transact').length).toBeGreaterThan(0);
      expect(wrong).toEqual({});
    },
    120_000,
  );
});

describe('9.3: trouble with one disk keeps the janitor from no other, and is told', () => {
  interface Round {
    readonly name: string;
    /** What it sweeps is due then. */
    readonly laterMs: number;
    readonly sweep: (service: Service) => Promise<unknown>;
    /** What it takes away. */
    readonly swept: (catalogue: MemoryCatalogue) => readonly object[];
  }
  test.each<Round>([
    {
      name: 'leases',
      laterMs: 6 * 60_000,
      sweep: (service) => sweepLeases(service, FOREVER),
      swept: (catalogue) => catalogue.rows(leaseEntity),
    },
    {
      name: 'snapshots in progress',
      laterMs: 15_000,
      sweep: (service) => sweepOverdue(service, FOREVER),
      swept: (catalogue) => catalogue.rows(progressEntity),
    },
  ])('$name', async ({ laterMs, sweep, swept }) => {
    const { harness, disk } = await leaseScene(6);
    const service = memoryService(harness.deps);
    const disks = [disk, ...(await Promise.all([1, 2, 3].map(() => newDisk(service))))];
    for (const [at, one] of disks.entries()) {
      await acquire(service, one, `host-${at}`);
      await snapshot(service, one);
    }
    harness.clock.at += laterMs;
    const { catalogue } = harness;
    const get: typeof catalogue.get = async (entity, key) => {
      if (entity.name === 'disk' && 'id' in key && key.id === disk.id) throw new Error('out of order');
      return catalogue.get(entity, key);
    };
    await expect(sweep(memoryService({ ...harness.deps, catalogue: { ...catalogue, get } }))).rejects.toThrow(
      'out of order',
    );
    expect(swept(catalogue)).toHaveLength(1);
    await sweep(service);
    expect(swept(catalogue)).toEqual([]);
    expect(leaseFaults(harness)).toEqual([]);
  });
});
