import fc from 'fast-check';
import { expect } from 'vitest';
import { objectEntity } from '../../src/engine/books/rows.ts';
import { type EngineHarness, findFaults } from './engine-harness.ts';
import { contentFaults, play } from './history.ts';
import { type Model, newModel } from './history-model.ts';
import { damagedIds, faultsBesideDamage, healAll } from './history-scrub.ts';
import type { Step } from './history-steps.ts';
import { manifestsBehind, manifestsBroken } from './manifests.ts';
import { recountedFaults } from './recounted.ts';
import { leftovers, outlastGrace, recover } from './recovery.ts';

/** Small steps send even small commits through the ledger. */
const limits = fc.record({
  stepObjects: fc.constantFrom(1, 2, 5, 90),
  plannedPlaces: fc.constantFrom(0, 3, 4096),
  copyBlocks: fc.constantFrom(1, 3, 512),
});

/** The life of an installation, and what is deleted together in its end. */
export interface History {
  readonly steps: readonly Step[];
  readonly seed: number;
  readonly limits: { readonly stepObjects: number; readonly plannedPlaces: number; readonly copyBlocks: number };
  /** Bits: which of the snapshots and images are deleted together in the end. */
  readonly chosen: number;
}

export const historyOf = (step: fc.Arbitrary<Step>, maxLength: number): fc.Arbitrary<History> =>
  fc.record({
    steps: fc.array(step, { minLength: 3, maxLength, size: 'max' }),
    seed: fc.nat(),
    limits,
    chosen: fc.nat({ max: 2 ** 16 - 1 }),
  });

/** What the stores do meanwhile. */
interface Stores {
  readonly betweenSteps?: () => Promise<void>;
  /** At rest: from here on everything that was written is seen everywhere. */
  readonly atRest?: () => Promise<void>;
  readonly atEnd?: () => Promise<void>;
}

/** Fails if anything is not as it should be, by the model, by I1 or by a promise of the engine. */
export async function liveOn(harness: EngineHarness, { steps, chosen }: History, stores: Stores = {}): Promise<void> {
  const model = newModel();
  for (const domain of [0, 1, 2]) await play(harness, model, { do: 'create', domain });
  for (const step of steps) {
    await play(harness, model, step);
    await stores.betweenSteps?.();
    if (step.do === 'reclaim') expect(await brokenBesideDamage(harness)).toEqual([]);
    if (step.do === 'settle') expect(await faultsBesideDamage(harness)).toEqual([]);
  }
  await healAll(harness, model);
  expect(await contentFaults(harness, model)).toEqual([]);
  await stores.atRest?.();
  await atRest(harness, model);
  await deleteTogether(harness, model, chosen);
  await atRest(harness, model);
  await stores.atEnd?.();
}

async function brokenBesideDamage(harness: EngineHarness): Promise<string[]> {
  const damaged = damagedIds(harness);
  return (await manifestsBroken(harness)).filter((fault) => !damaged.some((id) => fault.endsWith(`${id} is gone`)));
}

/** I1; nothing dead is left after the grace time, nothing alive is gone. */
async function atRest(harness: EngineHarness, model: Model): Promise<void> {
  await recover(harness);
  expect([...(await findFaults(harness)), ...manifestsBehind(harness)]).toEqual([]);
  expect(await recountedFaults(harness)).toEqual([]);
  await outlastGrace(harness);
  expect([...(await contentFaults(harness, model)), ...leftovers(harness)]).toEqual([]);
}

/**
 * 4.6: what the preview of deleting any set promises is what then leaves the store, to the byte.
 */
async function deleteTogether(harness: EngineHarness, model: Model, chosen: number): Promise<void> {
  const doomed = [...model.fixed].filter((_, at) => ((chosen >> (at % 16)) & 1) === 1);
  const before = stored(harness);
  const promised = { objects: 0, storedBytes: 0 };
  for (const accountId of new Set(doomed.map(([, version]) => version.accountId))) {
    const ids = doomed.filter(([, version]) => version.accountId === accountId).map(([id]) => id);
    const { objects, storedBytes, parts, settled } = await harness.tree.previewRemoval(accountId, ids);
    expect(settled).toBe(true);
    expect(parts.reduce((sum, bytes) => sum + bytes, 0)).toBe(storedBytes);
    promised.objects += objects;
    promised.storedBytes += storedBytes;
  }
  for (const [nodeId, { accountId }] of doomed) {
    await harness.tree.remove({ accountId, nodeId }, []);
    model.fixed.delete(nodeId);
  }
  await recover(harness);
  await outlastGrace(harness);
  const after = stored(harness);
  expect({ objects: before.objects - after.objects, storedBytes: before.storedBytes - after.storedBytes }).toEqual(
    promised,
  );
}

function stored({ objects, catalogue }: EngineHarness) {
  const all = [...objects.stored].filter(([key]) => key.startsWith('objects/'));
  const storedBytes = all.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  expect(catalogue.rows(objectEntity).length).toBe(all.length);
  return { objects: all.length, storedBytes };
}
