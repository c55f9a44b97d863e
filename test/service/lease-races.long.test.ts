import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPageCache } from '../../src/engine/blocks/page-store.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { rollbackDisk } from '../../src/service/disks/rollback.ts';
import { releaseLease } from '../../src/service/leases/end.ts';
import { renewLease } from '../../src/service/leases/renew.ts';
import { sweepLeases } from '../../src/service/leases/sweep.ts';
import type { Service } from '../../src/service/service.ts';
import { deleteSnapshot } from '../../src/service/snapshots/delete.ts';
import { sweepOverdue } from '../../src/service/snapshots/overdue.ts';
import { findFaults } from '../support/engine-harness.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';
import { interleave } from '../support/interleaver.ts';
import {
  acquire,
  caller,
  commit,
  type LeaseScene,
  leaseFaults,
  leaseScene,
  restOf,
  snapshot,
  unlessRefused,
} from '../support/lease-scene.ts';
import { memoryService } from '../support/memory-service.ts';

const RUNS = Number(process.env.VARVE_LEASE_RACES ?? 100);
const FOREVER = Number.POSITIVE_INFINITY;

/** What was committed, by whom: a version and the fence under which it was made; 0 without one. */
interface Course extends LeaseScene {
  readonly commits: { readonly version: number; readonly fence: number }[];
  /** Fences that were taken, in the order in which the calls ended. */
  readonly taken: { readonly fence: number; readonly holder: string }[];
}
type Actor = (course: Course, service: Service) => Promise<void>;

async function write(course: Course, service: Service, value: number, fence?: number): Promise<boolean> {
  for (let attempt = 0; attempt < 4; attempt++) {
    const told = await unlessRefused(commit(course.harness, service, course.disk, { value, fence: fence ?? null }));
    if (!(told instanceof VarveError)) {
      course.commits.push({ version: told.version, fence: fence ?? 0 });
      return true;
    }
    if (told.code !== 'VersionConflict') return false;
  }
  return false;
}

/** Takes the disk, writes, answers flushes, and gives it back. */
const holder =
  (name: string, value: number, steal: boolean): Actor =>
  async (course, service) => {
    const { disk } = course;
    const lease = await unlessRefused(acquire(service, disk, name, steal));
    if (lease instanceof VarveError) return;
    const { fence } = lease;
    course.taken.push({ fence, holder: name });
    const key = { diskId: disk.id, fence };
    await write(course, service, value, fence);
    const told = await unlessRefused(renewLease(service, caller, { ...key, flushed: null }));
    await write(course, service, value + 1, fence);
    if (!(told instanceof VarveError)) {
      await unlessRefused(renewLease(service, caller, { ...key, flushed: told.flushRequest }));
    }
    await write(course, service, value + 2, fence);
    await unlessRefused(releaseLease(service, caller, key));
  };

const stranger =
  (value: number): Actor =>
  async (course, service) =>
    void (await write(course, service, value));

const snapshots: Actor = async ({ disk }, service) => {
  const first = await unlessRefused(snapshot(service, disk));
  await unlessRefused(snapshot(service, disk));
  if (!(first instanceof VarveError)) {
    await unlessRefused(deleteSnapshot(service, caller, first.id, { force: false, by: 'PERSON' }));
  }
};

const rollsBack: Actor = async ({ disk, snapshotId }, service) => {
  const input = { diskId: disk.id, snapshotId, dryRun: false, safetySnapshot: true, safetySnapshotName: null };
  const more = { expectedVersion: null, startInstance: false, breakLease: true, clientToken: null };
  await unlessRefused(rollbackDisk(service, caller, { ...input, ...more }));
};

const janitor: Actor = async (_course, service) => {
  for (let round = 0; round < 3; round++) {
    await unlessRefused(sweepLeases(service, FOREVER));
    await unlessRefused(sweepOverdue(service, FOREVER));
  }
};

async function run(seed: number, actors: readonly Actor[]): Promise<string[]> {
  const scene = await leaseScene(seed);
  const { harness } = scene;
  const course: Course = { ...scene, commits: [], taken: [] };
  const faults = new Set<string>();
  const { catalogue, objects, clock } = harness;
  await interleave(
    seed,
    { catalogue, objects },
    actors.map((actor) => (ports) => {
      const own = { catalogue: ports.catalogue, objects: () => ports.objects, pageCache: createPageCache(1) };
      return actor(course, memoryService({ ...harness.deps, ...own }));
    }),
    (random) => {
      const dice = random();
      clock.at += dice < 0.02 ? 6 * 60_000 : dice < 0.05 ? 31_000 : dice < 0.1 ? 5000 : 5;
      for (const fault of leaseFaults(harness)) faults.add(fault);
    },
  );
  const ordered = course.commits.filter(({ fence }) => fence > 0).sort((a, b) => a.version - b.version);
  for (const [at, { version, fence }] of ordered.entries()) {
    if (fence < (ordered[at - 1]?.fence ?? 0)) faults.add(`version ${version} under fence ${fence}, after a later one`);
  }
  if (new Set(course.taken.map(({ fence }) => fence)).size < course.taken.length) faults.add('a fence was given twice');
  return [...faults, ...(await restOf(harness)), ...leaseFaults(harness), ...(await findFaults(harness))];
}

test.each<[string, readonly Actor[]]>([
  ['two that take it at once', [holder('a', 10, false), holder('b', 20, false), stranger(30)]],
  ['thieves, and one who sleeps', [holder('a', 10, false), holder('b', 20, true), holder('c', 30, true), janitor]],
  ['a snapshot of it', [holder('a', 10, true), snapshots, snapshots, janitor]],
  [
    'everything at once',
    [holder('a', 10, true), holder('b', 20, true), stranger(30), snapshots, rollsBack, janitor, janitor],
  ],
])(
  '9.3: a disk and its writers, in any order: %s',
  async (_name, actors) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        expect(await run(seed, actors)).toEqual([]);
      }),
      { numRuns: RUNS, ...FUZZ_SEED },
    );
  },
  600_000,
);
