import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Clock } from '../../src/platform/clock.ts';
import { startEmbeddedMachine } from '../support/embedded-machine.ts';
import { createEngineHarness } from '../support/engine-harness.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';
import { lowStep, tallStep, withHarm } from '../support/history-steps.ts';
import { createLaggingCatalogue } from '../support/lagging-catalogue.ts';
import { createMemoryObjects } from '../support/memory-objects.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { type History, historyOf, liveOn } from '../support/whole-history.ts';

const RUNS = Number(process.env.VARVE_HISTORIES ?? 10_000);
const TALL_RUNS = Math.ceil(RUNS / 100);
const LAGGING_RUNS = Math.ceil(RUNS / 10);
const EMBEDDED_RUNS = Math.ceil((RUNS * 3) / 100);

async function live(history: History): Promise<void> {
  await liveOn(createEngineHarness(history.seed, history.limits), history);
}

/** Secondary indexes are up to so many transactions behind. */
const MOST_BEHIND = 12;

/** Nothing that a history does may need an index that shows what was just written. */
async function liveBehind(history: History): Promise<void> {
  const random = seededRandom(history.seed);
  const catalogue = createLaggingCatalogue(() => Math.floor(random() * (MOST_BEHIND + 1)));
  const stores = { catalogue, objects: (clock: Clock) => createMemoryObjects(clock) };
  await liveOn(createEngineHarness(history.seed, history.limits, stores), history, { atRest: catalogue.catchUp });
}

/** How often the process is killed after a step, and another one opens what it has left. */
const KILLED = 0.02;

/** Every file and row is looked at in the end, and what the stores told is held against them. */
async function liveOnOneMachine(history: History): Promise<void> {
  await using machine = await startEmbeddedMachine();
  const random = seededRandom(history.seed);
  await liveOn(createEngineHarness(history.seed, history.limits, machine), history, {
    betweenSteps: async () => {
      if (random() < KILLED) await machine.restart();
    },
    atRest: machine.restart,
    atEnd: async () => expect(await machine.differences()).toEqual([]),
  });
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

test(`on the stores of one machine, which is killed now and then (${EMBEDDED_RUNS} histories)`, async () => {
  const history = historyOf(withHarm(lowStep), 24);
  await fc.assert(fc.asyncProperty(history, liveOnOneMachine), { numRuns: EMBEDDED_RUNS, ...FUZZ_SEED });
}, 3_600_000);
