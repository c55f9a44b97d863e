import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineDeps } from '../../src/engine/deps.ts';
import { rebuild } from '../../src/service/manifests/rebuild.ts';
import { createEngineHarness, type EngineHarness } from '../support/engine-harness.ts';
import { FAULTS, injectFault } from '../support/fault-injector.ts';
import { createMemoryCatalogue } from '../support/memory-catalogue.ts';
import { MEMORY_REGION } from '../support/memory-service.ts';
import { faultsAfterRecovery } from '../support/recovery.ts';
import { userView } from '../support/use-case-scene.ts';
import { createStage, type Stage } from '../support/use-case-stage.ts';
import { FOREVER, USE_CASES, type UseCase } from '../support/use-cases.ts';

const TIME_LIMIT_MS = 300_000;

let stage: Stage;
beforeAll(async () => {
  stage = await createStage();
});
afterAll(() => stage.close());

describe('whatever happens to any one call of a use case, the client that asks again gets all of it, once', () => {
  test.each(USE_CASES)(
    '$name',
    async (useCase) => {
      const start = await stage.begin(useCase);
      const whole = await stage.playWhole(useCase, start);
      expect(whole).toMatchObject({ error: undefined, faults: [] });

      for (const [at, call] of whole.calls.entries()) {
        for (const fault of FAULTS) {
          const struck = await stage.playStruck(useCase, start, { at, fault });
          const asIfNothingHadHappened = { reached: true, faults: [], view: whole.view };
          expect(struck, `${fault} at ${call} (${at})`).toEqual(asIfNothingHadHappened);
        }
      }
    },
    TIME_LIMIT_MS,
  );

  test('a call of the key service is among them', async () => {
    const encrypted = USE_CASES.find(({ name }) => name.includes('encrypted')) as UseCase;
    const { calls } = await stage.playWhole(encrypted, stage.scene);
    expect(calls).toContain('keys.generateWrapped');
  });
});

describe('a rebuild', () => {
  /** An installation whose catalogue is lost: the bucket alone is there. */
  const catalogueLost = (seed: number) =>
    createEngineHarness(seed, stage.scene.deps.limits, {
      at: stage.scene.clock.at,
      catalogue: createMemoryCatalogue(),
      objects: (clock) => stage.scene.objects.copy(clock),
    });

  const runRebuild = (engine: EngineDeps, { random }: EngineHarness) => {
    const randomBytes = (bytes: number) => Uint8Array.from({ length: bytes }, () => Math.floor(random() * 256));
    return rebuild({ engine, regions: [MEMORY_REGION], random: randomBytes }, { intoNonEmpty: true }, FOREVER);
  };

  async function rebuildWhole(): Promise<{ calls: readonly string[]; view: Record<string, readonly string[]> }> {
    const harness = catalogueLost(1);
    const { deps, calls } = injectFault(harness.deps);
    expect(await runRebuild(deps, harness)).toMatchObject({ finished: true, losses: [], reclaimHeldBack: false });
    expect(await faultsAfterRecovery(harness)).toEqual([]);
    return { calls, view: userView(harness) };
  }

  test('brings back what users saw, but for the jobs', async () => {
    const { view } = await rebuildWhole();
    const { jobs: _jobs, disks, ...rest } = userView(stage.scene);
    expect(view).toMatchObject(rest);
    expect(view.disks).toHaveLength(disks?.length ?? 0);
  });

  test(
    'whatever happens to any one of its calls, ends with the same catalogue when it is called again',
    async () => {
      const { calls, view } = await rebuildWhole();
      const faults = FAULTS.filter((name) => !name.startsWith('sleeps'));
      for (const [at, call] of calls.entries()) {
        for (const fault of faults) {
          const harness = catalogueLost(100 + at);
          const faulty = injectFault(harness.deps, { at, fault, meanwhile: async () => undefined });
          await faulty.run((deps) => runRebuild(deps, harness));

          const place = `${fault} at call ${at}, ${call}`;
          expect(await runRebuild(harness.deps, harness)).toMatchObject({ finished: true, losses: [] });
          expect(await faultsAfterRecovery(harness), place).toEqual([]);
          expect(userView(harness), place).toEqual(view);
        }
      }
    },
    TIME_LIMIT_MS,
  );
});
