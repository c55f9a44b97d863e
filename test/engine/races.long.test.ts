import fc from 'fast-check';
import { expect, test } from 'vitest';
import { objectKey } from '../../src/engine/blocks/block.ts';
import { blockId } from '../support/block-contents.ts';
import { startEmbeddedMachine } from '../support/embedded-machine.ts';
import { createEngineHarness } from '../support/engine-harness.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';
import {
  type Actor,
  create,
  domainId,
  draft,
  janitor,
  newRace,
  type Race,
  read,
  remove,
  rollBack,
  run,
  scrubber,
  snapshot,
  suspended,
  trash,
  workOff,
  write,
  writer,
} from '../support/race.ts';
import { upload } from '../support/uploads.ts';

const HOUR_MS = 3600_000;
/** Orders tried of each race. */
const RUNS = Number(process.env.VARVE_RACES ?? 1000);
const EMBEDDED_RUNS = Math.ceil(RUNS / 25);

const after = async (race: Race, ...actors: readonly Actor[]): Promise<void> => {
  for (const actor of actors) await actor(race, race.harness.deps);
  await race.harness.settle();
};

/** Dead content (0–5), alive content (10–12) and an orphan (20), shortly before the dead may go. */
async function dying(race: Race): Promise<void> {
  const { harness } = race;
  await after(race, create('d-1'), create('d-2'), create('d-3'));
  await after(race, write('d-1', [0, 1, 2, 3, 4, 5]), write('d-2', [10, 11, 12]));
  await after(race, write('d-1', [null, null, null, null, null, null]));
  await upload(harness.objects, objectKey(domainId, blockId(20)), Buffer.from(blockId(20)));
  harness.clock.at += 23 * HOUR_MS;
}

const dispose =
  (headId: string): Actor =>
  async (race, deps) => {
    await snapshot(headId, `s-${headId}`)(race, deps);
    await rollBack(headId, `s-${headId}`)(race, deps);
    await remove(`s-${headId}`)(race, deps);
  };

/** Two snapshots of a disk, of which the first has a clone. */
async function chain(race: Race): Promise<void> {
  await after(race, create('d-1'), write('d-1', [0, 1, 2, 3]), snapshot('d-1', 's-1'));
  await after(race, write('d-1', [0, 4, 5]), snapshot('d-1', 's-2'));
  await after(race, create('d-2', 's-1'), write('d-1', [6, 7]));
}

const RACES: readonly (readonly [string, (race: Race) => Promise<void>, readonly Actor[]])[] = [
  [
    'uploads and commits of content that is being tombstoned, deleted and forgotten, beside two janitors',
    dying,
    [
      write('d-1', [5, 0, 20, 30]),
      write('d-2', [10, 1, 2, 31]),
      write('d-3', [0, 20, 11, 3, 4]),
      janitor,
      janitor,
      workOff,
      dispose('d-2'),
    ],
  ],
  [
    'snapshots deleted while their children commit, and are read',
    chain,
    [
      write('d-1', [1, 8, 2]),
      write('d-2', [0, 1, 9, 5]),
      remove('s-1'),
      remove('s-2'),
      read('s-1'),
      read('s-2'),
      read('d-1'),
      workOff,
      workOff,
      janitor,
    ],
  ],
  [
    'roll-backs, snapshots and drafts during commits',
    chain,
    [
      write('d-1', [1, 8, 2, null]),
      rollBack('d-1', 's-1'),
      draft('d-1', 'dr-1', [2, 2, 9]),
      snapshot('d-1', 's-3'),
      remove('s-1'),
      rollBack('d-1', 's-2'),
      write('d-2', [8, 7, 6, 5]),
      read('d-1'),
      workOff,
      workOff,
      janitor,
      janitor,
    ],
  ],
  [
    'writers that take a disk from each other, beside those that have none of their own, roll-backs and drafts',
    chain,
    [
      writer('d-1', [1, 8, 2]),
      writer('d-1', [3, 3, 9, 4]),
      writer('d-1', [5, 0]),
      write('d-1', [7, 6]),
      rollBack('d-1', 's-1'),
      draft('d-1', 'dr-1', [2, 2, 9]),
      snapshot('d-1', 's-3'),
      workOff,
      janitor,
    ],
  ],
  [
    'snapshots and a clone that go into the recycle bin and out of it, beside purges and collapses',
    chain,
    [
      trash('trash', 's-1'),
      trash('untrash', 's-1'),
      trash('purge', 's-1'),
      trash('trash', 's-2'),
      trash('purge', 's-2'),
      trash('trash', 'd-2'),
      trash('untrash', 'd-2'),
      remove('s-1'),
      remove('s-2'),
      write('d-1', [1, 8, 2]),
      write('d-2', [0, 1, 9, 5]),
      rollBack('d-1', 's-1'),
      draft('d-2', 'dr-1', [2, 2, 9]),
      read('s-1'),
      workOff,
      workOff,
      janitor,
    ],
  ],
  [
    'two janitors at the same dead objects and orphans, of which a writer takes some',
    dying,
    [janitor, janitor, write('d-3', [0, 20, 5]), workOff],
  ],
  [
    'a writer that is suspended for longer than the grace time',
    dying,
    [
      suspended(write('d-1', [5, 0, 20, 30]), 30 * HOUR_MS),
      suspended(write('d-3', [1, 2, 3, 4, 5, 11]), 30 * HOUR_MS),
      write('d-2', [10, 20, 1]),
      janitor,
      janitor,
      workOff,
    ],
  ],
  [
    'a janitor and a worker that are suspended for longer than the grace time',
    dying,
    [
      suspended(janitor, 30 * HOUR_MS),
      suspended(workOff, 30 * HOUR_MS),
      write('d-1', [5, 0, 20, 30]),
      write('d-3', [0, 20, 11, 3, 4]),
      dispose('d-2'),
      janitor,
      workOff,
    ],
  ],
  [
    'a scrub that recounts beside writers, deletions and a janitor',
    chain,
    [
      scrubber,
      write('d-1', [1, 8, 2, null]),
      write('d-2', [0, 1, 9, 5]),
      remove('s-1'),
      rollBack('d-1', 's-2'),
      draft('d-1', 'dr-1', [2, 2, 9]),
      workOff,
      janitor,
    ],
  ],
];

test.each(RACES)(
  'I4: %s',
  async (_name, prepare, actors) => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(1, 3, 90), async (seed, stepObjects) => {
        const race = newRace(seed, stepObjects);
        await prepare(race);
        expect(await run(race, seed, actors)).toEqual([]);
      }),
      { numRuns: RUNS, ...FUZZ_SEED },
    );
  },
  3_600_000,
);

test.each(RACES)(
  'I4, on the stores of one machine: %s',
  async (_name, prepare, actors) => {
    await using machine = await startEmbeddedMachine();
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom(1, 3, 90), async (seed, stepObjects) => {
        await machine.become(createEngineHarness());
        const race = newRace(seed, stepObjects, machine);
        await prepare(race);
        expect(await run(race, seed, actors)).toEqual([]);
        expect(await machine.differences()).toEqual([]);
      }),
      { numRuns: EMBEDDED_RUNS, ...FUZZ_SEED },
    );
  },
  3_600_000,
);
