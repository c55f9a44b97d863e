import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { isoTime } from '../../src/platform/clock.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { createFileKeys } from '../../src/platform/keys/file.ts';
import type { KeyService } from '../../src/platform/keys/port.ts';
import { commitDraft } from '../../src/service/datapath/commit-draft.ts';
import { sweepDrafts } from '../../src/service/datapath/discard.ts';
import { openDraft } from '../../src/service/datapath/drafts.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import { reinitializeDisk } from '../../src/service/disks/reinitialize.ts';
import { releaseDisk } from '../../src/service/disks/release.ts';
import { rollbackDisk } from '../../src/service/disks/rollback.ts';
import { deleteImage } from '../../src/service/images/change.ts';
import { createImage } from '../../src/service/images/create.ts';
import { releaseInstance } from '../../src/service/instances/change.ts';
import { createInstance } from '../../src/service/instances/create.ts';
import { sweepInstances } from '../../src/service/instances/work.ts';
import { rebuild } from '../../src/service/manifests/rebuild.ts';
import { isOpen } from '../../src/service/model/datapath/find-draft.ts';
import { instanceEntity } from '../../src/service/model/instances/rows.ts';
import { scrubEntity } from '../../src/service/model/scrubs/rows.ts';
import { runScrub } from '../../src/service/scrubs/run.ts';
import { startScrub } from '../../src/service/scrubs/start.ts';
import type { Service } from '../../src/service/service.ts';
import { createSnapshot } from '../../src/service/snapshots/create.ts';
import { deleteSnapshots } from '../../src/service/snapshots/delete.ts';
import { createEngineHarness, type EngineHarness, forkHarness } from '../support/engine-harness.ts';
import { FAULTS, type Fault, injectFault } from '../support/fault-injector.ts';
import { createMemoryCatalogue } from '../support/memory-catalogue.ts';
import { MEMORY_KEY, MEMORY_REGION, memoryService } from '../support/memory-service.ts';
import { faultsAfterRecovery, outlastGrace, recover } from '../support/recovery.ts';
import { caller, type Named, newDisk, useCaseScene, userView, write } from '../support/use-case-scene.ts';

const FOREVER = Number.POSITIVE_INFINITY;
const folder = mkdtempSync(join(tmpdir(), 'varve-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'keys.json');
const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
writeFileSync(path, JSON.stringify({ version: 1, keys: { [MEMORY_KEY]: key(1), other: key(2) } }), { mode: 0o600 });
const keys = createFileKeys({ path });
const OTHER_KEY = { encrypted: true, encryptionKeyId: 'other' };

/** What a client takes for success when it asks again, having heard of none. */
const DONE = new Set(['NotFound', 'DraftClosed']);

interface Process {
  readonly service: Service;
  readonly deps: EngineDeps;
  readonly id: (name: string) => string;
}
interface UseCase {
  readonly name: string;
  /** Before it, without faults. */
  readonly first?: (process: Process) => Promise<unknown>;
  /** It has no token: who asks again gets it again, to the same end. */
  readonly repeats?: true;
  /** What a client does, and does once more when it hears of no success. */
  readonly run: (process: Process) => Promise<unknown>;
}

const named = (name: string) => ({ name, description: null, tags: [], clientToken: name });
const snapshot = ({ service, id }: Process, diskName: string, name: string) =>
  createSnapshot(service, caller, { diskId: id(diskName), retentionDays: null, ...named(name) });

const USE_CASES: readonly UseCase[] = [
  { name: 'create a disk', run: ({ service }) => createDisk(service, caller, newDisk('new')) },
  {
    name: 'create an encrypted disk, the first under its key',
    run: ({ service }) => createDisk(service, caller, newDisk('new', OTHER_KEY)),
  },
  {
    name: 'create a disk from a snapshot',
    run: ({ service, id }) => createDisk(service, caller, newDisk('new', { snapshotId: id('second') })),
  },
  {
    name: 'create a disk from an image',
    run: ({ service, id }) => createDisk(service, caller, newDisk('new', { imageId: id('image') })),
  },
  { name: 'write to a disk', run: ({ service, id }) => write(service, id('plain'), [5, 4, 3, 2, 8]) },
  {
    name: 'import into a draft',
    run: async ({ service, id }) => {
      // One that has been away for a day finds its draft gone, and begins another.
      for (const clientToken of ['import', 'again']) {
        const { version } = (await service.tree.get(caller.accountId, id('plain'))) ?? { version: 0 };
        if (version === 5) return;
        const input = { diskId: id('plain'), expectedVersion: 4, forReading: false, label: null, clientToken };
        const draft = await openDraft(service, caller, input);
        if (!isOpen(draft, isoTime(service.clock.now()))) continue;
        await write(service, draft.id, [8, 9, 0]);
        await commitDraft(service, caller, { draftId: draft.id });
      }
    },
  },
  { name: 'create a snapshot', run: (process) => snapshot(process, 'plain', 'fourth') },
  {
    name: 'delete snapshots, one with a disk',
    run: async ({ service, id }) => {
      const input = { snapshotIds: [id('first'), id('third')], force: true };
      const failed = (await deleteSnapshots(service, caller, input)).find(
        ({ error }) => error !== null && !DONE.has(error.code),
      );
      if (failed !== undefined) throw new VarveError('Throttled', `one was not deleted: ${failed.error?.code}`);
    },
  },
  {
    name: 'roll back, with a safety snapshot',
    run: ({ service, id }) =>
      rollbackDisk(service, caller, {
        diskId: id('plain'),
        snapshotId: id('first'),
        dryRun: false,
        safetySnapshot: true,
        safetySnapshotName: 'safety',
        startInstance: false,
        breakLease: false,
        clientToken: 'back',
      }),
  },
  {
    name: 'create an image',
    run: ({ service, id }) => createImage(service, caller, { snapshotId: id('first'), ...named('golden') }),
  },
  { name: 'delete an image', run: ({ service, id }) => deleteImage(service, caller, id('image')) },
  {
    name: 'return a disk to its origin',
    repeats: true,
    run: ({ service, id }) =>
      reinitializeDisk(service, caller, { diskId: id('clone'), startInstance: false, breakLease: false }),
  },
  {
    name: 'release a disk with an automatic snapshot',
    run: ({ service, id }) => releaseDisk(service, caller, { diskId: id('leaving'), breakLease: false }),
  },
  {
    name: 'create an instance with its disks',
    run: async ({ service }) => {
      const place = { region: null, start: true, deletionProtection: false, tags: [], clientToken: 'machine' };
      const { tags: _, clientToken: _token, region: _region, ...system } = newDisk('system', OTHER_KEY);
      const dataDisks = [{ ...system, name: 'data', encrypted: null, encryptionKeyId: null }];
      await createInstance(service, caller, { ...place, name: 'machine', systemDisk: system, dataDisks });
      await sweepInstances(service, FOREVER);
    },
  },
  {
    name: 'release an instance with its disks',
    first: async ({ service }) => {
      const place = { region: null, start: false, deletionProtection: false, tags: [], clientToken: 'machine' };
      const { tags: _, clientToken: _token, region: _region, ...system } = newDisk('system');
      const machine = { ...place, name: 'machine', systemDisk: system, dataDisks: [{ ...system, name: 'data' }] };
      await createInstance(service, caller, machine);
      await sweepInstances(service, FOREVER);
    },
    run: async ({ service, id }) => {
      await releaseInstance(service, caller, id('machine'));
      await sweepInstances(service, FOREVER);
    },
  },
  {
    name: 'scrub, with repair',
    run: async ({ service, deps }) => {
      // Of encrypted blocks it sees the form, which is soon looked at.
      const place = { region: null, targetId: null, chainId: null, keyId: MEMORY_KEY };
      const input = { ...place, samplePercent: 100, repair: true, clientToken: 'scrub' };
      const { accountId, id } = await startScrub(service, caller, input);
      await runScrub({ service, engine: deps }, { accountId, id }, FOREVER);
    },
  },
];

let scene: { harness: EngineHarness; ids: Named };
beforeAll(async () => {
  scene = await useCaseScene(keys);
});

function processOf(harness: EngineHarness, deps: EngineDeps, port: KeyService): Process {
  const instances = () => new Map(harness.catalogue.rows(instanceEntity).map(({ id, name }) => [name, id]));
  return { service: memoryService(deps, port), deps, id: (name) => scene.ids.get(name) ?? instances().get(name) ?? '' };
}

/** The client asks again, messages are delivered twice, and the janitor comes by. */
async function recoverUseCase(harness: EngineHarness, { run }: UseCase, succeeded: boolean): Promise<string[]> {
  const process = processOf(harness, harness.deps, keys);
  const again = async () => (succeeded ? undefined : run(process));
  await again().catch((error: unknown) => {
    if (!(error instanceof VarveError && DONE.has(error.code))) throw error;
  });
  harness.clock.at += 3600_000;
  await sweepInstances(process.service, FOREVER);
  harness.clock.at += 25 * 3600_000;
  await sweepDrafts(process.service, FOREVER);
  for (const { accountId, id } of harness.catalogue.rows(scrubEntity))
    await runScrub({ service: process.service, engine: harness.deps }, { accountId, id }, FOREVER);
  keepEntries(harness);
  return faultsAfterRecovery(harness);
}

/** Of all messages those that the engine's own recovery knows how to deliver. */
function keepEntries({ messages }: EngineHarness): void {
  messages.splice(0, messages.length, ...messages.filter(({ kind }) => kind === 'entry'));
}

async function worldGoesOn(harness: EngineHarness): Promise<void> {
  keepEntries(harness);
  await recover(harness);
  await outlastGrace(harness);
}

async function strike(useCase: UseCase, start: EngineHarness, at: number, fault: Fault) {
  const harness = forkHarness(start, 100 + at);
  const injected = injectFault(harness.deps, { at, fault, meanwhile: () => worldGoesOn(harness) });
  const faultyKeys = injected.inFrontOf('keys', keys);
  const { error, killed } = await injected.run((deps) => useCase.run(processOf(harness, deps, faultyKeys)));
  const succeeded = error === undefined && !killed;
  const faults = injected.reached() ? [] : ['the fault was never reached'];
  return {
    faults: [...faults, ...(await recoverUseCase(harness, useCase, succeeded))],
    view: viewOf(useCase, harness),
  };
}

function viewOf({ repeats }: UseCase, harness: EngineHarness): unknown {
  const view = userView(harness);
  if (repeats !== true) return view;
  const { jobs, disks } = view;
  return { ...view, jobs: [...new Set(jobs)], disks: disks?.map((text) => text.replace(/ v\d+ /, ' ')) };
}

/** Each call of the use case, by name. */
async function callsOf(useCase: UseCase, start: EngineHarness) {
  const whole = forkHarness(start, 2);
  const injected = injectFault(whole.deps);
  const { error } = await injected.run((deps) => useCase.run(processOf(whole, deps, injected.inFrontOf('keys', keys))));
  expect(error).toBeUndefined();
  expect(await recoverUseCase(whole, useCase, true)).toEqual([]);
  return { calls: injected.calls, expected: viewOf(useCase, whole) };
}

describe('whatever happens to any one call of a use case, the client that asks again gets all of it, once', () => {
  test.each(USE_CASES)(
    '$name',
    async (useCase) => {
      const start = forkHarness(scene.harness, 1);
      await useCase.first?.(processOf(start, start.deps, keys));
      const { calls, expected } = await callsOf(useCase, start);
      const wrong: Record<string, unknown> = {};
      for (const [at, call] of calls.entries()) {
        for (const fault of FAULTS) {
          const { faults, view } = await strike(useCase, start, at, fault);
          if (faults.length > 0) wrong[`${call} (${at}) ${fault}`] = faults;
          else expect(view, `${fault} at ${call} (${at})`).toEqual(expected);
        }
      }
      expect(wrong).toEqual({});
    },
    300_000,
  );

  test('a call of the key service is among them', async () => {
    const encrypted = USE_CASES.find(({ name }) => name.includes('encrypted')) as UseCase;
    const { calls } = await callsOf(encrypted, scene.harness);
    expect(calls).toContain('keys.generateWrapped');
  });
});

test('whatever happens to any one call of a rebuild, it ends with the same catalogue when it is called again', async () => {
  const lost = (seed: number) =>
    createEngineHarness(seed, scene.harness.deps.limits, {
      at: scene.harness.clock.at,
      catalogue: createMemoryCatalogue(),
      objects: (clock) => scene.harness.objects.copy(clock),
    });
  const run = (deps: EngineDeps, { random }: EngineHarness) =>
    rebuild(
      {
        engine: deps,
        regions: [MEMORY_REGION],
        random: (bytes) => Uint8Array.from({ length: bytes }, () => Math.floor(random() * 256)),
      },
      { intoNonEmpty: true },
      FOREVER,
    );
  const whole = lost(1);
  const { deps, calls } = injectFault(whole.deps);
  expect(await run(deps, whole)).toMatchObject({ finished: true, losses: [], reclaimHeldBack: false });
  expect(await faultsAfterRecovery(whole)).toEqual([]);
  const expected = userView(whole);
  const { jobs: _jobs, disks, ...rest } = userView(scene.harness);
  expect(expected).toMatchObject(rest);
  expect(expected.disks).toHaveLength(disks?.length ?? 0);
  for (const at of calls.keys()) {
    for (const fault of FAULTS.filter((name) => !name.startsWith('sleeps'))) {
      const harness = lost(100 + at);
      await injectFault(harness.deps, { at, fault, meanwhile: async () => undefined }).run((faulty) =>
        run(faulty, harness),
      );
      expect(await run(harness.deps, harness)).toMatchObject({ finished: true, losses: [] });
      expect(await faultsAfterRecovery(harness), `${fault} at call ${at}`).toEqual([]);
      expect(userView(harness), `${fault} at call ${at}, ${calls[at]}`).toEqual(expected);
    }
  }
}, 300_000);
