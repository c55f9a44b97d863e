import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type NodeRow, nodeEntity, objectEntity } from '../../src/engine/books/rows.ts';
import { collapseHidden, openWork, restoreNode } from '../../src/engine/tree/restore.ts';
import type { Catalogue } from '../../src/platform/catalogue/port.ts';
import { inOrder, rowOf } from '../../src/service/manifests/plan.ts';
import { registerStoredDomains } from '../../src/service/manifests/stored-domains.ts';
import { blockId } from '../support/block-contents.ts';
import { createEngineHarness, type EngineHarness, findFaults } from '../support/engine-harness.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';
import { play } from '../support/history.ts';
import { newModel } from '../support/history-model.ts';
import { lowStep, type Step } from '../support/history-steps.ts';
import { newestManifests } from '../support/manifests.ts';
import { createMemoryCatalogue } from '../support/memory-catalogue.ts';
import { leftovers, outlastGrace, readable, recover } from '../support/recovery.ts';

const LIMITS = { stepObjects: 2, plannedPlaces: 3 };
const RUNS = Math.ceil(Number(process.env.VARVE_HISTORIES ?? 10_000) / 50);

/** The table is lost: the same bucket, an empty catalogue. */
function afterLoss(harness: EngineHarness, seed: number): EngineHarness {
  const objects = harness.objects;
  return createEngineHarness(seed, LIMITS, {
    at: harness.clock.at,
    catalogue: createMemoryCatalogue(),
    objects: (clock) => objects.copy(clock),
  });
}

async function restoreAll(harness: EngineHarness, catalogue: Catalogue): Promise<void> {
  const deps = { ...harness.deps, catalogue };
  const { restores: open } = await openWork(deps);
  const nodes = new Map<string, NodeRow>();
  for (const manifest of inOrder([...newestManifests(harness).values()])) {
    const { row } = rowOf(manifest, nodes);
    const outcome = await restoreNode(deps, row, { also: [], open, until: Number.POSITIVE_INFINITY });
    if (outcome !== 'restored' && outcome !== 'there') throw new Error(JSON.stringify(outcome));
    nodes.set(row.id, row);
  }
  await collapseHidden(deps, nodes.values());
  await registerStoredDomains(deps, 'r');
}

async function history(steps: readonly Step[], seed: number): Promise<EngineHarness> {
  const harness = createEngineHarness(seed, LIMITS);
  const model = newModel();
  for (const domain of [0, 1, 2]) await play(harness, model, { do: 'create', domain });
  for (const step of steps) await play(harness, model, step);
  await recover(harness);
  return harness;
}

/** Drafts have no manifests: those of uploads and of copies that were under way are forgotten. */
async function contentsOf(harness: EngineHarness): Promise<[string, string][]> {
  const drafts = new Set(harness.catalogue.rows(nodeEntity).flatMap(({ kind, id }) => (kind === 'DRAFT' ? [id] : [])));
  return [...(await readable(harness))].filter(([id]) => !drafts.has(id)).sort();
}

/**
 * Everything is as it was and is counted right, and reclaim leaves nothing dead and takes nothing
 * alive.
 */
async function faultsAfterRestore(lost: EngineHarness, restored: EngineHarness): Promise<void> {
  await recover(restored);
  expect(await contentsOf(restored)).toEqual(await contentsOf(lost));
  expect(await findFaults(restored)).toEqual([]);
  await outlastGrace(restored);
  expect([...(await findFaults(restored)), ...leftovers(restored)]).toEqual([]);
}

test(`I1: whatever the history, a catalogue made again from the bucket is right (${RUNS} histories)`, async () => {
  const histories = fc.tuple(fc.array(lowStep, { minLength: 3, maxLength: 24, size: 'max' }), fc.nat());
  await fc.assert(
    fc.asyncProperty(histories, async ([steps, seed]) => {
      const lost = await history(steps, seed);
      const restored = afterLoss(lost, seed + 1);
      await restoreAll(restored, restored.catalogue);
      await faultsAfterRestore(lost, restored);
    }),
    { numRuns: RUNS, ...FUZZ_SEED },
  );
}, 600_000);

const RICH: readonly Step[] = [
  { do: 'commit', on: 0, writes: [0, 1, 2, 3].map((index) => ({ index, id: blockId(index) })), trims: [] },
  { do: 'snapshot', on: 0 },
  { do: 'commit', on: 0, writes: [{ index: 1, id: blockId(7) }], trims: [{ start: 3, count: 1 }] },
  { do: 'snapshot', on: 0 },
  { do: 'clone', on: 0 },
  { do: 'remove', on: 0 },
];

test('a rebuild in which any call to the store fails goes on where it was', async () => {
  const lost = await history(RICH, 1);
  for (let dies = 1; ; dies++) {
    const restored = afterLoss(lost, 99);
    let at = 0;
    const mortal = new Proxy(restored.objects, {
      get: (target, name: keyof typeof restored.objects) => {
        const member = target[name];
        if (typeof member !== 'function') return member;
        return async (...args: never[]) => {
          if (++at === dies) throw new Error('killed');
          return (member as (...all: never[]) => unknown)(...args);
        };
      },
    });
    const failing = { ...restored, deps: { ...restored.deps, objects: () => mortal } };
    const told = await restoreAll(failing, restored.catalogue).then(
      () => 'done',
      (error: Error) => error.message,
    );
    if (at < dies) break;
    expect(told).toBe('killed');
    await restoreAll(restored, restored.catalogue);
    await faultsAfterRestore(lost, restored);
    expect(dies).toBeLessThan(500);
  }
}, 120_000);

test.each(['before', 'after'])(
  'I3: a rebuild that dies %s any write goes on where it was, and counts nothing twice',
  async (when) => {
    const lost = await history(RICH, 1);
    const writes = await countWrites(lost);
    for (let dies = 1; dies <= writes; dies++) {
      const restored = afterLoss(lost, 99);
      let at = 0;
      const mortal: Catalogue = {
        ...restored.catalogue,
        transact: async (list) => {
          if (++at === dies && when === 'before') throw new Error('killed');
          const outcome = await restored.catalogue.transact(list);
          if (at === dies) throw new Error('killed');
          return outcome;
        },
      };
      await expect(restoreAll(restored, mortal)).rejects.toThrow('killed');
      await restoreAll(restored, restored.catalogue);
      await faultsAfterRestore(lost, restored);
    }
    expect(writes).toBeGreaterThan(10);
  },
  120_000,
);

async function countWrites(lost: EngineHarness): Promise<number> {
  const restored = afterLoss(lost, 99);
  let writes = 0;
  await restoreAll(restored, {
    ...restored.catalogue,
    transact: (list) => {
      writes++;
      return restored.catalogue.transact(list);
    },
  });
  return writes;
}

test('a node with a block that is not there is named as lost, and leaves no reference behind', async () => {
  const lost = await history(RICH, 1);
  const restored = afterLoss(lost, 2);
  const key = [...restored.objects.stored.keys()].find((name) => name.endsWith(blockId(7))) ?? '';
  await restored.objects.remove([key]);
  const outcomes = new Map<string, unknown>();
  const nodes = new Map<string, NodeRow>();
  for (const manifest of inOrder([...newestManifests(restored).values()])) {
    const { row } = rowOf(manifest, nodes);
    const outcome = await restoreNode(restored.deps, row, {
      also: [],
      open: new Map(),
      until: Number.POSITIVE_INFINITY,
    });
    outcomes.set(row.id, outcome);
    if (outcome === 'restored') nodes.set(row.id, row);
  }
  const losses = [...outcomes.values()].filter((outcome) => typeof outcome === 'object');
  expect(losses.length).toBeGreaterThan(0);
  expect(JSON.stringify(losses)).toContain(blockId(7));
  await recover(restored);
  expect((await findFaults(restored)).filter((fault) => !fault.includes('hidden'))).toEqual([]);
  expect(restored.catalogue.rows(objectEntity).some(({ id }) => id === blockId(7))).toBe(false);
});
