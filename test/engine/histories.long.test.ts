import fc from 'fast-check';
import { expect, test } from 'vitest';
import { objectEntity } from '../../src/engine/books/rows.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { createEngineHarness, type EngineHarness, findFaults } from '../support/engine-harness.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';
import { contentFaults, play } from '../support/history.ts';
import { type Model, newModel } from '../support/history-model.ts';
import { damagedIds, faultsBesideDamage, healAll } from '../support/history-scrub.ts';
import { lowStep, type Step, tallStep, withHarm } from '../support/history-steps.ts';
import { createLaggingCatalogue } from '../support/lagging-catalogue.ts';
import { manifestsBehind, manifestsBroken } from '../support/manifests.ts';
import { createMemoryObjects } from '../support/memory-objects.ts';
import { recountedFaults } from '../support/recounted.ts';
import { leftovers, outlastGrace, recover } from '../support/recovery.ts';
import { seededRandom } from '../support/seeded-random.ts';

/** Small steps send even small commits through the ledger. */
const limits = fc.record({ stepObjects: fc.constantFrom(1, 2, 5, 90), plannedPlaces: fc.constantFrom(0, 3, 4096) });

const RUNS = Number(process.env.VARVE_HISTORIES ?? 10_000);
const TALL_RUNS = Math.ceil(RUNS / 100);
const LAGGING_RUNS = Math.ceil(RUNS / 10);

interface History {
  readonly steps: readonly Step[];
  readonly seed: number;
  readonly limits: { readonly stepObjects: number; readonly plannedPlaces: number };
  /** Bits: which of the snapshots and images are deleted together in the end. */
  readonly chosen: number;
}

const historyOf = (step: fc.Arbitrary<Step>, maxLength: number): fc.Arbitrary<History> =>
  fc.record({
    steps: fc.array(step, { minLength: 3, maxLength, size: 'max' }),
    seed: fc.nat(),
    limits,
    chosen: fc.nat({ max: 2 ** 16 - 1 }),
  });

async function live(history: History): Promise<void> {
  await liveOn(createEngineHarness(history.seed, history.limits), history);
}

/** Secondary indexes are up to so many transactions behind. */
const MOST_BEHIND = 12;

/** Nothing that a history does may need an index that shows what was just written. */
async function liveBehind(history: History): Promise<void> {
  const random = seededRandom(history.seed);
  const catalogue = createLaggingCatalogue(() => Math.floor(random() * (MOST_BEHIND + 1)));
  const begin = { at: Date.UTC(2026, 0, 1), catalogue, objects: (clock: Clock) => createMemoryObjects(clock) };
  await liveOn(createEngineHarness(history.seed, history.limits, begin), history, () => catalogue.catchUp());
}

async function liveOn(
  harness: EngineHarness,
  { steps, chosen }: History,
  catchUp: () => Promise<void> = async () => undefined,
): Promise<void> {
  const model = newModel();
  for (const domain of [0, 1, 2]) await play(harness, model, { do: 'create', domain });
  for (const step of steps) {
    await play(harness, model, step);
    if (step.do === 'reclaim') expect(await brokenBesideDamage(harness)).toEqual([]);
    if (step.do === 'settle') expect(await faultsBesideDamage(harness)).toEqual([]);
  }
  await healAll(harness, model);
  expect(await contentFaults(harness, model)).toEqual([]);
  await catchUp();
  await atRest(harness, model);
  await deleteTogether(harness, model, chosen);
  await atRest(harness, model);
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
    const { objects, storedBytes, settled } = await harness.tree.previewRemoval(accountId, ids);
    expect(settled).toBe(true);
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

test(`whatever the history: contents, references, reclaim and previews are right (${RUNS} histories)`, async () => {
  await fc.assert(fc.asyncProperty(historyOf(withHarm(lowStep), 24), live), { numRuns: RUNS, ...FUZZ_SEED });
}, 3_600_000);

test(`in trees of every height, and over longer times as well (${TALL_RUNS} histories)`, async () => {
  await fc.assert(fc.asyncProperty(historyOf(withHarm(tallStep), 60), live), { numRuns: TALL_RUNS, ...FUZZ_SEED });
}, 3_600_000);

test(`with secondary indexes that lag behind (${LAGGING_RUNS} histories)`, async () => {
  const history = historyOf(withHarm(lowStep), 24);
  await fc.assert(fc.asyncProperty(history, liveBehind), { numRuns: LAGGING_RUNS, ...FUZZ_SEED });
}, 3_600_000);
