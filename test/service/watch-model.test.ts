import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { updateDisk } from '../../src/service/disks/change.ts';
import { releaseDisk } from '../../src/service/disks/release.ts';
import { sweepListing } from '../../src/service/listing/sweep.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { DISK_LISTS } from '../../src/service/model/listed/disk-lists.ts';
import { listedEntity } from '../../src/service/model/listed/rows.ts';
import { applyPolicy, cancelPolicy } from '../../src/service/policies/apply.ts';
import { updatePolicy } from '../../src/service/policies/change.ts';
import { deletePolicy } from '../../src/service/policies/delete.ts';
import type { Service } from '../../src/service/service.ts';
import { restoreTrashed } from '../../src/service/trash/restore.ts';
import { overviewOf } from '../../src/service/watch/overview.ts';
import { recount } from '../../src/service/watch/recount.ts';
import { sweepWatch } from '../../src/service/watch/sweep.ts';
import { createEngineHarness, type EngineHarness } from '../support/engine-harness.ts';
import { MEMORY_ACCOUNT, MEMORY_REGION, memoryService, openMemoryAccount } from '../support/memory-service.ts';
import {
  breachesOf,
  bringBack,
  countsOf,
  emptyModel,
  type Model,
  type ModelDisk,
  release,
  restore,
  tagName,
} from '../support/watch-model.ts';
import {
  dropSnapshot,
  HOUR_MS,
  makeAutoSnapshot,
  makeDisk,
  makePolicy,
  makeSnapshot,
  setOfDisk,
  setOfTag,
  toldBreaches,
  watchCaller,
} from '../support/watch-scene.ts';

const FOREVER = Number.POSITIVE_INFINITY;
/** Longer than any history. */
const TRASH_HOURS = 365 * 24;
const HOURS = [[0], [0, 12], [1, 2], [0, 6, 12, 18]] as const;

interface World {
  readonly harness: EngineHarness;
  readonly service: Service;
  readonly model: Model;
}

/** One step of a history; numbers choose among what there is. */
type Step =
  | { readonly do: 'create'; readonly tag: number; readonly policy: number }
  | {
      readonly do: 'snapshot' | 'auto' | 'dropNewest' | 'dropOldest' | 'release' | 'cancel' | 'deletePolicy';
      readonly which: number;
    }
  | { readonly do: 'restoreSnapshot' | 'restoreDisk'; readonly which: number }
  | { readonly do: 'apply' | 'tag' | 'reschedule'; readonly which: number; readonly to: number }
  | { readonly do: 'own' | 'ofTag'; readonly which: number; readonly hours: number | undefined }
  | { readonly do: 'exempt'; readonly which: number }
  | { readonly do: 'wait'; readonly hours: number };

const which = fc.nat(20);
const hours = fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('create' as const), tag: fc.nat(2), policy: fc.nat(2) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('snapshot' as const, 'auto'), which }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constantFrom('restoreSnapshot' as const, 'restoreDisk'), which }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('dropNewest' as const, 'dropOldest', 'release', 'cancel', 'deletePolicy'),
      which,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('apply' as const, 'tag', 'reschedule'), which, to: fc.nat(3) }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('own' as const, 'ofTag'), which, hours }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('exempt' as const), which }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }) },
);

const TAGS = [{}, { tier: 'gold' }, { tier: 'tin' }] as const;
const asTags = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([key, value]) => ({ key, value }));
const pick = <T>(from: Iterable<T>, at: number): T | undefined => {
  const all = [...from];
  return all[at % Math.max(1, all.length)];
};

async function newWorld(): Promise<World> {
  const harness = createEngineHarness(5);
  const service = memoryService(harness.deps);
  await openMemoryAccount(service, { trashHours: TRASH_HOURS });
  const model = emptyModel();
  for (const schedule of HOURS.slice(0, 2))
    model.policies.set(await makePolicy(service, schedule), { hours: schedule });
  await sweepListing(service, FOREVER);
  await overviewOf(service, watchCaller, null);
  return { harness, service, model };
}

async function create({ harness, service, model }: World, tag: number, policy: number): Promise<void> {
  const policyId = policy === 0 ? undefined : pick(model.policies.keys(), policy);
  const tags = TAGS[tag] ?? {};
  const { id } = await makeDisk(service, `disk${model.disks.size}`, {
    tags: asTags(tags),
    ...(policyId && { policyId }),
  });
  const now = harness.clock.at;
  model.disks.set(id, {
    id,
    createdAt: now,
    policy: policyId,
    coveredAt: now,
    tags,
    own: undefined,
    snapshots: [],
    trashed: [],
  });
}

async function changeDisk({ harness, service, model }: World, disk: ModelDisk, made: Step): Promise<void> {
  const now = harness.clock.at;
  switch (made.do) {
    case 'snapshot':
      disk.snapshots.push({ id: await makeSnapshot(service, disk.id), at: now, kind: 'MANUAL' });
      return;
    case 'auto':
      disk.snapshots.push({ id: await makeAutoSnapshot(service, disk.id), at: now, kind: 'AUTO' });
      return;
    case 'dropNewest':
    case 'dropOldest': {
      const gone = made.do === 'dropNewest' ? disk.snapshots.pop() : disk.snapshots.shift();
      if (gone === undefined) return;
      await dropSnapshot(service, gone.id);
      disk.trashed.push({ snapshot: gone, isWithDisk: false });
      return;
    }
    case 'release':
      await releaseDisk(service, watchCaller, { diskId: disk.id, breakLease: false });
      release(model, disk);
      return;
    case 'cancel':
      await cancelPolicy(service, watchCaller, [disk.id]);
      disk.policy = undefined;
      return;
    case 'apply': {
      const policyId = pick(model.policies.keys(), made.to);
      if (policyId === undefined || policyId === disk.policy) return;
      await applyPolicy(service, watchCaller, { policyId, diskIds: [disk.id] });
      disk.policy = policyId;
      disk.coveredAt = now;
      return;
    }
    case 'tag':
      disk.tags = TAGS[made.to % TAGS.length] ?? {};
      await updateDisk(service, watchCaller, { diskId: disk.id, tags: asTags(disk.tags) } as never);
      return;
    case 'own':
      disk.own = made.hours;
      await setOfDisk(service, disk.id, made.hours === undefined ? {} : { hours: made.hours });
      return;
    case 'exempt':
      disk.own = 'exempt';
      await setOfDisk(service, disk.id, { exempt: true });
      return;
    default: // not of one disk
      return;
  }
}

async function changeOthers({ service, model }: World, made: Step): Promise<void> {
  if (made.do === 'ofTag') {
    const value = made.which % 2 === 0 ? 'gold' : 'tin';
    await setOfTag(service, 'tier', value, made.hours ?? null);
    if (made.hours === undefined) model.ofTags.delete(tagName('tier', value));
    else model.ofTags.set(tagName('tier', value), made.hours);
  }
  const policyId = 'which' in made ? pick(model.policies.keys(), made.which) : undefined;
  if (policyId === undefined) return;
  if (made.do === 'reschedule') {
    const next = HOURS[made.to] ?? HOURS[0];
    await updatePolicy(service, watchCaller, { policyId, hours: next } as never);
    model.policies.set(policyId, { hours: next });
  }
  if (made.do === 'deletePolicy') {
    await deletePolicy(service, watchCaller, policyId);
    model.policies.delete(policyId);
    for (const disk of model.disks.values()) if (disk.policy === policyId) disk.policy = undefined;
  }
}

/** Also a snapshot whose disk is in the recycle bin. */
async function fromTrash({ service, model }: World, made: Step & { readonly which: number }): Promise<void> {
  if (made.do === 'restoreDisk') {
    const disk = pick(model.released.values(), made.which);
    if (disk === undefined) return;
    await restoreTrashed(service, watchCaller, disk.id);
    restore(model, disk);
    return;
  }
  const all = [...model.disks.values(), ...model.released.values()];
  const found = pick(
    all.flatMap((disk) => disk.trashed.map(({ snapshot }) => ({ disk, snapshot }))),
    made.which,
  );
  if (found === undefined) return;
  await restoreTrashed(service, watchCaller, found.snapshot.id);
  bringBack(found.disk, [found.snapshot]);
}

async function take(world: World, made: Step): Promise<void> {
  world.harness.clock.at += 1000;
  if (made.do === 'wait') world.harness.clock.at += made.hours * HOUR_MS;
  else if (made.do === 'create') await create(world, made.tag, made.policy);
  else if (made.do === 'restoreSnapshot' || made.do === 'restoreDisk') await fromTrash(world, made);
  else if (['ofTag', 'reschedule', 'deletePolicy'].includes(made.do)) await changeOthers(world, made);
  else {
    const disk = pick(world.model.disks.values(), made.which);
    if (disk !== undefined) await changeDisk(world, disk, made);
  }
}

/** What the service has told, against a scan of all that there is. */
async function compare({ harness, service, model }: World): Promise<void> {
  await sweepWatch(service, FOREVER);
  const expected = breachesOf(model, harness.clock.at);
  const told = harness.catalogue.rows(diskEntity).filter(({ inBreachSince }) => inBreachSince !== undefined);
  expect(told.map(({ id }) => id).sort()).toEqual([...expected.keys()].sort());
  const listed = harness.catalogue.rows(listedEntity).filter(({ list }) => list === DISK_LISTS.BREACH);
  expect(listed.map(({ id }) => id).sort()).toEqual([...expected.keys()].sort());
  expect(await overviewOf(service, watchCaller, null)).toMatchObject(countsOf(model, harness.clock.at));
  const place = { accountId: MEMORY_ACCOUNT, region: MEMORY_REGION };
  expect(await recount(service, place)).toEqual({ busy: 0, drift: 0 });
}

/** Each disk's breaches begin and end in turn, and the last word is what is so. */
function expectToldOnce({ harness, model }: World): void {
  const last = new Map<string, string>();
  for (const line of toldBreaches(harness)) {
    const [what = '', id = ''] = line.split(' ');
    expect(what).toBe(last.get(id) === 'began' ? 'ended' : 'began');
    last.set(id, what);
  }
  const open = [...last].flatMap(([id, what]) => (what === 'began' ? [id] : []));
  expect(open.sort()).toEqual([...breachesOf(model, harness.clock.at).keys()].sort());
}

describe('8.4, 10.1: the janitor and a scan agree', () => {
  test('whatever happens to disks, snapshots, policies, tags and objectives, and what comes back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const world = await newWorld();
        for (const made of steps) {
          await take(world, made);
          if (made.do === 'wait' || made.do === 'restoreSnapshot') await compare(world);
        }
        await compare(world);
        expectToldOnce(world);
      }),
      { numRuns: 400 },
    );
  }, 120_000);
});
